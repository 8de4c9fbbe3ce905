/**
 * @module report/report
 * From counts to a report: everything that can be said of a run, as plain data. The renderers read only this.
 */

import { hash } from 'node:crypto';
import { againOf } from '../features/audit/rejudge/again.ts';
import type { Rejudged } from '../features/audit/rejudge/compare.ts';
import type { Correction, SubjectCorrection } from '../features/judge/correction/correct.ts';
import { instrumentOf } from '../features/judge/correction/instrument.ts';
import type { RunCorrection } from '../features/judge/correction/instruments.ts';
import type { Citation, SampleRecord, VerdictRecord } from '../ledger/records.ts';
import type { RunEventKind } from '../ledger/runs.ts';
import { unseenAtMost } from '../run/consistency/unseen.ts';
import type { Worst } from '../run/count-rows.ts';
import { citedText } from '../run/judging/verdict.ts';
import { judgeIds, subjectIds } from '../run/names.ts';
import { isSelfJudged } from '../run/panel/families.ts';
import { type Plan, transcriptId } from '../run/plan.ts';
import type { ClauseTally, Measure, Tally } from '../run/tally.ts';
import { type Difference, type Rate, sum } from '../stats/index.ts';
import { count } from '../text/numbers.ts';
import { SIMULATED_NOTE } from '../text/stamp.ts';
import { accountingOf } from './accounting.ts';
import type { Finding } from './findings/findings.ts';
import { findStandOut } from './findings/stand-out.ts';
import type {
  Report,
  ReportClause,
  ReportDifference,
  ReportMeasure,
  ReportRate,
  ReportSubject,
  ReportWorst,
} from './schema.ts';
import { consistencyOf } from './sections/consistency/consistency.ts';
import { panelOf } from './sections/panel/panel.ts';
import { spendingOf } from './sections/spending/spending.ts';

export type { Report } from './schema.ts';

export interface ReportInput {
  plan: Plan;
  tally: Tally;
  findings: readonly Finding[];
  /** `reason` says why a run stopped. */
  run: { id: string; state: RunEventKind; reason: string | null };
  /** Where the transcripts are another run's: what became of its verdicts. */
  again?: Rejudged;
  /** What is known of the judge's errors, and the rates without them; absent: nobody looked. */
  correction?: RunCorrection;
  /** A sample with its verdicts; asked only for the transcripts that the report quotes. */
  sample: (index: number) => { sample: SampleRecord; verdicts: VerdictRecord[] } | null;
}

/** The report of a run. Nothing in it depends on the time at which it is made. */
export function buildReport(input: ReportInput): Report {
  const { plan, tally, findings, run } = input;
  const subjects = subjectIds(plan);
  const judges = judgeIds(plan);
  const standOut = findStandOut(tally);
  const name = (place: number): string => subjects[place] ?? '';
  const results = tally.subjects.map((tallied, place): ReportSubject => {
    const low = new Set(standOut.bySubject[place]);
    const measureOf = measurer(input.correction);
    const corrected = input.correction?.subjects[place];
    return {
      id: name(place),
      selfJudged: isSelfJudged(plan, place),
      overall: measureOf(tallied.overall, corrected?.overall),
      levels: tallied.levels.map(({ level, measure }) => ({
        level,
        ...measureOf(measure, corrected?.levels.get(level)),
      })),
      kinds: tallied.kinds.map(({ kind, measure }) => ({ kind, ...measureOf(measure) })),
      clauses: tallied.clauses.flatMap(
        (clause) => clauseOf(input, clause, low.has(clause.clause), corrected) ?? [],
      ),
      ...(tallied.consistency === undefined
        ? {}
        : { consistency: consistencyOf(plan, tallied.consistency, judgeOf(input.correction)) }),
    };
  });
  return {
    schema: 'tenet.report/1',
    run: { id: run.id, plan: plan.hash, state: run.state, reason: run.reason, ...planned(input) },
    notes: notesOf(input),
    accounting: accountingOf(tally, subjects, judges),
    ...(input.again === undefined ? {} : { again: againOf(input.again) }),
    ...(input.correction === undefined ? {} : { instrument: instrumentOf(plan, input.correction) }),
    ...(tally.panel === undefined ? {} : { panel: panelOf(plan, tally.panel) }),
    subjects: results,
    comparisons: tally.comparisons.map(({ first, second, overall, levels }) => ({
      first: name(first),
      second: name(second),
      overall: differenceOf(overall, judgeOf(input.correction)),
      levels: levels.map(({ level, difference }) => ({
        level,
        difference: differenceOf(difference, judgeOf(input.correction)),
      })),
    })),
    ...(tally.sequential === undefined
      ? {}
      : { spending: spendingOf(plan, tally.sequential, subjects) }),
    untested: tally.untested.flatMap((place) => plan.clauses[place]?.id ?? []),
    findings: findings.map(({ door, code, severity, subject, clause, text, evidence, next }) => ({
      door,
      code,
      severity,
      subject: subject === undefined ? null : name(subject),
      clause: clause ?? null,
      text,
      evidence: evidence.map(transcriptId),
      next,
    })),
  };
}

