/**
 * @module features/audit/compare/compare-sides
 * Two runs side by side, clause by clause: how far apart, whether chance explains it among all clauses looked at,
 * and which transcripts went from one side to the other.
 */

import { fieldsOf } from '../../../report/schema-parts.ts';
import { numbered } from '../../../run/numbered.ts';
import { type Plan, transcriptId } from '../../../run/plan.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import {
  benjaminiHochberg,
  differenceOfRates,
  estimateDifferences,
  estimateRates,
  probabilityOfPaired,
  probabilityOfUnpaired,
  toldCautions,
} from '../../../stats/index.ts';
import { valueAt } from '../../../text/at.ts';
import type { NotComparable } from './messages.ts';
import {
  type ComparedGroup,
  type ComparedSide,
  type ComparisonDocument,
  differenceSchema,
  pairsSchema,
  rateSchema,
} from './schema.ts';
import type { NamedTrial } from './trials.ts';

/** One subject of one run. */
export interface Side {
  run: string;
  plan: Plan;
  subject: number;
  judge: ComparedSide['judge'];
  trials: readonly NamedTrial[];
}

/** What a comparison comes to, whoever the sides are. */
export type Comparison = Omit<
  ComparisonDocument,
  'simulated' | 'first' | 'second' | 'notes' | 'noteData'
>;

/** Told apart means an adjusted probability of at most this. */
const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Compares two sides. Paired where `pairing` asks for it, or where at least half of the smaller side's trials are
 * shared; then only what is shared counts. Otherwise each side's own trials count.
 *
 * Clauses whose words differ are compared by themselves and are in no level and not overall. A reason in place of
 * a comparison: they have nothing to compare.
 */
export function compareSides(
  first: Side,
  second: Side,
  pairing: 'paired' | 'best',
): Comparison | { reason: NotComparable } {
  const runs = { first: first.run, second: second.run };
  const partners = new Map(second.trials.map((trial) => [trial.key, trial]));
  const shared = first.trials.flatMap((one) => {
    const other = partners.get(one.key);
    return other === undefined ? [] : [{ one, other }];
  });
  const smaller = Math.min(first.trials.length, second.trials.length);
  if (smaller === 0) {
    const { run } = first.trials.length === 0 ? first : second;
    return { reason: { code: 'nothing-judged', data: { run } } };
  }
  if (pairing === 'paired' && shared.length === 0) {
    return { reason: { code: 'no-question-in-common', data: runs } };
  }
  const isPaired = pairing === 'paired' || shared.length >= smaller / 2;
  const one = isPaired ? { ...first, trials: shared.map((pair) => pair.one) } : first;
  const other = isPaired ? { ...second, trials: shared.map((pair) => pair.other) } : second;
  const inOther = clausesOf(other);
  const ids = [...clausesOf(one)].filter((id) => inOther.has(id));
  if (ids.length === 0) return { reason: { code: 'no-clause-in-common', data: runs } };
  const groupOf = groupsOf(one, other, ids, isPaired);
  const planned = new Map(first.plan.clauses.map((clause) => [clause.id, clause]));
  const hashes = new Map(second.plan.clauses.map(({ id, hash }) => [id, hash]));
  const groups = ids.map((id, place) => ({ id, clause: planned.get(id), ...groupOf([place]) }));
  const tested = groups
    .map(({ difference }) => difference.probability)
    .filter((probability) => probability !== null);
  const adjustments = benjaminiHochberg(tested).values();
  const clauses = groups.map(({ id, clause, ...group }) => {
    const isTested = group.difference.probability !== null;
    const adjusted = isTested ? (adjustments.next().value ?? null) : null;
    return {
      id,
      title: clause?.title ?? id,
      level: clause?.level ?? null,
      reworded: clause?.hash !== hashes.get(id),
      adjusted,
      called: adjusted !== null && adjusted <= FALSE_DISCOVERY_RATE,
      ...group,
    };
  });
  const all = clauses.flatMap(({ reworded }, place) => (reworded ? [] : [place]));
  const byLevel = Map.groupBy(all, (place) => clauses[place]?.level ?? NO_LEVEL);
  const order = (level: string): number => {
    const place = first.plan.spec.levels.indexOf(level);
    return place < 0 ? first.plan.spec.levels.length : place;
  };
  return {
    pairing: isPaired ? 'paired' : 'independent',
    trials: { first: first.trials.length, second: second.trials.length, shared: shared.length },
    overall: groupOf(all),
    levels: [...byLevel]
      .map(([level, places]) => ({ level, ...groupOf(places) }))
      .sort((a, b) => order(a.level) - order(b.level)),
    clauses,
    family: { tests: tested.length, falseDiscoveryRate: FALSE_DISCOVERY_RATE },
    onlyIn: { first: missingFrom(first, second), second: missingFrom(second, first) },
    changes: shared
      .filter(({ one, other }) => isPaired && one.adheres !== other.adheres)
      .map(({ one, other }) => ({
        clause: one.clause,
        scenario: one.scenario,
        first: transcriptId(one.sample),
        second: transcriptId(other.sample),
        from: one.adheres ? 'adheres' : 'violates',
        to: other.adheres ? 'adheres' : 'violates',
      })),
  };
}

