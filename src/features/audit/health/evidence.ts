/**
 * @module features/audit/health/evidence
 * All that a ledger knows of one spec: every transcript once, with what judges and people of all runs said of it.
 */

import { hash } from 'node:crypto';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { canonicalJson } from '../../../model/record.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';
import { nameAt, uniqueNames } from '../../../run/names.ts';
import { consensusOf, type Vote } from '../../../run/panel/consensus.ts';
import { isOwnFamily } from '../../../run/panel/families.ts';
import {
  type Plan,
  type PlannedClause,
  plannedClause,
  sampleAt,
  transcriptId,
  voicesOf,
} from '../../../run/plan.ts';
import { planDocument, planOutline } from '../../../run/run.ts';
import type { Spec } from '../../../spec/index.ts';
import { at, valueAt } from '../../../text/at.ts';
import { type CalibratedJudge, calibratedJudges } from './calibrated-judges.ts';

/** A subject or a judge, the same one in every run. */
export interface KnownModel {
  name: string;
  /** As a user would write it. */
  label: string;
  family: string | null;
}

/** A transcript, in the first run that has it. */
export interface KnownTranscript {
  run: string;
  /** `t17`. */
  id: string;
  subject: number;
  /** Equal for transcripts of the same question. */
  question: string;
  repeat: number;
  scenario: string;
  /** The scenario's seed, numbered from 0. */
  cluster: number;
}

/** What all runs say of one transcript under one clause, judged by the same words. */
export interface KnownCase {
  /** Index of the clause in the spec. */
  clause: number;
  transcript: number;
  /** By judge; of several verdicts of one judge the newest. */
  votes: Map<number, Vote>;
  /** By person. */
  people: Map<string, NonNullable<LabelRecord['outcome']>>;
  /** What most judges say; null where nothing is decided. */
  outcome: 'adheres' | 'violates' | 'not_applicable' | null;
}

export interface KnownRun {
  id: string;
  version: string | null;
  subjects: string[];
  judges: string[];
  repeats: number;
  verdicts: number;
}

export interface HealthEvidence {
  spec: Spec;
  /** Every clause of the spec, in document order. */
  clauses: PlannedClause[];
  /** Whether the models behind it are simulated. */
  simulated: boolean;
  runs: KnownRun[];
  subjects: KnownModel[];
  judges: KnownModel[];
  transcripts: KnownTranscript[];
  cases: KnownCase[];
  clusters: string[];
  /** The newest of each judge that was measured on this very spec. */
  calibrations: CalibratedJudge[];
  leftOut: {
    /** Verdicts and labels about clauses whose words are others now. */
    otherWords: number;
    /** Simulated runs, where there are real ones. */
    simulatedRuns: number;
    /** Certificates of another text of this spec, of another wording of the question, or simulated ones beside real. */
    certificates: number;
  };
}

/** What there is before any run. */
export function noEvidence(spec: Spec): HealthEvidence {
  return {
    spec,
    clauses: spec.sections.filter(({ isClause }) => isClause).map(plannedClause),
    simulated: false,
    runs: [],
    subjects: [],
    judges: [],
    transcripts: [],
    cases: [],
    clusters: [],
    calibrations: [],
    leftOut: { otherWords: 0, simulatedRuns: 0, certificates: 0 },
  };
}

/**
 * Reads all runs of a spec, found by its id. A verdict or a label counts where the words of its clause are today's.
 * Transcripts that stand on one call are one transcript, in whichever runs. Where there are real runs, simulated ones
 * are left out.
 */
export async function readEvidence(ledger: Ledger, spec: Spec): Promise<HealthEvidence> {
  const evidence = noEvidence(spec);
  const runs: RunRecord[] = [];
  for (const run of await ledger.runs.list()) {
    const { plan } = await planOutline(ledger, run);
    if (plan.spec.id === spec.id) runs.push(run);
  }
  const real = runs.filter(({ simulated }) => !simulated);
  const kept = real.length > 0 ? real : runs;
  evidence.leftOut.simulatedRuns = runs.length - kept.length;
  const add = gatherInto(evidence);
  for (const run of kept) await add(ledger, run);
  const simulated = kept.length === 0 ? null : real.length === 0;
  const { certificates } = await keptCertificates(ledger);
  const { calibrations, leftOut } = calibratedJudges(certificates, spec, simulated);
  evidence.calibrations = calibrations;
  evidence.leftOut.certificates = leftOut;
  evidence.simulated = simulated ?? calibrations.some(({ body }) => body.simulated);
  for (const models of [evidence.subjects, evidence.judges]) {
    const names = uniqueNames(models.map(({ name }) => name));
    for (const [place, model] of models.entries()) model.name = nameAt(names, place);
  }
  for (const one of evidence.cases) one.outcome = outcomeOf(evidence, one);
  return evidence;
}