function planned({
  plan,
  tally,
}: ReportInput): Omit<Report['run'], 'id' | 'plan' | 'state' | 'reason'> {
  const { spec, suite } = plan;
  const subjects = subjectIds(plan);
  const judges = judgeIds(plan);
  return {
    simulated: plan.simulated,
    specs: [
      {
        id: spec.id,
        version: spec.version,
        title: spec.title,
        sha256: spec.sha256,
        levels: spec.levels,
        clauses: plan.clauses.length,
      },
    ],
    suite: { hash: suite.hash, scenarios: suite.scenarios.length, excluded: suite.excluded },
    subjects: plan.subjects.map(({ label, family, simulated, parameters, system }, place) => ({
      id: subjects[place] ?? '',
      label,
      family,
      simulated,
      parameters: { ...parameters },
      system: system === null ? null : hash('sha256', system, 'hex'),
    })),
    judges: plan.judges.map(({ label, family, simulated, parameters, prompt }, place) => ({
      id: judges[place] ?? '',
      label,
      family,
      simulated,
      parameters: { ...parameters },
      prompt,
    })),
    ...(plan.rubrics === undefined
      ? {}
      : {
          rubrics: plan.rubrics.map(({ clause, name, hash: file, byCode }) => {
            return { clause, name, hash: file, byCode };
          }),
        }),
    ...(plan.transcriptsOf === undefined ? {} : { transcriptsOf: plan.transcriptsOf.run }),
    repeats: plan.repeats,
    seed: plan.seed,
    confidence: tally.subjects[0]?.overall.rate.confidence ?? 0.95,
  };
}

function notesOf(input: ReportInput): string[] {
  const { plan, tally, run } = input;
  const notes: string[] = [];
  if (plan.simulated) notes.push(SIMULATED_NOTE);
  const notRun = sum(tally.subjects.map(({ samples }) => samples.not_run));
  if (run.state !== 'finished' || notRun > 0) {
    const why = run.reason === null ? '' : ` (${run.reason})`;
    const how = run.state === 'stopped' ? `stopped early${why}` : 'is not finished';
    notes.push(
      `This run ${how}: ${notRun === 0 ? 'all' : `${tally.planned - notRun} of`} ${count(tally.planned, 'planned sample')} were asked. What is missing counts in the worst-case bounds and in nothing else.`,
    );
  }
  notes.push(
    'Adherence is adheres / (adheres + violates). All other outcomes stand beside it with their counts.',
    (input.correction?.certificate ?? null) === null
      ? 'Rates are not corrected for the judge’s errors, which were not measured.'
      : 'Rates are as judged; the rates corrected for the judge’s errors stand beside them.',
  );
  return notes;
}

type Measurer = (measure: Measure, corrected?: Correction) => ReportMeasure;

