/**
 * @module run/sequential/tally
 * The rates of a sequential run: what its draws show, and where they ended.
 */
import { type Interval, lacking, type Rate, sum, worstCase } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import { addCounts, emptyCounts } from '../counts.ts';
import type { Spoken } from '../panel/cases.ts';
import { clauseAt, type Plan, type SequentialPlan, sampleAt } from '../plan.ts';
import {
  type ClauseTally,
  type Measure,
  NO_LEVEL,
  type SubjectTally,
  type Tally,
} from '../tally.ts';
import { type StopCause, stopCauseOf } from './allocate.ts';
import { CONFIDENCE, type Evidence, followCell, newSequence } from './evidence.ts';
import type { SequentialTally } from './outcome.ts';
import { createOutcomes, followRounds, type Round } from './rounds.ts';

export interface SequentialRows {
  rounds: readonly Round[];
  /** For each sample of the plan: 0 where it has no outcome. */
  progress: Uint8Array;
  /** Ordered by sample and clause. */
  verdicts: Iterable<Spoken>;
}

const METHOD = 'betting confidence sequence';

interface CellEvidence extends Evidence {
  /** Samples drawn for it. */
  drawn: number;
  bounds: Interval | null;
}

/**
 * The tally of a sequential run, from the tally of everything that was asked. Only draws made for a clause enter its
 * rate: the other clauses that their scenarios test were not chosen by chance, and stand in the counts alone. A group's
 * rate is the plain mean of its clauses' rates, from as many verdicts of each as the one with the fewest has; taken by
 * turns these are one sequence. Only samples that a round asked for can be missing.
 */
export function tallySequential(
  plan: Plan,
  sequential: SequentialPlan,
  tallied: Tally,
  rows: SequentialRows,
): Tally {
  const course = followRounds(plan, rows.rounds);
  const asked = (sample: number): boolean => rows.progress[sample] !== 0;
  // A spent budget takes back what was not asked.
  const samples = course.draws.samples.map((own) => (course.spent ? own.filter(asked) : own));
  const outcomes = createOutcomes(plan, asked);
  outcomes.add(rows.verdicts);
  const evidence = course.draws.cells.map(({ clause }, cell): CellEvidence => {
    const id = clauseAt(plan, clause).id;
    const drawn = at(course.draws.samples, cell);
    const own = at(samples, cell).length;
    const read = followCell(sequential).read(drawn, (sample) => outcomes.of(sample, id));
    const unread = course.spent ? 0 : own - read.draws;
    return { ...read, drawn: own, bounds: boundsOf(read, unread) };
  });
  const evidenceOf = (subject: number, clause: number): CellEvidence[] =>
    evidence.filter((_, place) => {
      const cell = at(course.draws.cells, place);
      return cell.subject === subject && cell.clause === clause;
    });
  const unasked = samples.flat().filter((sample) => !asked(sample));
  return {
    ...tallied,
    planned: samples.reduce((sum, own) => sum + own.length, 0),
    subjects: tallied.subjects.map((tally, subject) =>
      measureSubject(plan, sequential, tally, {
        evidenceOf: (clause) => evidenceOf(subject, clause),
        unasked: unasked.filter((sample) => sample % plan.subjects.length === subject),
      }),
    ),
    comparisons: tallied.comparisons.map((comparison) => ({
      ...comparison,
      overall: withoutFigures(comparison.overall),
      levels: comparison.levels.map(({ level, difference }) => ({
        level,
        difference: withoutFigures(difference),
      })),
    })),
    sequential: {
      ...sequential,
      rounds: rows.rounds.filter(({ draws }) => draws.length > 0).length,
      spent: course.spent,
      cells: course.draws.cells.map((cell, place) => {
        const own = at(evidence, place);
        const exhausted = at(course.draws.exhausted, place);
        return {
          ...cell,
          draws: own.drawn,
          verdicts: own.values.length,
          interval: own.interval,
          stopped: at(course.stopped, place) ?? lateStop(own, exhausted, sequential),
        };
      }),
    } satisfies SequentialTally,
  };
}

interface SubjectEvidence {
  evidenceOf(clause: number): CellEvidence[];
  /** Samples that were to be asked of it and were not. */
  unasked: readonly number[];
}

