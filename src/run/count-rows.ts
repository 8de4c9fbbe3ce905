/**
 * @module run/count-rows
 * Counts what became of every planned sample and every verdict. Rows are read one by one, so that a run of a hundred
 * thousand samples needs no more memory than its counts.
 */
import {
  CAUSES,
  SEVERITIES,
  type Severity,
  VERDICT_OUTCOMES,
  type VerdictOutcome,
} from '../ledger/records.ts';
import type { SampleRow, VerdictRow } from '../ledger/rows.ts';
import { at } from '../text/at.ts';
import { countRepeats } from './consistency/consistency.ts';
import {
  addSpending,
  type Counts,
  emptyCounts,
  emptySpending,
  MISSING,
  type Missing,
  type Spending,
  zeros,
} from './counts.ts';
import { numbered } from './numbered.ts';
import { type Plan, sampleCount } from './plan.ts';
import { createTrials } from './trials.ts';

/** A transcript among the worst of its clause. */
export interface Worst {
  sample: number;
  severity: Severity;
}

/** How many samples replied, and why the others did not. */
export type SampleOutcomes = Record<'replied' | Missing, number>;

/** By subject: how many verdicts on a scenario were `violates` and `adheres`; and `not_applicable`, of all. */
export interface ScenarioCounts {
  violates: number[];
  adheres: number[];
  notApplicable: number;
}

export interface JudgeTally {
  verdicts: number;
  /** The same by what they say. */
  outcomes: Record<VerdictOutcome, number>;
  /** Why it could not judge, by cause. */
  cannotJudge: Record<NonNullable<VerdictRow['cause']>, number>;
  usage: Spending;
}

/** What decides a transcript and a clause: a judge's verdict, or a panel's. */
type Deciding = Pick<VerdictRow, 'sample' | 'clause' | 'outcome' | 'severity'>;

/** What is counted of one subject; clauses stand at their places in the plan. */
interface SubjectCounts {
  counts: Counts[];
  worst: Worst[][];
  samples: SampleOutcomes;
  truncated: number;
  usage: Spending;
}

const WORST_KEPT = 3;

/**
 * Counters for a plan's rows: samples come in the plan's order, verdicts by sample and clause. Every verdict passes
 * `eachVerdict`, which counts what its judge did; those that decide go on into `addVerdicts`.
 */
