/** @module cli/shell-line A line as a shell has it, taken apart into words. */

/** The words of a line; the last one is what is being written, and may be empty. Quotes are taken off. */
export function shellWords(line: string): string[] {
  const words = [''];
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? '';
    const add = (text: string): void => {
      words[words.length - 1] += text;
    };
    if (quote !== '') {
      if (sign === quote) quote = '';
      else add(sign);
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '\\') add(line[++at] ?? '');
    else if (/\s/.test(sign)) {
      if (words.at(-1) !== '') words.push('');
    } else add(sign);
  }
  return words;
}