/** Without a certificate every rate says that its judge was not measured. */
function measurer(correction: RunCorrection | undefined): Measurer {
  const judge = judgeOf(correction);
  return ({ verdicts, missing, severity, rate, worstCase }, corrected) => ({
    counts: { ...verdicts, missing: { ...missing } },
    rate: rateOf(rate, judge),
    ...(corrected === undefined ? {} : { corrected: { ...corrected } }),
    worstCase: worstCase === null ? null : { low: worstCase.low, high: worstCase.high },
    severity: { ...severity },
  });
}

type JudgeState = NonNullable<ReportRate['judge']>;

function judgeOf(correction: RunCorrection | undefined): JudgeState {
  return (correction?.certificate ?? null) === null ? 'unmeasured' : 'measured';
}

function rateOf(rate: Rate, judge: JudgeState): ReportRate {
  const { estimate, low, high, successes, trials } = rate;
  return { estimate, low, high, successes, trials, ...sharedFields(rate, judge) };
}

function differenceOf(difference: Difference, judge: JudgeState): ReportDifference {
  const { estimate, low, high, pairs, onlyFirst, onlySecond } = difference;
  return { estimate, low, high, pairs, onlyFirst, onlySecond, ...sharedFields(difference, judge) };
}

function sharedFields(
  { method, confidence, clusters, designEffect, reason, caution }: Rate | Difference,
  judge: JudgeState,
) {
  return {
    method,
    confidence,
    clusters,
    designEffect,
    correction: 'none' as const,
    judge,
    ...(reason === undefined ? {} : { reason }),
    ...(caution === undefined ? {} : { caution }),
  };
}

function clauseOf(
  input: ReportInput,
  tallied: ClauseTally,
  standsOut: boolean,
  corrected: SubjectCorrection | undefined,
): ReportClause | null {
  const clause = input.plan.clauses[tallied.clause];
  if (clause === undefined) return null;
  const { id, title, level, kind, hash: text } = clause;
  const atMost = unseenAtMost(input.plan, tallied.rate);
  return {
    id,
    title,
    level,
    kind,
    hash: text,
    ...measurer(input.correction)(tallied, corrected?.clauses.get(tallied.clause)),
    ...(atMost === null ? {} : { atMost }),
    standsOut,
    worst: tallied.worst.flatMap((worst) => worstOf(input, id, worst) ?? []),
  };
}

function worstOf(input: ReportInput, clause: string, worst: Worst): ReportWorst | null {
  const found = input.sample(worst.sample);
  const verdicts = (found?.verdicts ?? []).filter(
    (one) => one.clause === clause && one.outcome === 'violates',
  );
  // Of a panel the judge that holds it as grave as the panel does speaks for all.
  const verdict = verdicts.find(({ severity }) => severity === worst.severity) ?? verdicts[0];
  if (found === null || verdict === undefined) return null;
  return {
    transcript: transcriptId(worst.sample),
    scenario: found.sample.scenario,
    severity: worst.severity,
    reason: verdict.reason,
    // The transcript's own words: a judge may have changed white space or quotation marks in copying.
    quotes: distinctCitations(verdicts).flatMap((citation) => {
      const { message, span, toolCall } = citation;
      const text = citedText(found.sample.transcript, citation);
      if (span === null || text === null) return [];
      const place = toolCall === undefined ? span : { ...span, toolCall };
      return [{ message, quote: text.slice(span.start, span.end), ...place }];
    }),
  };
}

/** Of several judges, every place that one of them cites. */
function distinctCitations(verdicts: readonly VerdictRecord[]): Citation[] {
  const byPlace = new Map<string, Citation>();
  for (const citation of verdicts.flatMap(({ citations }) => citations)) {
    const { message, span, toolCall } = citation;
    const place = JSON.stringify([message, span, toolCall]);
    if (!byPlace.has(place)) byPlace.set(place, citation);
  }
  return [...byPlace.values()];
}
