/** @module features/spec/lint/linted-file One file with all that lint says of it, and several of them as a document. */

import { type Spec, specName } from '../../../spec/index.ts';
import { at } from '../../../text/at.ts';
import { beyondBaseline, fingerprints } from './baseline.ts';
import { type LintOptions, lint } from './lint.ts';
import type { LintProfile } from './profiles.ts';
import type { LintReport, LintSummary } from './schema.ts';
import { lintSummary } from './summary.ts';
import type { LintFinding, LintSeverity } from './types.ts';

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

/** How to check a file. */
export interface CheckSettings extends LintOptions {
  /** Fingerprints of findings to overlook. */
  known?: ReadonlySet<string>;
}

/** What lint says of a spec, but for what is known already. */
export function checkSpec(
  spec: Spec,
  { known = new Set(), ...options }: CheckSettings,
): LintedFile {
  const result = lint(spec, options);
  const beyond = beyondBaseline(spec, result.findings, known);
  return { spec, ...result, ...beyond, summary: lintSummary(spec) };
}

/** How many findings there are of each severity. */
export function severityCounts(
  files: readonly LintedFile[],
): Pick<LintReport, 'errors' | 'warnings' | 'information'> {
  const all = files.flatMap(({ findings }) => findings);
  const of = (wanted: LintSeverity): number =>
    all.filter(({ severity }) => severity === wanted).length;
  return { errors: of('error'), warnings: of('warning'), information: of('information') };
}

/** The document that `--json` prints: `tenet.lint/1`. */
export function lintReport(files: readonly LintedFile[]): LintReport {
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
        findings: findings.map(({ span: { start, end }, fix, section, ...said }, index) => ({
          ...said,
          line: start.line,
          column: start.column,
          endLine: end.line,
          endColumn: end.column,
          section,
          fingerprint: at(prints, index),
          ...(fix === undefined ? {} : { fix }),
        })),
        suppressed: suppressed.length,
        overlooked,
        ...summary,
      };
    }),
  };
}
