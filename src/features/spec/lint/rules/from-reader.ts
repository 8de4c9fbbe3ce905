/** @module features/spec/lint/rules/from-reader Rules whose check is what the reader remarked anyway. */
import type { DiagnosticCode } from '../../../../spec/diagnostics.ts';
import type { Diagnostic } from '../../../../spec/types.ts';
import type { LintContext } from '../context.ts';
import type { Found, LintRule } from '../rule.ts';
import type { LintFix } from '../types.ts';

/** A check that passes on the reader's remarks with these codes, as severe as the reader has them. */
export function fromReader(
  codes: readonly DiagnosticCode[],
  fixOf: (diagnostic: Diagnostic, context: LintContext) => LintFix | undefined = () => undefined,
): LintRule['check'] {
  return (context) =>
    context.diagnosed(...codes).map((diagnostic): Found => {
      const { span, message, file, severity } = diagnostic;
      const fix = fixOf(diagnostic, context);
      return fix === undefined
        ? { span, message, file, severity }
        : { span, message, file, severity, fix };
    });
}
