/**
 * @module audit/tally
 * Counts a run: what became of every planned sample and every verdict, and the rates that follow. Rows are
 * read one by one, so that a run of a hundred thousand samples needs no more memory than its counts.
 */
import type { Severity, VerdictOutcome } from '../ledger/records.ts';
import type { SampleRow, VerdictRow } from '../ledger/rows.ts';
import {
  type Difference,
  estimateDifferences,
  estimateRates,
  type Interval,
  type Rate,
  worstCase,
} from '../stats/index.ts';
import { type Consistency, countRepeats } from './consistency/consistency.ts';
import {
  addCounts,
  addSpending,
  type Counts,
  emptyCounts,
  emptySpending,
  type Missing,
  type Spending,
  unknownOf,
} from './counts.ts';
import { numbered } from './numbered.ts';
import { isPanel, type PanelTally, readPanel, tallyPanel } from './panel/panel.ts';
import { type Plan, sampleAt } from './plan.ts';
import type { SequentialTally } from './sequential/outcome.ts';
import { createTrials } from './trials.ts';

/** The rate of a clause or of a group of clauses, with everything that it does and does not count. */
export interface Measure extends Counts {
  /** Adheres / (adheres + violates). */
  rate: Rate;
  /** Where the rate would lie if all that could not be judged had gone one way or the other. */
  worstCase: Interval | null;
}

/** A transcript among the worst of its clause. */
export interface Worst {
  sample: number;
  severity: Severity;
}

export interface ClauseTally extends Measure {
  clause: number;
  worst: Worst[];
}

export interface SubjectTally {
  overall: Measure;
  levels: { level: string; measure: Measure }[];
  kinds: { kind: string; measure: Measure }[];
  /** Clauses that the suite tests, in document order. */
  clauses: ClauseTally[];
  samples: Record<'replied' | Missing, number>;
  /** Replies that the token limit cut short. They are judged all the same, and a reader should know. */
  truncated: number;
  /** Tokens, where every sample's are known, and US dollars, where every price is. */
  usage: Spending;
  /** What repeats show; absent where they show nothing of it. */
  consistency?: Consistency;
}

export interface JudgeTally {
  verdicts: number;
  /** The same by what they say. */
  outcomes: Record<VerdictOutcome, number>;
  /** Why it could not judge, by cause. */
  cannotJudge: Record<NonNullable<VerdictRow['cause']>, number>;
  usage: Spending;
}

export interface Tally {
  planned: number;
  subjects: SubjectTally[];
  judges: JudgeTally[];
  /** Where several models judge: how their verdicts became one, and where they differ. */
  panel?: PanelTally;
  /** Where samples were chosen as the run went: what was chosen, and why it ended. */
  sequential?: SequentialTally;
  /** For each two subjects, first minus second, overall and by level. */
  comparisons: {
    first: number;
    second: number;
    overall: Difference;
    levels: { level: string; difference: Difference }[];
  }[];
  /** Clauses of the plan that no scenario tests. */
  untested: number[];
  /** For each scenario, by subject: how many verdicts were `violates`, `adheres`, `not_applicable`. */
  scenarios: { violates: number[]; adheres: number[]; notApplicable: number }[];
}

const WORST_KEPT = 3;
const SEVERITY_ORDER: Record<Severity, number> = { critical: 0, major: 1, minor: 2 };

/** The level under which clauses without one are counted. */
export const NO_LEVEL = 'none';

/**
 * Tallies a run from its rows: samples in the plan's order, verdicts ordered by sample and clause. Of several judges
 * the panel's verdict counts.
 */
