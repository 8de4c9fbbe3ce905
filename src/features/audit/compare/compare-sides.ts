/**
 * @module features/audit/compare/compare-sides
 * Two runs side by side, clause by clause: how far apart, whether chance explains it among all clauses looked at,
 * and which transcripts went from one side to the other.
 */

import { numbered } from '../../../run/numbered.ts';
import type { Plan } from '../../../run/plan.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import {
  benjaminiHochberg,
  differenceOfRates,
  estimateDifferences,
  estimateRates,
  probabilityOfPaired,
  probabilityOfUnpaired,
  type Rate,
} from '../../../stats/index.ts';
import type { NotComparable } from './messages.ts';
import type { NamedTrial } from './trials.ts';

/** One subject of one run. */
export interface Side {
  run: string;
  plan: Plan;
  subject: number;
  trials: readonly NamedTrial[];
}

/** First minus second, in shares. */
export interface ComparedDifference {
  estimate: number | null;
  low: number | null;
  high: number | null;
  method: string;
  /** Chance of a difference as large where there is none; null where the data carry none. */
  probability: number | null;
  reason?: string;
  caution?: string;
}

/** Some clauses together. */
export interface ComparedGroup {
  first: Rate;
  second: Rate;
  /** Paired: trials that both have, and those in which only one of them adheres. */
  pairs: { count: number; onlyFirst: number; onlySecond: number } | null;
  difference: ComparedDifference;
}

export interface ComparedClause extends ComparedGroup {
  id: string;
  title: string;
  level: string | null;
  /** The words differ between the runs: what was judged is not the same. */
  reworded: boolean;
  /** `probability` adjusted for all clauses compared. */
  adjusted: number | null;
  /** Told apart at the false discovery rate. */
  called: boolean;
}

/** A trial that ended one way in the first run and the other way in the second. */
export interface Change {
  clause: string;
  scenario: string;
  /** Samples of each run. */
  first: number;
  second: number;
  /** Whether it adheres in the first. */
  adheres: boolean;
}

