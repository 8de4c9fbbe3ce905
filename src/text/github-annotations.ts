/** @module report/github Findings as the workflow commands that GitHub shows beside the lines of a change. */
import type { LintSeverity } from '../features/spec/lint/index.ts';
import type { LintedFile } from '../features/spec/lint/lint-report.ts';
import { safeLine } from './safe-text.ts';

const COMMANDS: Readonly<Record<LintSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

/** One command in a line for each finding. */
export function githubAnnotations(files: readonly LintedFile[]): string {
  const lines = files.flatMap(({ findings }) =>
    findings.map(({ rule, severity, message, file, span }) => {
      const { start, end } = span;
      const properties = [
        `file=${property(file.replaceAll('\\', '/'))}`,
        `line=${start.line}`,
        `endLine=${end.line}`,
        // Columns are taken for those of one line only.
        ...(start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : []),
        `title=${property(`Tenet ${rule}`)}`,
      ];
      return `::${COMMANDS[severity]} ${properties.join(',')}::${data(safeLine(message))}\n`;
    }),
  );
  return lines.join('');
}

/** One workflow command: a message beside a line of a file. */
export function annotation(
  command: 'error' | 'warning' | 'notice',
  { file, line, title, message }: { file: string; line: number; title: string; message: string },
): string {
  const properties = [
    `file=${property(file.replaceAll('\\', '/'))}`,
    `line=${line}`,
    `title=${property(safeLine(title))}`,
  ];
  return `::${command} ${properties.join(',')}::${data(safeLine(message))}\n`;
}

/** Nothing in a message ends its line, so none of it is taken for another command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