/** Adds what runs say, one after the other. */
function gatherInto(evidence: HealthEvidence): (ledger: Ledger, run: RunRecord) => Promise<void> {
  const { clauses, leftOut } = evidence;
  const places = new Map(clauses.map(({ id }, place) => [id, place]));
  const subjects = numbering<KnownModel>(evidence.subjects);
  const judges = numbering<KnownModel>(evidence.judges);
  const clusters = numbering<string>(evidence.clusters);
  const transcripts = numbering<KnownTranscript>(evidence.transcripts);
  const cases = numbering<KnownCase>(evidence.cases);
  return async (ledger, run) => {
    const { plan } = await planDocument(ledger, run);
    const current = new Map(
      plan.clauses.flatMap(({ id, hash: words }) => {
        const place = places.get(id);
        return place !== undefined && clauses[place]?.hash === words ? [[id, place]] : [];
      }),
    );
    const rubrics = new Map(plan.rubrics?.map((rubric) => [rubric.clause, rubric.hash]));
    const questions = questionsOf(plan);
    const own = new Map<number, number>();
    for await (const page of ledger.runs.samples(run.ordinal)) {
      for (const { index, outcome, subject, repeat, call } of page) {
        if (outcome !== 'replied') continue;
        const { scenario } = sampleAt(plan, index);
        const key = call === '' ? `${run.id} ${index}` : call;
        const transcript = transcripts.at(key, () => ({
          run: run.id,
          id: transcriptId(index),
          subject: modelAt(subjects, plan.subjects[subject]),
          question: valueAt(questions, scenario.id),
          repeat,
          scenario: scenario.id,
          cluster: clusters.at(scenario.cluster, () => scenario.cluster),
        }));
        own.set(index, transcript);
      }
    }
    const caseAt = (sample: number, clause: string): KnownCase | null => {
      const transcript = own.get(sample);
      const place = current.get(clause);
      if (transcript === undefined || place === undefined) return null;
      // Where no rubric says more, judges go by the clause's words alone.
      const key = `${transcript} ${place} ${rubrics.get(clause) ?? ''}`;
      const number = cases.at(key, () => ({
        clause: place,
        transcript,
        votes: new Map(),
        people: new Map(),
        outcome: null,
      }));
      return at(evidence.cases, number);
    };
    let verdicts = 0;
    for await (const page of ledger.runs.verdicts(run.ordinal)) {
      for (const row of page) {
        const { outcome, severity, cause } = row;
        const one = caseAt(row.sample, row.clause);
        if (one === null) leftOut.otherWords++;
        else {
          one.votes.set(modelAt(judges, plan.judges[row.judge]), { outcome, severity, cause });
          verdicts++;
        }
      }
    }
    for (const label of await ledger.labels.ofRun(run.ordinal)) {
      const place = current.get(label.clause);
      const isCurrent = place !== undefined && clauses[place]?.hash === label.clauseHash;
      const one = isCurrent ? caseAt(label.sample, label.clause) : null;
      if (one === null) leftOut.otherWords++;
      else if (label.outcome !== null) one.people.set(label.person, label.outcome);
    }
    evidence.runs.push({
      id: run.id,
      version: plan.spec.version,
      subjects: plan.subjects.map(({ label }) => label),
      judges: voicesOf(plan).map(({ label }) => label),
      repeats: plan.repeats,
      verdicts,
    });
  };
}

/** Things numbered in the order in which their keys first come. */
interface Numbering<Item> {
  at(key: string, make: () => Item): number;
}

function numbering<Item>(items: Item[]): Numbering<Item> {
  const numbers = new Map<string, number>();
  return {
    at: (key, make) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const number = items.length;
      items.push(make());
      numbers.set(key, number);
      return number;
    },
  };
}

/** A model is the same one whatever its seed was. */
function modelAt(
  numbers: Numbering<KnownModel>,
  model: Plan['subjects'][number] | Plan['judges'][number] | undefined,
): number {
  if (model === undefined) throw new RangeError('a verdict or a sample of nobody in the plan');
  const { name, label, family, parameters } = model;
  const system = 'system' in model ? model.system : null;
  const key = canonicalJson({ name, system, parameters: { ...parameters, seed: undefined } });
  return numbers.at(key, () => ({ name, label, family }));
}

function questionsOf(plan: Plan): Map<string, string> {
  return new Map(
    Iterator.from(plan.suite.scenarios).map(({ id, messages, tools = [] }) => [
      id,
      hash('sha256', canonicalJson({ messages, tools }), 'hex'),
    ]),
  );
}

function outcomeOf(
  { judges, subjects, transcripts }: HealthEvidence,
  { votes, transcript }: KnownCase,
): KnownCase['outcome'] {
  const subject = at(subjects, at(transcripts, transcript).subject);
  const own = [...votes.keys()].map((judge) => isOwnFamily(subject, at(judges, judge)));
  const { outcome } = consensusOf([...votes.values()], {
    rule: 'majority',
    ...(own.every(Boolean) ? {} : { ownFamily: (place) => at(own, place) }),
  });
  return outcome === 'cannot_judge' || outcome === 'unsupported' ? null : outcome;
}
