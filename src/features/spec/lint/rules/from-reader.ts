/** @module features/spec/lint/rules/from-reader Rules whose check is what the reader remarked anyway. */
import type { DiagnosticCode } from '../../../../spec/diagnostics.ts';
import type { Diagnostic } from '../../../../spec/types.ts';
import type { LintContext } from '../context.ts';
import type { Found, LintRule } from '../rule.ts';
import type { LintFix } from '../types.ts';

/** A check that passes on the reader's remarks with these codes, as severe as the reader has them. */
export function fromReader(
  codes: readonly DiagnosticCode[],
  fixFor: (diagnostic: Diagnostic, context: LintContext) => LintFix | undefined = () => undefined,
): LintRule['check'] {
  return (context) =>
    context.diagnosed(...codes).map((diagnostic): Found => {
      const fix = fixFor(diagnostic, context);
      const found = foundBy(diagnostic);
      return fix === undefined ? found : { ...found, fix };
    });
}

/** A remark of the reader's as a finding, in its words. */
export function foundBy({ span, message, code, data, file, severity }: Diagnostic): Found {
  return { span, message, code, data, file, severity };
}