function measureSubject(
  plan: Plan,
  sequential: SequentialPlan,
  tally: SubjectTally,
  { evidenceOf, unasked }: SubjectEvidence,
): SubjectTally {
  const missing = Map.groupBy(
    unasked.flatMap((sample) => sampleAt(plan, sample).scenario.clauses),
    (id) => id,
  );
  const clauses = tally.clauses.map((one): ClauseTally => {
    const [own] = evidenceOf(one.clause);
    const { id } = clauseAt(plan, one.clause);
    return {
      // A clause of which nothing is missing has no entry.
      ...withMissing(one, missing.get(id)?.length ?? 0),
      rate: own === undefined ? one.rate : refused(plan, clauseRate(own)),
      worstCase: own?.bounds ?? null,
    };
  });
  const group = (belongs: (clause: Plan['clauses'][number]) => boolean): Measure => {
    const members = clauses.filter(({ clause }) => belongs(clauseAt(plan, clause)));
    const own = members.flatMap(({ clause }) => evidenceOf(clause));
    return {
      ...members.reduce(addCounts, emptyCounts()),
      rate: refused(plan, groupRate(own, sequential)),
      worstCase: meanOf(own.map(({ bounds }) => bounds).filter((bounds) => bounds !== null)),
    };
  };
  return {
    ...tally,
    overall: group(() => true),
    levels: tally.levels.map(({ level }) => ({
      level,
      measure: group((clause) => (clause.level ?? NO_LEVEL) === level),
    })),
    kinds: tally.kinds.map(({ kind }) => ({
      kind,
      measure: group((clause) => (clause.kind ?? NO_LEVEL) === kind),
    })),
    clauses,
    samples: { ...tally.samples, not_run: unasked.length },
  };
}

function boundsOf({ values, unknown }: Evidence, unread: number): Interval | null {
  const adheres = sum(values);
  return worstCase({ adheres, violates: values.length - adheres, unknown: unknown + unread });
}

/** What a run that was cut short would have decided next. */
function lateStop(
  evidence: Evidence,
  exhausted: boolean,
  sequential: SequentialPlan,
): StopCause | null {
  return stopCauseOf({ ...evidence, exhausted, stopped: null }, sequential);
}

function clauseRate(evidence: CellEvidence): Rate {
  const { values, interval } = evidence;
  const successes = sum(values);
  return rateOf({ successes, trials: values.length, interval, method: METHOD });
}

function groupRate(own: readonly CellEvidence[], sequential: SequentialPlan): Rate {
  const judged = own.filter(({ values }) => values.length > 0);
  const turns = judged.length === 0 ? 0 : Math.min(...judged.map(({ values }) => values.length));
  // So many clauses together are known better than each, and bets are for the width that will come of it.
  const { precision } = sequential;
  const sequence = newSequence({
    precision: precision === null ? null : precision / Math.sqrt(own.length),
  });
  for (let turn = 0; turn < turns; turn++) {
    sequence.addTurn(judged.map(({ values }) => at(values, turn)));
  }
  const left = own.length - judged.length;
  return rateOf({
    successes: sequence.sum(),
    trials: sequence.draws(),
    interval: sequence.interval(),
    method: `${METHOD}, clauses weighing alike${left === 0 ? '' : `, ${left} without a verdict left out`}`,
  });
}

function rateOf({
  successes,
  trials,
  interval,
  method,
}: Pick<Rate, 'successes' | 'trials' | 'method'> & { interval: Interval | null }): Rate {
  const base = {
    successes,
    trials,
    method,
    confidence: CONFIDENCE,
    // Draws are independent, whichever seeds they come from.
    clusters: trials,
    designEffect: 1,
  };
  if (trials === 0) {
    return { ...base, estimate: null, low: null, high: null, ...lacking('no-draw') };
  }
  const share = successes / trials;
  if (interval === null) {
    return { ...base, estimate: share, low: null, high: null, ...lacking('draws-drift') };
  }
  // The ends are of all moments, the share of the last one: it may have wandered past them.
  const estimate = Math.min(interval.high, Math.max(interval.low, share));
  return { ...base, estimate, ...interval, cautions: [{ code: 'this-suite-alone' }] };
}

/** Without its interval where the verdicts that it stands on can't carry one. */
function refused(plan: Plan, rate: Rate): Rate {
  if (plan.consensus !== 'latent' || rate.estimate === null) return rate;
  const { cautions: _, ...rest } = rate;
  const estimate = rate.successes / rate.trials;
  return { ...rest, estimate, low: null, high: null, ...lacking('verdicts-change') };
}

function withMissing(tally: ClauseTally, notRun: number): ClauseTally {
  return { ...tally, missing: { ...tally.missing, not_run: notRun } };
}

function meanOf(intervals: readonly Interval[]): Interval | null {
  if (intervals.length === 0) return null;
  const mean = (end: 'low' | 'high'): number =>
    intervals.reduce((sum, interval) => sum + interval[end], 0) / intervals.length;
  return { low: mean('low'), high: mean('high') };
}

function withoutFigures(difference: Tally['comparisons'][number]['overall']) {
  return { ...difference, estimate: null, low: null, high: null, ...lacking('chosen-apart') };
}