export interface Comparison {
  pairing: 'paired' | 'independent';
  /** Trials of each, and those that are the same question, clause and repeat. */
  trials: { first: number; second: number; shared: number };
  /** Clauses that only one of the runs judged. */
  onlyIn: { first: string[]; second: string[] };
  overall: ComparedGroup;
  levels: (ComparedGroup & { level: string })[];
  clauses: ComparedClause[];
  /** How many clauses the adjustment is for, and the share of false calls it holds to. */
  family: { tests: number; falseDiscoveryRate: number };
  /** Paired only. */
  changes: Change[];
}

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
  const shared = first.trials.flatMap((trial) => {
    const partner = partners.get(trial.key);
    return partner === undefined ? [] : [[trial, partner] as const];
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
  const sides = isPaired
    ? ([shared.map(([one]) => one), shared.map(([, other]) => other)] as const)
    : ([first.trials, second.trials] as const);
  const ids = clausesInBoth(sides);
  if (ids.length === 0) {
    return { reason: { code: 'no-clause-in-common', data: runs } };
  }
  const groupOf = isPaired ? pairedGroups(sides, ids) : independentGroups(sides, ids);
  const hashes = [first, second].map(
    ({ plan }) => new Map(plan.clauses.map(({ id, hash }) => [id, hash])),
  );
  const described = new Map(first.plan.clauses.map((clause) => [clause.id, clause]));
  const clauses = ids.map((id, place) => {
    const clause = described.get(id);
    return {
      id,
      title: clause?.title ?? id,
      level: clause?.level ?? null,
      reworded: hashes[0]?.get(id) !== hashes[1]?.get(id),
      ...groupOf([place]),
    };
  });
  const tested = clauses.flatMap(({ difference }) => difference.probability ?? []);
  const adjusted = benjaminiHochberg(tested)[Symbol.iterator]();
  const all = clauses.flatMap(({ reworded }, place) => (reworded ? [] : [place]));
  const byLevel = Map.groupBy(all, (place) => clauses[place]?.level ?? NO_LEVEL);
  const order = (level: string): number => {
    const place = first.plan.spec.levels.indexOf(level);
    return place < 0 ? first.plan.spec.levels.length : place;
  };
  return {
    pairing: isPaired ? 'paired' : 'independent',
    trials: { first: first.trials.length, second: second.trials.length, shared: shared.length },
    onlyIn: {
      first: missingFrom(first.trials, second.trials),
      second: missingFrom(second.trials, first.trials),
    },
    overall: groupOf(all),
    levels: [...byLevel]
      .map(([level, places]) => ({ level, ...groupOf(places) }))
      .sort((a, b) => order(a.level) - order(b.level)),
    clauses: clauses.map((clause) => {
      const value = clause.difference.probability === null ? null : (adjusted.next().value ?? null);
      return {
        ...clause,
        adjusted: value,
        called: value !== null && value <= FALSE_DISCOVERY_RATE,
      };
    }),
    family: { tests: tested.length, falseDiscoveryRate: FALSE_DISCOVERY_RATE },
    changes: isPaired
      ? shared.flatMap(([one, other]) =>
          one.adheres === other.adheres
            ? []
            : [
                {
                  clause: one.clause,
                  scenario: one.scenario,
                  first: one.sample,
                  second: other.sample,
                  adheres: one.adheres,
                },
              ],
        )
      : [],
  };
}

type Sides = readonly [readonly NamedTrial[], readonly NamedTrial[]];

function clausesInBoth([first, second]: Sides): string[] {
  const inSecond = new Set(second.map(({ clause }) => clause));
  return [...new Set(first.map(({ clause }) => clause))].filter((id) => inSecond.has(id));
}

function missingFrom(trials: readonly NamedTrial[], others: readonly NamedTrial[]): string[] {
  const there = new Set(others.map(({ clause }) => clause));
  return [...new Set(trials.map(({ clause }) => clause))].filter((id) => !there.has(id));
}

type Groups = (places: readonly number[]) => ComparedGroup;

function pairedGroups(sides: Sides, ids: readonly string[]): Groups {
  const [first, second] = sides;
  const columns = sides.map((trials) => columnsOf(trials, ids)) as [Columns, Columns];
  const rates = columns.map((one) => estimateRates(one, ids.length));
  const table = estimateDifferences(
    {
      first: columns[0].outcomes,
      second: columns[1].outcomes,
      clauses: columns[0].clauses,
      clusters: columns[0].clusters,
    },
    ids.length,
  );
  if (first.length !== second.length) throw new RangeError('pairs need both sides');
  return (places) => {
    const difference =
      places.length === 1 ? table.ofClause(places[0] ?? 0) : table.ofClauses(places);
    const { pairs, onlyFirst, onlySecond, estimate, low, high, method, reason, caution } =
      difference;
    return {
      ...ratesOf(rates, places),
      pairs: { count: pairs, onlyFirst, onlySecond },
      difference: {
        estimate,
        low,
        high,
        method,
        probability: pairs === 0 ? null : probabilityOfPaired(difference),
        ...(reason === undefined ? {} : { reason }),
        ...(caution === undefined ? {} : { caution }),
      },
    };
  };
}

function independentGroups(sides: Sides, ids: readonly string[]): Groups {
  const rates = sides.map((trials) => estimateRates(columnsOf(trials, ids), ids.length));
  return (places) => {
    const { first, second } = ratesOf(rates, places);
    const { estimate, low, high, method, reason, caution } = differenceOfRates(first, second);
    return {
      first,
      second,
      pairs: null,
      difference: {
        estimate,
        low,
        high,
        method,
        probability: probabilityOfUnpaired(first, second),
        ...(reason === undefined ? {} : { reason }),
        ...(caution === undefined ? {} : { caution }),
      },
    };
  };
}

function ratesOf(
  tables: readonly ReturnType<typeof estimateRates>[],
  places: readonly number[],
): { first: Rate; second: Rate } {
  const [first, second] = tables.map((table) =>
    places.length === 1 ? table.ofClause(places[0] ?? 0) : table.ofClauses(places),
  );
  if (first === undefined || second === undefined) throw new RangeError('two sides are compared');
  return { first, second };
}

interface Columns {
  outcomes: Uint8Array;
  clauses: Int32Array;
  clusters: Int32Array;
}

function columnsOf(trials: readonly NamedTrial[], ids: readonly string[]): Columns {
  const places = new Map(ids.map((id, place) => [id, place]));
  const kept = trials.filter(({ clause }) => places.has(clause));
  return {
    outcomes: Uint8Array.from(kept, ({ adheres }) => (adheres ? 1 : 0)),
    clauses: Int32Array.from(kept, ({ clause }) => places.get(clause) ?? 0),
    clusters: numbered(kept.map(({ cluster }) => cluster)),
  };
}
