/**
 * @module lsp/check
 * Everything there is to say about a document: the reader's remarks and the linter's findings.
 */

import { type LintFinding, type LintOptions, lintSpec } from '../features/spec/lint/index.ts';
import { type Diagnostic, readSpec, type Span, type SpecSource } from '../spec/index.ts';

/** A document to check. */
export interface CheckOrder {
  source: SpecSource;
  /** Null where the linter is switched off. */
  lint: LintOptions | null;
}

/** What came of it. */
export interface CheckResult {
  remarks: Diagnostic[];
  findings: LintFinding[];
  /** What went wrong with the linter, where something did; the remarks stand all the same. */
  fault: string | null;
}

/** Reads and lints a document. It does not throw: a fault of a rule is said in the result. */
export function check({ source, lint }: CheckOrder): CheckResult {
  const spec = readSpec(source);
  const result: CheckResult = { remarks: spec.diagnostics, findings: [], fault: null };
  if (lint === null) return result;
  try {
    result.findings = lintSpec(spec, lint);
  } catch (error) {
    result.fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  // The linter has rules of its own for some of what the reader remarks; one of the two is enough.
  const said = new Set(result.findings.map(keyOf));
  result.remarks = spec.diagnostics.filter((remark) => !said.has(keyOf(remark)));
  return result;
}

function keyOf({ file, span }: { file: string; span: Span }): string {
  return `${span.start.offset} ${span.end.offset} ${file}`;
}
