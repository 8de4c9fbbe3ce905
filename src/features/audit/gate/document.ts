/** @module features/audit/gate/document What became of a policy as plain data: `tenet.gate/1`. */
import type { Check, GateResult } from './check.ts';
import { askedText, foundText, whyText } from './messages.ts';
import type { GateDocument } from './schema.ts';

/** The result as its document. */
export function gateDocument({ run, simulated, passed, checks }: GateResult): GateDocument {
  return {
    schema: 'tenet.gate/1',
    run,
    simulated,
    passed,
    checks: checks.map(checkDocument),
  };
}

function checkDocument(check: Check): GateDocument['checks'][number] {
  const { gate, line, subject, target, demanded, outcome, passed, figure, why, evidence } = check;
  return {
    gate,
    line,
    subject,
    target,
    demand: demanded.demand,
    value: demanded.value,
    corrected: demanded.demand === 'adherence' && demanded.corrected,
    outcome,
    passed,
    asked: askedText(demanded),
    found: foundText(figure, demanded),
    figure,
    reason: why === null ? null : whyText(why),
    code: why?.code ?? null,
    data: why?.data ?? {},
    evidence,
  };
}