export function createCounter(plan: Plan) {
  const places = new Map(plan.clauses.map(({ id }, place) => [id, place]));
  const clausesOf = Array.from(plan.suite.scenarios, ({ clauses }) =>
    // Of a clause that the plan does not have nobody is asked.
    clauses.flatMap((id) => places.get(id) ?? []),
  );
  const clusters = numbered(Array.from(plan.suite.scenarios, ({ cluster }) => cluster));
  const subjects = plan.subjects.map(() => emptySubject(plan));
  const judges = plan.judges.map(emptyJudge);
  const none = (): number[] => plan.subjects.map(() => 0);
  const scenarios = Array.from(
    { length: plan.suite.scenarios.length },
    (): ScenarioCounts => ({ violates: none(), adheres: none(), notApplicable: 0 }),
  );
  const trials = createTrials(plan.subjects.length);
  const repeated = countRepeats(plan);
  const paid = new Set<string>();
  let expected = 0;
  const perRepeat = plan.suite.scenarios.length * plan.subjects.length;
  const scenarioOf = (sample: number) => Math.floor((sample % perRepeat) / plan.subjects.length);

  const miss = (sample: number, subject: SubjectCounts | undefined, why: Missing): void => {
    for (const clause of at(clausesOf, scenarioOf(sample))) {
      const cell = subject?.counts[clause];
      if (cell !== undefined) cell.missing[why]++;
    }
  };
  const addSample = (row: SampleRow): void => {
    const subject = subjects[row.subject];
    if (subject === undefined) return;
    subject.samples[row.outcome]++;
    if (row.finish === 'length') subject.truncated++;
    // A call that failed used nothing that anybody tells, and a shared one is paid for once.
    if (row.outcome !== 'failed' && !paid.has(row.call)) {
      paid.add(row.call);
      addSpending(subject.usage, row);
    }
    if (row.outcome !== 'replied') miss(row.index, subject, row.outcome);
  };

  const notRunUntil = (sample: number): void => {
    for (; expected < sample; expected++) {
      const subject = subjects[(expected % perRepeat) % plan.subjects.length];
      if (subject !== undefined) subject.samples.not_run++;
      miss(expected, subject, 'not_run');
    }
    expected = sample + 1;
  };

  return {
    subjects,
    judges,
    scenarios,
    trials,
    repeated,
    /** Clauses that some scenario tests, by place. */
    tested: [...new Set(clausesOf.flat())].sort((a, b) => a - b),

    /** Samples of the run, page by page. Those between are not run. */
    addSamples(rows: readonly SampleRow[]): void {
      for (const row of rows) {
        notRunUntil(row.index);
        addSample(row);
      }
    },

    /** After the last sample: what was planned behind it is not run. */
    endSamples: () => notRunUntil(sampleCount(plan)),

    *eachVerdict(rows: Iterable<VerdictRow>): IterableIterator<VerdictRow> {
      for (const row of rows) {
        const judge = judges[row.judge];
        if (judge !== undefined) countJudge(judge, row, paid);
        yield row;
      }
    },

    addVerdicts(verdicts: Iterable<Deciding>): void {
      for (const verdict of verdicts) {
        const { sample, outcome, severity } = verdict;
        const place = (sample % perRepeat) % plan.subjects.length;
        const subject = subjects[place];
        const clause = places.get(verdict.clause);
        const cell = clause === undefined ? undefined : subject?.counts[clause];
        if (clause === undefined || cell === undefined) continue;
        cell.verdicts[outcome]++;
        const scenario = scenarioOf(sample);
        const seen = at(scenarios, scenario);
        if (outcome === 'adheres' || outcome === 'violates') {
          const adheres = outcome === 'adheres';
          const unit = Math.floor(sample / plan.subjects.length);
          const cluster = at(clusters, scenario);
          trials.add({ subject: place, unit, clause, cluster, adheres });
          repeated?.add(sample, clause, adheres);
          const side = seen[outcome];
          side[place] = at(side, place) + 1;
        } else if (outcome === 'not_applicable') seen.notApplicable++;
        if (outcome === 'violates' && severity !== null) {
          cell.severity[severity]++;
          keepWorst(subject?.worst[clause], { sample, severity });
        }
      }
    },
  };
}

function countJudge(judge: JudgeTally, row: VerdictRow, paid: Set<string>): void {
  judge.verdicts++;
  judge.outcomes[row.outcome]++;
  if (row.cause !== null) judge.cannotJudge[row.cause]++;
  // Of verdicts that share a call in a batch one carries what it took, and it need not come first.
  const carries = row.input !== 0 || row.output !== 0 || row.cost !== 0;
  if (!carries || paid.has(row.call)) return;
  paid.add(row.call);
  addSpending(judge.usage, row);
}

function emptySubject(plan: Plan): SubjectCounts {
  return {
    counts: plan.clauses.map(emptyCounts),
    worst: plan.clauses.map(() => []),
    samples: zeros(['replied', ...MISSING]),
    truncated: 0,
    usage: emptySpending(),
  };
}

function emptyJudge(): JudgeTally {
  return {
    verdicts: 0,
    outcomes: zeros(VERDICT_OUTCOMES),
    cannotJudge: zeros(CAUSES),
    usage: emptySpending(),
  };
}

function keepWorst(kept: Worst[] | undefined, candidate: Worst): void {
  if (kept === undefined) return;
  kept.push(candidate);
  const grave = ({ severity }: Worst): number => SEVERITIES.indexOf(severity);
  kept.sort((a, b) => grave(b) - grave(a) || a.sample - b.sample);
  if (kept.length > WORST_KEPT) kept.pop();
}