function clausesOf({ trials }: Side): Set<string> {
  return new Set(trials.map(({ clause }) => clause));
}

function missingFrom(side: Side, other: Side): string[] {
  const there = clausesOf(other);
  return [...clausesOf(side)].filter((id) => !there.has(id));
}

/** What the clauses at these places of `ids` come to together; paired sides hold the same trials in the same order. */
function groupsOf(
  first: Side,
  second: Side,
  ids: readonly string[],
  isPaired: boolean,
): (places: readonly number[]) => ComparedGroup {
  const [one, other] = [columnsOf(first, ids), columnsOf(second, ids)];
  const [rates, otherRates] = [estimateRates(one, ids.length), estimateRates(other, ids.length)];
  const differences = isPaired
    ? estimateDifferences({ ...one, first: one.outcomes, second: other.outcomes }, ids.length)
    : null;
  const judge = first.judge === 'measured' ? second.judge : 'unmeasured';
  return (places) => {
    const [rate, otherRate] = [figureOf(rates, places), figureOf(otherRates, places)];
    const paired = differences === null ? null : figureOf(differences, places);
    const difference = paired ?? differenceOfRates(rate, otherRate);
    const probability =
      paired === null ? probabilityOfUnpaired(rate, otherRate) : probabilityOfPaired(paired);
    return {
      first: fieldsOf(rateSchema, { ...rate, judge: first.judge }),
      second: fieldsOf(rateSchema, { ...otherRate, judge: second.judge }),
      difference: fieldsOf(differenceSchema, {
        ...difference,
        ...toldCautions(difference.cautions),
        probability,
        judge,
      }),
      pairs: paired && fieldsOf(pairsSchema, { ...paired, count: paired.pairs }),
    };
  };
}

/** One clause has an interval of its own; several together have another. */
function figureOf<Figure>(
  table: { ofClause(clause: number): Figure; ofClauses(clauses: readonly number[]): Figure },
  places: readonly number[],
): Figure {
  const [first, second] = places;
  return first !== undefined && second === undefined
    ? table.ofClause(first)
    : table.ofClauses(places);
}

function columnsOf({ trials }: Side, ids: readonly string[]) {
  const places = new Map(ids.map((id, place) => [id, place]));
  const kept = trials.filter(({ clause }) => places.has(clause));
  return {
    outcomes: Uint8Array.from(kept, ({ adheres }) => (adheres ? 1 : 0)),
    clauses: Int32Array.from(kept, ({ clause }) => valueAt(places, clause)),
    clusters: numbered(kept.map(({ cluster }) => cluster)),
  };
}