export function tally(
  plan: Plan,
  samples: Iterable<SampleRow>,
  verdicts: Iterable<VerdictRow>,
): Tally {
  const places = new Map(plan.clauses.map(({ id }, index) => [id, index]));
  const scenarioClauses = plan.suite.scenarios.map(({ clauses }) =>
    clauses.flatMap((id) => places.get(id) ?? []),
  );
  const clusters = numbered(plan.suite.scenarios.map(({ cluster }) => cluster));
  const tested = [...new Set(scenarioClauses.flat())].sort((a, b) => a - b);
  const counts = plan.subjects.map(() => plan.clauses.map(emptyCounts));
  const worst = plan.subjects.map(() => plan.clauses.map((): Worst[] => []));
  const outcomes = plan.subjects.map(() => ({ ...emptySamples }));
  const paid = new Set<string>();
  const truncated = plan.subjects.map(() => 0);
  const usage = plan.subjects.map(emptySpending);
  const judges = plan.judges.map(emptyJudge);
  const scenarios = plan.suite.scenarios.map(() => ({
    violates: plan.subjects.map(() => 0),
    adheres: plan.subjects.map(() => 0),
    notApplicable: 0,
  }));
  const planned = plan.suite.scenarios.length * plan.subjects.length * plan.repeats;
  const perRepeat = plan.suite.scenarios.length * plan.subjects.length;
  const scenarioOf = (index: number) => Math.floor((index % perRepeat) / plan.subjects.length);

  const miss = (index: number, subject: number, why: Missing): void => {
    for (const clause of scenarioClauses[scenarioOf(index)] ?? []) {
      const cell = counts[subject]?.[clause];
      if (cell !== undefined) cell.missing[why]++;
    }
  };

  let expected = 0;
  const notRunUntil = (index: number): void => {
    for (; expected < index; expected++) {
      const subject = sampleAt(plan, expected).subject;
      const tallied = outcomes[subject];
      if (tallied !== undefined) tallied.not_run++;
      miss(expected, subject, 'not_run');
    }
    expected = index + 1;
  };
  for (const sample of samples) {
    notRunUntil(sample.index);
    const tallied = outcomes[sample.subject];
    if (tallied !== undefined) tallied[sample.outcome]++;
    if (sample.finish === 'length')
      truncated[sample.subject] = (truncated[sample.subject] ?? 0) + 1;
    // A call that failed used nothing that anybody tells, and a shared one is paid for once.
    if (sample.outcome !== 'failed' && !paid.has(sample.call)) {
      paid.add(sample.call);
      addSpending(usage[sample.subject], sample);
    }
    if (sample.outcome !== 'replied') miss(sample.index, sample.subject, sample.outcome);
  }
  notRunUntil(planned);

  const trials = createTrials(plan.subjects.length);
  const repeated = countRepeats(plan);
  function* counted(): IterableIterator<VerdictRow> {
    for (const verdict of verdicts) {
      const judge = judges[verdict.judge];
      if (judge !== undefined) {
        judge.verdicts++;
        judge.outcomes[verdict.outcome]++;
        if (verdict.cause !== null) judge.cannotJudge[verdict.cause]++;
        // Of verdicts that share a call in a batch one carries what it took, and it need not come first.
        const { input, output, cost } = verdict;
        const carries = input !== 0 || output !== 0 || cost !== 0;
        if (carries && !paid.has(verdict.call)) {
          paid.add(verdict.call);
          addSpending(judge.usage, verdict);
        }
      }
      yield verdict;
    }
  }
  const panel = isPanel(plan) ? readPanel(plan, counted()) : null;
  for (const verdict of panel?.verdicts ?? counted()) {
    const subject = (verdict.sample % perRepeat) % plan.subjects.length;
    const scenario = scenarioOf(verdict.sample);
    const clause = places.get(verdict.clause);
    const cell = clause === undefined ? undefined : counts[subject]?.[clause];
    if (clause === undefined || cell === undefined) continue;
    cell.verdicts[verdict.outcome]++;
    const seen = scenarios[scenario];
    if (verdict.outcome === 'adheres' || verdict.outcome === 'violates') {
      const adheres = verdict.outcome === 'adheres';
      const unit = Math.floor(verdict.sample / plan.subjects.length);
      trials.add({ subject, unit, clause, cluster: clusters[scenario] ?? 0, adheres });
      repeated?.add(verdict.sample, clause, adheres);
      const side = seen?.[verdict.outcome];
      if (side !== undefined) side[subject] = (side[subject] ?? 0) + 1;
    } else if (verdict.outcome === 'not_applicable' && seen !== undefined) seen.notApplicable++;
    if (verdict.outcome === 'violates' && verdict.severity !== null) {
      cell.severity[verdict.severity]++;
      keepWorst(worst[subject]?.[clause], { sample: verdict.sample, severity: verdict.severity });
    }
  }

  const levels = groupBy(plan, tested, plan.spec.levels, ({ level }) => level ?? NO_LEVEL);
  const kinds = groupBy(plan, tested, KINDS, ({ kind }) => kind ?? NO_LEVEL);
  const consistency = repeated?.show(levels);
  const subjects = plan.subjects.map((_, subject): SubjectTally => {
    const consistent = consistency?.[subject];
    const rates = estimateRates(trials.of(subject), plan.clauses.length);
    const measure = (group: number[]): Measure => {
      const sum = group.map((clause) => counts[subject]?.[clause]).reduce(addCounts, emptyCounts());
      const only = group.length === 1 ? group[0] : undefined;
      const rate = only === undefined ? rates.ofClauses(group) : rates.ofClause(only);
      return { ...sum, rate, worstCase: boundsOf(sum) };
    };
    return {
      overall: measure(tested),
      levels: levels.map(({ name, clauses }) => ({ level: name, measure: measure(clauses) })),
      kinds: kinds.map(({ name, clauses }) => ({ kind: name, measure: measure(clauses) })),
      clauses: tested.map((clause) => ({
        clause,
        ...measure([clause]),
        worst: worst[subject]?.[clause] ?? [],
      })),
      samples: outcomes[subject] ?? { ...emptySamples },
      truncated: truncated[subject] ?? 0,
      usage: usage[subject] ?? emptySpending(),
      ...(consistent === undefined ? {} : { consistency: consistent }),
    };
  });

  const comparisons = pairsOf(plan.subjects.length).map(([first, second]) => {
    const table = estimateDifferences(trials.pairs(first, second), plan.clauses.length);
    return {
      first,
      second,
      overall: table.ofClauses(tested),
      levels: levels.map(({ name, clauses }) => ({
        level: name,
        difference: table.ofClauses(clauses),
      })),
    };
  });

  const isTested = new Set(tested);
  return {
    planned,
    subjects,
    judges,
    ...(panel === null ? {} : { panel: tallyPanel(plan, panel) }),
    comparisons,
    untested: plan.clauses.flatMap((_, index) => (isTested.has(index) ? [] : [index])),
    scenarios,
  };
}

