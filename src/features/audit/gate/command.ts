/** @module features/audit/gate/command `tenet gate`: a run held to a policy. */

import { loadText, writeNamed } from '../../../app/files.ts';
import { givenCertificates } from '../../../app/given-certificates.ts';
import { Exit, Problem } from '../../../app/problem.ts';
import { openStored, planOf, reportOf, storedRun } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { subjectIds } from '../../../run/names.ts';
import { planDocument } from '../../../run/run.ts';
import { printDocument } from '../../../text/json.ts';
import { pairSubjects } from '../compare/sides.ts';
import { compareStored } from '../compare/stored.ts';
import { gateAnnotations } from './annotations.ts';
import { type Baseline, evaluatePolicy, type GateResult } from './evaluate.ts';
import { gateJunit } from './junit.ts';
import { type Policy, readPolicy } from './policy.ts';
import { renderGate } from './text.ts';

export interface GateFlags {
  policy: string;
  baseline?: string;
  format: 'text' | 'json' | 'junit' | 'github';
  out?: string;
  certificate?: string[];
  ledger?: string;
}

/** Prints what became of the policy. Throws `Exit(1)` where a gate failed. */
export function gate(id: string | undefined, flags: GateFlags): void {
  const policy = readPolicy(loadText(flags.policy, 'a policy'), flags.policy);
  if ('problems' in policy) throw new Problem(policy.problems.join('\n'));
  const ledger = openStored(flags.ledger);
  let result: GateResult;
  try {
    const run = storedRun(ledger, id);
    const plan = planOf(ledger, run);
    const report = reportOf(ledger, run, plan, givenCertificates(flags.certificate, plan));
    const evaluated = evaluatePolicy(
      policy,
      flags.policy,
      report,
      baselineOf(ledger, run, policy, flags),
    );
    if ('problems' in evaluated) throw new Problem(evaluated.problems.join('\n'));
    result = evaluated;
  } finally {
    ledger.close();
  }
  print(rendered(result, flags), flags.out);
  if (!result.passed) throw new Exit(1);
}

function baselineOf(ledger: Ledger, run: RunRecord, policy: Policy, flags: GateFlags): Baseline {
  const id = flags.baseline ?? policy.baseline;
  const asks = policy.gates.filter(({ drop }) => drop !== undefined);
  if (id === undefined) {
    const [first] = asks;
    if (first !== undefined) {
      throw new Problem(
        `${flags.policy}:${first.line}:1: 'drop' needs a run to measure against. Give --baseline RUN, or 'baseline: RUN' in the policy.`,
      );
    }
    return { reason: 'no baseline was named' };
  }
  if (asks.length === 0 && flags.baseline === undefined) return { reason: 'no gate asks for it' };
  const other = storedRun(ledger, id);
  const [own, earlier] = [run, other].map((one) => ({
    run: one,
    document: planDocument(ledger, one),
  }));
  if (own === undefined || earlier === undefined) throw new RangeError('two runs are compared');
  if (run.id === other.id) {
    throw new Problem(`--baseline ${id}: a run can't be measured against itself.`);
  }
  if (run.simulated !== other.simulated) {
    throw new Problem(
      `--baseline ${id}: one run is simulated and the other is not. They can't be compared.`,
    );
  }
  const pairs = pairSubjects(own.document.plan, earlier.document.plan);
  if ('reason' in pairs) return { reason: pairs.reason };
  const names = subjectIds(own.document.plan);
  return {
    run: other.id,
    comparisons: new Map(
      pairs.map(({ first, second }) => [
        names[first] ?? '',
        compareStored(
          ledger,
          { ...own, subject: first },
          { ...earlier, subject: second },
          { pairing: 'best' },
        ),
      ]),
    ),
  };
}

function rendered(result: GateResult, { format, policy, out }: GateFlags): string {
  switch (format) {
    case 'json':
      return printDocument('tenet.gate', 1, result);
    case 'junit':
      return gateJunit(result);
    case 'github':
      return gateAnnotations(result, policy);
    default:
      return renderGate(result, out === undefined ? screen(process.stdout) : {});
  }
}

function print(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  writeNamed('--out', out, text);
}
