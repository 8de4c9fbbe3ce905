/**
 * @module features/audit/rejudge/plan
 * The plan that judges the transcripts of a stored run anew: the same scenarios, subjects and repeats, other
 * judges, rubrics or rules.
 */
import type { RunRecord } from '../../../ledger/runs.ts';
import { withCode } from '../../../run/judging/judges.ts';
import {
  type Consensus,
  type Plan,
  type PlannedModel,
  type PlannedRubric,
  planAudit,
} from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';

export interface NewJudging {
  models: readonly PlannedModel[];
  rubrics: readonly PlannedRubric[];
  consensus: Consensus | undefined;
  seed: number | null;
}

/** The plan of judging `source`, a run of `stored`, again. Its hash is that of an equal plan on any machine. */
export function planAgain(
  stored: Plan,
  source: Pick<RunRecord, 'id' | 'planHash'>,
  spec: Spec,
  judging: NewJudging,
): Plan {
  const { suite } = stored;
  const plan = planAudit({
    spec,
    suite: { hash: suite.hash, scenarios: suite.scenarios, excluded: [] },
    subjects: stored.subjects,
    judges: withCode(judging.models, judging.rubrics),
    repeats: stored.repeats,
    seed: judging.seed,
    selection: stored.selection,
    narrowed: stored.narrowed,
    consensus: judging.consensus,
    rubrics: [...judging.rubrics],
    sequential: stored.sequential,
    transcriptsOf: { run: source.id, plan: source.planHash },
  });
  return { ...plan, suite };
}

/** Whether two plans judge by the same judges, asked in the same words, by the same rubrics and rule. */
export function judgesAlike(a: Plan, b: Plan): boolean {
  return judging(a) === judging(b);
}

function judging({ judges, rubrics = [], consensus }: Plan): string {
  return JSON.stringify([
    judges.map(({ name, parameters, prompt }) => [name, parameters, prompt]),
    rubrics.map(({ clause, hash }) => [clause, hash]).toSorted(),
    consensus ?? null,
  ]);
}
