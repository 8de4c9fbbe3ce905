/** @module lsp/diagnostics Remarks and findings as an editor shows them, each with the document it is about. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Span } from '../spec/index.ts';
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
  const byFile = new Map<string, Diagnostic[]>();
  const add = (
    file: string,
    code: string,
    severity: keyof typeof SEVERITIES,
    message: string,
    span: Span,
  ): void => {
    const diagnostic: Diagnostic = {
      range: rangeOfSpan(span),
      severity: SEVERITIES[severity],
      code,
      source: 'tenet',
      message: safeLine(message),
    };
    const list = byFile.get(file);
    if (list === undefined) byFile.set(file, [diagnostic]);
    else list.push(diagnostic);
  };
  for (const { file, code, severity, message, span } of remarks) {
    add(file, code, severity, message, span);
  }
  for (const { file, rule, severity, message, span } of findings) {
    add(file, rule, severity, message, span);
  }
  return byFile;
}
