/**
 * @module features/audit/gate/gate-run
 * Holds a stored run to a policy, and to the run that drops are measured against.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import type { Report } from '../../../report/schema.ts';
import { nameAt, subjectIds } from '../../../run/names.ts';
import { planDocument } from '../../../run/run.ts';
import {
  type Comparison,
  compareStored,
  type NotComparable,
  pairSubjects,
  type StoredRun,
} from '../compare/index.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import type { Baseline } from './find-figure.ts';
import { problem } from './messages.ts';
import type { Policy } from './policy-schema.ts';
import type { GateDocument } from './schema.ts';

/** What a run is held to. */
export interface GateInput {
  policy: Policy;
  /** What messages call the policy's file. */
  file: string;
  run: RunRecord;
  report: Report;
  /** The run that drops are measured against, and the name it was given; null: none is. */
  baseline: { run: RunRecord; name: string } | null;
}

/**
 * The run that a policy's drops are measured against, as it is named; null where nothing is.
 * @param given names another one than the policy's
 * @throws a `TenetError` where a drop is asked about and no run is named
 */
export function baselineName(
  policy: Policy,
  file: string,
  given: string | undefined,
): string | null {
  const name = given ?? policy.baseline;
  const first = policy.gates.find(({ drop }) => drop !== undefined);
  if (name === undefined && first !== undefined) {
    const { line } = first;
    const issues = [{ code: 'drop-without-baseline', data: {}, line, column: 1 } as const];
    throw problem('wrong-policy', { file, issues });
  }
  return first === undefined && given === undefined ? null : (name ?? null);
}

/**
 * What becomes of a policy.
 * @throws a `TenetError` where the policy names what the run lacks, or the runs can't be compared
 */
export async function gateRun(ledger: Ledger, input: GateInput): Promise<GateDocument> {
  const { policy, file, run, report, baseline } = input;
  const against = baseline === null ? null : await compareWith(ledger, run, baseline);
  const result = evaluatePolicy(policy, report, against);
  if ('issues' in result) throw problem('wrong-policy', { file, issues: result.issues });
  return result;
}

async function compareWith(
  ledger: Ledger,
  run: RunRecord,
  { run: earlier, name }: NonNullable<GateInput['baseline']>,
): Promise<Baseline> {
  const stored = async (one: RunRecord): Promise<StoredRun> => {
    return { run: one, document: await planDocument(ledger, one) };
  };
  const [own, other] = [await stored(run), await stored(earlier)];
  if (run.id === earlier.id) throw problem('baseline-is-the-run', { baseline: name });
  if (run.simulated !== earlier.simulated) throw problem('simulated-and-real', { baseline: name });
  const pairs = pairSubjects(own.document.plan, other.document.plan);
  if ('reason' in pairs) return { run: earlier.id, comparisons: pairs };
  const names = subjectIds(own.document.plan);
  const comparisons = new Map<string, Comparison | { reason: NotComparable }>();
  for (const { first, second } of pairs) {
    comparisons.set(
      nameAt(names, first),
      await compareStored(ledger, { ...own, subject: first }, { ...other, subject: second }),
    );
  }
  return { run: earlier.id, comparisons };
}
