/** @module features/spec/lint/annotations Findings as the workflow commands that GitHub shows beside the lines of a change. */
import { annotation } from '../../../text/github-annotations.ts';
import type { LintedFile } from './linted-file.ts';
import type { LintSeverity } from './types.ts';

const COMMANDS: Readonly<Record<LintSeverity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

/** One command in a line for each finding. */
export function githubAnnotations(files: readonly LintedFile[]): string {
  const lines = files.flatMap(({ findings }) =>
    findings.map(({ rule, severity, message, file, span: { start, end } }) => {
      const place = { file, line: start.line, endLine: end.line };
      // Columns are taken for those of one line only.
      const columns =
        start.line === end.line ? { column: start.column, endColumn: end.column } : {};
      return annotation(
        COMMANDS[severity],
        { ...place, ...columns },
        { title: `Tenet ${rule}`, message },
      );
    }),
  );
  return lines.join('');
}
