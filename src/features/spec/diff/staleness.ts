/**
 * @module features/spec/diff/staleness
 * Which verdicts of a past run still stand under a newer version of the spec, which are stale and why, and the
 * smallest suite that would put that right. A verdict is about a clause and the hash of its words.
 */

import type { Plan } from '../../../run/plan.ts';
import type { Scenario } from '../../../run/suite/scenario.ts';
import { itemsUnder } from '../../../spec/groups.ts';
import { findSection, type Spec } from '../../../spec/index.ts';
import { because, eachOnce, type Said, together } from './messages.ts';
import type {
  ChangeKind,
  ClauseStanding,
  Rerun,
  RunStanding,
  SpecChange,
  SpecDiff,
  Standing,
} from './schema.ts';

/** Changes that leave alone what a judge is told of a clause. */
const BESIDE_THE_CLAUSE: ReadonlySet<ChangeKind> = new Set([
  'moved',
  'order',
  'eval-tags',
  'eval-prompts',
  'layout',
]);

export interface StalenessInput {
  diff: SpecDiff;
  older: Spec;
  newer: Spec;
  plan: Plan;
  /** How many verdicts the run has, by clause. */
  verdicts: ReadonlyMap<string, number>;
  /** The scenarios that the newer version holds. */
  scenarios: readonly Scenario[];
}

/** What a newer version of the spec leaves of a run. */
export function standingOf(input: StalenessInput): RunStanding {
  const weighed = weigher(input);
  const clauses = input.plan.clauses.flatMap(({ id, hash }) => {
    const verdicts = input.verdicts.get(id);
    return verdicts === undefined ? [] : [{ ...weighed(id, hash), verdicts }];
  });
  const byStanding: Record<Standing, number> = {
    same: 0,
    editorial: 0,
    normative: 0,
    clarifying: 0,
    relevelled: 0,
    removed: 0,
    unknown: 0,
  };
  for (const { standing, verdicts } of clauses) byStanding[standing] += verdicts;
  const sum = (isStale: boolean): number =>
    clauses.reduce((total, one) => total + (one.isStale === isStale ? one.verdicts : 0), 0);
  return {
    verdicts: sum(true) + sum(false),
    standing: sum(false),
    stale: sum(true),
    byStanding,
    clauses,
    again: rerunOf(input, clauses),
  };
}

/** Clauses of the newer version that no run can have judged, since they are new. */
export function newClauses(diff: SpecDiff, newer: Spec): string[] {
  const renamed = new Set(diff.renamed.map(({ to }) => to));
  return diff.added.filter((id) => !renamed.has(id) && findSection(newer, id)?.isClause === true);
}

type Weighed = Omit<ClauseStanding, 'verdicts'>;

function weigher({ diff, older, newer }: StalenessInput): (id: string, hash: string) => Weighed {
  const renamed = new Map(diff.renamed.map(({ from, to }) => [from, to]));
  const changes = Map.groupBy(diff.changes, ({ id }) => id);
  const { reordered, overridable } = diff.levels;
  const shaken = new Set([...reordered, ...overridable.map(({ name }) => name)]);
  return (id, hash) => {
    const newerId = renamed.get(id) ?? id;
    const now = findSection(newer, newerId);
    const tell = (standing: Standing, why: Pick<SpecChange, 'reason' | 'reasons'>): Weighed => ({
      id,
      newerId: now === undefined ? null : newerId,
      standing,
      isStale: standing !== 'same' && standing !== 'editorial',
      reason: why.reason,
      reasons: why.reasons,
    });
    const say = (standing: Standing, said: Said): Weighed => tell(standing, together([said]));
    if (now === undefined || !now.isClause) {
      const told = changes.get(id)?.find((change) => change.newerLine === null);
      return told === undefined
        ? say('removed', because('no-such-clause', {}))
        : tell('removed', told);
    }
    if (now.level !== null && shaken.has(now.level)) {
      return say('relevelled', because('level-shaken', { level: now.level }));
    }
    if (now.textHash === hash) return say('same', because('same', {}));
    if (findSection(older, id)?.textHash !== hash) {
      return say('unknown', because('in-neither-version', {}));
    }
    const own = itemsUnder(changes, newerId).filter(({ kind }) => !BESIDE_THE_CLAUSE.has(kind));
    const level = own.find((change) => change.kind === 'level' && change.class === 'normative');
    if (level !== undefined) return tell('relevelled', level);
    for (const weight of ['normative', 'clarifying'] as const) {
      const found = own.filter((change) => change.class === weight);
      if (found.length > 0) return tell(weight, reasonsOf(found));
    }
    if (own.length === 0) return say('editorial', because('beside-the-clause', {}));
    return tell('editorial', reasonsOf(eachOnce(own, ({ reasons }) => reasons)));
  };
}

/** Why several changes are of their class, as one reason. */
function reasonsOf(changes: readonly SpecChange[]): Pick<SpecChange, 'reason' | 'reasons'> {
  return {
    reason: changes.map(({ reason }) => reason).join('; '),
    reasons: changes.flatMap(({ reasons }) => reasons),
  };
}

function rerunOf(input: StalenessInput, clauses: readonly ClauseStanding[]): Rerun {
  const { plan, newer } = input;
  const stale = new Set(
    clauses.flatMap(({ isStale, newerId }) => (isStale && newerId !== null ? [newerId] : [])),
  );
  // A suite of the user's own is not in the spec: its scenarios stay what they are.
  const own = [...plan.suite.scenarios];
  const isOwn = own.some(({ source }) => source.kind === 'file');
  const all = (isOwn ? own : input.scenarios).filter((scenario) =>
    scenario.clauses.some((id) => stale.has(id)),
  );
  // Those that the run asked are enough; a clause that has lost all of them is asked what there is now.
  const asked = new Set(own.map(({ id }) => id));
  const known = all.filter(({ id }) => asked.has(id));
  const reached = new Set(known.flatMap((scenario) => scenario.clauses));
  const scenarios = all.filter(
    (scenario) =>
      asked.has(scenario.id) || scenario.clauses.some((id) => stale.has(id) && !reached.has(id)),
  );
  const testable = new Set(scenarios.flatMap((scenario) => scenario.clauses));
  const ids = newer.sections.map(({ id }) => id).filter((id) => stale.has(id));
  const again = ids.filter((id) => testable.has(id));
  return {
    clauses: ids,
    query: again.length === 0 ? null : again.map(queryTerm).join(', '),
    scenarios: scenarios.map(({ id }) => id),
    isPartial: scenarios.length < all.length,
    untestable: ids.filter((id) => !testable.has(id)),
    samples:
      scenarios.length * plan.subjects.length * (plan.sequential === undefined ? plan.repeats : 1),
  };
}

/** An id as a query takes it: as it is, or marked as an id where it might be read as something else. */
function queryTerm(id: string): string {
  const isPlain = /^[a-z0-9_]+$/.test(id) && !['and', 'or', 'not'].includes(id);
  return isPlain ? id : `"#${id.replaceAll('"', '')}"`;
}
