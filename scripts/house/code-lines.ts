/** @module scripts/house/code-lines Which lines of a source are code, rather than blank or comment. */

/** One line of code: its index, where it begins and ends in the source (UTF-16), and its text. */
export interface CodeLine {
  index: number;
  start: number;
  end: number;
  text: string;
}

/**
 * The lines of a source that are neither blank nor comment. A comment is known by how its line begins, which is
 * what Biome's layout leaves: a line with code before a comment is code.
 */
export function codeLines(source: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let inComment = false;
  let start = 0;
  for (const [index, text] of source.split('\n').entries()) {
    const trimmed = text.trim();
    if (inComment) {
      inComment = !trimmed.includes('*/');
    } else if (trimmed.startsWith('/*')) {
      inComment = !trimmed.includes('*/', 2);
    } else if (trimmed !== '' && !trimmed.startsWith('//')) {
      lines.push({ index, start, end: start + text.length, text });
    }
    start += text.length + 1;
  }
  return lines;
}
