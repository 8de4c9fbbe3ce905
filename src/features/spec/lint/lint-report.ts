/** @module features/spec/lint/lint-report What a lint says of files, as one JSON document. */

import { type Spec, specName } from '../../../spec/index.ts';
import { fingerprints, type LintFinding, type LintProfile, type LintSummary } from './index.ts';

/** One linted file, with everything that its reports need. */
export interface LintedFile {
  spec: Spec;
  profile: LintProfile;
  findings: LintFinding[];
  /** Overlooked because of a comment in the text. */
  suppressed: LintFinding[];
  /** How many findings the baseline overlooks. */
  overlooked: number;
  summary: LintSummary;
}

/** How many findings there are of each severity. */
export function severityCounts(files: readonly LintedFile[]): {
  errors: number;
  warnings: number;
  information: number;
} {
  const counts = { errors: 0, warnings: 0, information: 0 };
  for (const { findings } of files) {
    for (const { severity } of findings) {
      if (severity === 'error') counts.errors++;
      else if (severity === 'warning') counts.warnings++;
      else counts.information++;
    }
  }
  return counts;
}

/** The document that `--format json` prints: `tenet.lint/1`. */
export function lintReport(files: readonly LintedFile[]): Record<string, unknown> {
  return {
    schema: 'tenet.lint/1',
    ...severityCounts(files),
    files: files.map(({ spec, profile, findings, suppressed, overlooked, summary }) => {
      const prints = fingerprints(spec, findings);
      return {
        file: spec.file,
        spec: specName(spec),
        sha256: spec.sha256,
        profile,
        findings: findings.map((finding, index) => ({
          rule: finding.rule,
          severity: finding.severity,
          message: finding.message,
          file: finding.file,
          line: finding.span.start.line,
          column: finding.span.start.column,
          endLine: finding.span.end.line,
          endColumn: finding.span.end.column,
          section: finding.section,
          fingerprint: prints[index],
          ...(finding.fix === undefined ? {} : { fix: finding.fix }),
        })),
        suppressed: suppressed.length,
        overlooked,
        ...summary,
      };
    }),
  };
}
