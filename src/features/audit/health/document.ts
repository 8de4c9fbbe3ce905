/** @module features/audit/health/document A spec's health as plain data, which every medium shows. */

import { quoted } from '../../../app/shell-words.ts';
import { fieldsOf } from '../../../report/schema-parts.ts';
import { clauseAt } from '../../../run/plan.ts';
import { at } from '../../../text/at.ts';
import { plainText } from '../../../text/words.ts';
import { type Diagnosis, ruleName } from './diagnose.ts';
import type { HealthEvidence } from './evidence.ts';
import type { Health } from './health.ts';
import { becauseWords, stepWords } from './messages.ts';
import { type Names, type Step, stepFor, stepsForMore } from './next-steps.ts';
import { MINIMUM_OBSERVATIONS } from './rate-contrast.ts';
import { type HealthClause, type HealthDocument, rateSchema, signalSchema } from './schema.ts';
import { FALSE_DISCOVERY_RATE } from './signals.ts';

/**
 * The document of a spec's health.
 * @param only no other clauses are told; the evidence of all stays what each is held against
 */
export function healthDocument(
  evidence: HealthEvidence,
  health: Health,
  { names, only }: { names: Names; only?: ReadonlySet<string> | undefined },
): HealthDocument {
  const { spec } = evidence;
  const situation = { evidence, names };
  const isWanted = (id: string): boolean => only === undefined || only.has(id);
  const told = health.diagnoses.filter(({ clause, partner }) =>
    [clause, partner ?? clause].some((one) => isWanted(clauseAt(evidence, one).id)),
  );
  const clauses = clausesOf(evidence, health).filter(({ id }) => isWanted(id));
  const having = (coverage: HealthClause['coverage']): HealthClause[] =>
    clauses.filter((clause) => clause.coverage === coverage);
  const weak = clauses.filter(
    ({ coverage, thin }) => coverage === 'no-power' || (thin && coverage !== 'never'),
  );
  const missing = { never: having('never').map(idOf), weak: weak.map(idOf) };
  return {
    schema: 'tenet.health/1',
    simulated: evidence.simulated,
    spec: { id: spec.id, version: spec.version, title: spec.title, sha256: spec.sha256 },
    evidence: evidenceOf(evidence),
    questions: {
      asked: health.asked.reduce((sum, { questions }) => sum + questions, 0),
      bySignal: health.asked,
      falseDiscoveryRate: FALSE_DISCOVERY_RATE,
      least: MINIMUM_OBSERVATIONS,
    },
    diagnoses: told.map((diagnosis) => ({
      ...diagnosisOf(evidence, diagnosis),
      settle: stepOf(stepFor(situation, diagnosis)),
    })),
    counts: {
      clauses: clauses.length,
      never: having('never').length,
      cannotFail: having('cannot-fail').length,
      noPower: having('no-power').length,
      tested: having('tested').length,
      thin: clauses.filter(({ thin }) => thin).length,
    },
    clauses,
    next: stepsForMore(situation, missing).map(stepOf),
  };
}

function idOf({ id }: HealthClause): string {
  return id;
}

function stepOf({ said, words }: Step): HealthDocument['next'][number] {
  return {
    text: plainText(stepWords(said)),
    ...said,
    command: words === null ? null : words.map(quoted).join(' '),
    words,
  };
}

function evidenceOf(evidence: HealthEvidence): HealthDocument['evidence'] {
  const { runs, subjects, judges, transcripts, cases, leftOut } = evidence;
  const measured = measuredNames(evidence);
  return {
    runs: runs.map(({ id, version, verdicts }) => ({ id, version, verdicts })),
    subjects: subjects.map(({ name, family }) => ({ name, family })),
    judges: judges.map(({ name, family }) => ({ name, family, measured: measured.has(name) })),
    transcripts: transcripts.length,
    cases: cases.length,
    labels: cases.reduce((sum, { people }) => sum + people.size, 0),
    leftOut,
  };
}

function measuredNames({ calibrations }: HealthEvidence): Set<string> {
  return new Set(calibrations.map(({ judge }) => judge));
}

function diagnosisOf(
  evidence: HealthEvidence,
  diagnosis: Diagnosis,
): Omit<HealthDocument['diagnoses'][number], 'settle'> {
  const { clause, partner, faults, because, scenario, signal, also } = diagnosis;
  const subject = signal.subject === undefined ? null : at(evidence.subjects, signal.subject).name;
  return {
    clause: clauseAt(evidence, clause).id,
    partner: partner === null ? null : clauseAt(evidence, partner).id,
    faults: [...faults],
    rule: ruleName(diagnosis),
    because: plainText(becauseWords(because, scenario)),
    ...because,
    scenario,
    signal: fieldsOf(signalSchema, { ...signal.contrast, ...signal, subject }),
    also,
    evidence: signal.contrast.evidence.map((index) => {
      const { run, id } = at(evidence.transcripts, index);
      return { run, transcript: id };
    }),
  };
}

function clausesOf(evidence: HealthEvidence, health: Health): HealthClause[] {
  const thin = new Set(health.thin);
  const measured = measuredNames(evidence);
  const judge = evidence.judges.every(({ name }) => measured.has(name)) ? 'measured' : 'unmeasured';
  return health.coverage.map(({ clause, rate, ...covered }): HealthClause => {
    const { id, title, level, line } = clauseAt(evidence, clause);
    const own = health.diagnoses.filter(
      (diagnosis) => diagnosis.clause === clause || diagnosis.partner === clause,
    );
    return {
      ...{ id, title, level, line },
      told: [...new Set(own.flatMap(({ faults }) => faults))],
      thin: thin.has(clause),
      ...covered,
      rate: fieldsOf(rateSchema, { ...rate, judge }),
    };
  });
}