function boundsOf(counts: Counts): Measure['worstCase'] {
  const { adheres, violates } = counts.verdicts;
  return worstCase({ adheres, violates, unknown: unknownOf(counts) });
}

const emptySamples = { replied: 0, refused: 0, filtered: 0, unsupported: 0, failed: 0, not_run: 0 };

function emptyJudge(): JudgeTally {
  const cannotJudge = {
    judge: 0,
    malformed: 0,
    refused: 0,
    filtered: 0,
    unsupported: 0,
    failed: 0,
  };
  return {
    verdicts: 0,
    outcomes: emptyCounts().verdicts,
    cannotJudge,
    usage: emptySpending(),
  };
}

function keepWorst(kept: Worst[] | undefined, candidate: Worst): void {
  if (kept === undefined) return;
  kept.push(candidate);
  kept.sort(
    (a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] || a.sample - b.sample,
  );
  if (kept.length > WORST_KEPT) kept.pop();
}

const KINDS = ['objective', 'rule', 'default', 'definition'];

/** Clauses grouped by a name, in the order given, others by first appearance after them. */
function groupBy(
  plan: Plan,
  clauses: number[],
  order: readonly string[],
  nameOf: (clause: Plan['clauses'][number]) => string,
): { name: string; clauses: number[] }[] {
  const groups = Map.groupBy(clauses, (index) => {
    const clause = plan.clauses[index];
    return clause === undefined ? NO_LEVEL : nameOf(clause);
  });
  const rank = (name: string): number => {
    const place = order.indexOf(name);
    return place < 0 ? order.length : place;
  };
  return [...groups]
    .map(([name, members]) => ({ name, clauses: members }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

function pairsOf(count: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) pairs.push([first, second]);
  }
  return pairs;
}
