/** @module lsp/diagnostics Remarks and findings as an editor shows them, each with the document it is about. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Diagnostic as Remark } from '../spec/index.ts';
import { safeLine } from '../text/safe-text.ts';
import type { CheckResult } from './check.ts';
import { rangeOfSpan } from './places.ts';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** The diagnostics of a spec and of the files beside it, by file. */
export function diagnosticsByFile({ remarks, findings }: CheckResult): Map<string, Diagnostic[]> {
  const named = findings.map((finding) => ({ ...finding, code: finding.rule }));
  const byFile = Map.groupBy([...remarks, ...named], ({ file }) => file);
  return new Map([...byFile].map(([file, all]) => [file, all.map(shown)]));
}

function shown({ span, severity, code, message }: Remark): Diagnostic {
  return {
    range: rangeOfSpan(span),
    severity: SEVERITIES[severity],
    code,
    source: 'tenet',
    message: safeLine(message),
  };
}
