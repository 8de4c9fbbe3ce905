/** @module features/audit/health/health-document A spec's health as plain data, which every renderer prints. */

import { count, list } from '../../../text/numbers.ts';
import { MINIMUM_LOOKS } from './contrast.ts';
import type { Coverage } from './coverage.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { HealthEvidence } from './evidence.ts';
import type { Health } from './health.ts';
import type { HealthClause, HealthDocument } from './health-schema.ts';
import { firstStep, moreStep, type Names, type Step, stepFor, widerSteps } from './settle.ts';
import { FALSE_DISCOVERY_RATE } from './signal.ts';

/** Clauses that a command names; a query of more is no reading. */
const NAMED_IN_COMMAND = 5;

/**
 * The document of a spec's health.
 * @param only no other clauses are told; the evidence of all stays what each is held against
 * @param shell a command line of words
 */
export function healthDocument(
  evidence: HealthEvidence,
  health: Health,
  settings: {
    names: Names;
    only?: ReadonlySet<string> | undefined;
    shell: (words: readonly string[]) => string;
  },
): HealthDocument {
  const { names, only, shell } = settings;
  const { spec } = evidence;
  const isWanted = (place: number): boolean =>
    only === undefined || only.has(evidence.clauses[place]?.id ?? '');
  const step = ({ text, command }: Step): HealthDocument['next'][number] => ({
    text,
    command: command === null ? null : shell(command),
  });
  const told = health.diagnoses.filter(
    ({ clause, partner }) => isWanted(clause) || (partner !== null && isWanted(partner)),
  );
  const clauses = clausesOf(evidence, health).filter(
    ({ id }) => only === undefined || only.has(id),
  );
  const have = (coverage: Coverage): HealthClause[] =>
    clauses.filter((clause) => clause.coverage === coverage);
  return {
    schema: 'tenet.health/1',
    simulated: evidence.simulated,
    spec: { id: spec.id, version: spec.version, title: spec.title, sha256: spec.sha256 },
    evidence: evidenceOf(evidence),
    questions: {
      asked: health.asked.reduce((sum, { questions }) => sum + questions, 0),
      bySignal: health.asked,
      falseDiscoveryRate: FALSE_DISCOVERY_RATE,
      least: MINIMUM_LOOKS,
    },
    diagnoses: told.map((diagnosis) => ({
      ...diagnosisOf(evidence, diagnosis),
      settle: step(stepFor(evidence, diagnosis, names)),
    })),
    counts: {
      clauses: clauses.length,
      never: have('never').length,
      cannotFail: have('cannot-fail').length,
      noPower: have('no-power').length,
      tested: have('tested').length,
      thin: clauses.filter(({ thin }) => thin).length,
    },
    clauses,
    next: nextSteps(evidence, clauses, names).map(step),
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

function measuredNames({ certificates }: HealthEvidence): Set<string> {
  return new Set(certificates.map(({ judge }) => judge));
}

function diagnosisOf(
  evidence: HealthEvidence,
  { clause, partner, faults, rule, because, signal, also }: Diagnosis,
): Omit<HealthDocument['diagnoses'][number], 'settle'> {
  const { hits, trials, elsewhere, seeds, probability } = signal.contrast;
  return {
    clause: evidence.clauses[clause]?.id ?? '',
    partner: partner === null ? null : (evidence.clauses[partner]?.id ?? null),
    faults: [...faults],
    rule,
    because,
    signal: {
      code: signal.code,
      hits,
      trials,
      elsewhere,
      seeds,
      subject:
        signal.subject === undefined ? null : (evidence.subjects[signal.subject]?.name ?? null),
      probability,
      adjusted: signal.adjusted,
    },
    also,
    evidence: signal.contrast.evidence.flatMap((place) => {
      const transcript = evidence.transcripts[place];
      return transcript === undefined ? [] : [{ run: transcript.run, transcript: transcript.id }];
    }),
  };
}

function clausesOf(evidence: HealthEvidence, health: Health): HealthClause[] {
  const thin = new Set(health.thin);
  const measured = measuredNames(evidence);
  const judge = evidence.judges.every(({ name }) => measured.has(name)) ? 'measured' : 'unmeasured';
  return health.coverage.flatMap(({ clause, rate, ...covered }): HealthClause[] => {
    const planned = evidence.clauses[clause];
    if (planned === undefined) return [];
    const own = health.diagnoses.filter(
      (diagnosis) => diagnosis.clause === clause || diagnosis.partner === clause,
    );
    const { estimate, low, high, method, reason } = rate;
    return [
      {
        id: planned.id,
        title: planned.title,
        level: planned.level,
        line: planned.line,
        told: [...new Set(own.flatMap(({ faults }) => faults))],
        thin: thin.has(clause),
        ...covered,
        rate: { estimate, low, high, method, ...(reason === undefined ? {} : { reason }), judge },
      },
    ];
  });
}

/** What would let more be told: clauses to fill first, then who is missing. */
function nextSteps(
  evidence: HealthEvidence,
  clauses: readonly HealthClause[],
  names: Names,
): Step[] {
  if (evidence.runs.length === 0)
    return [firstStep(evidence, names, []), ...widerSteps(evidence, names)];
  const steps: Step[] = [];
  const named = (ids: readonly string[]): string =>
    list(
      ids.map((id) => `#${id}`),
      NAMED_IN_COMMAND,
    );
  const never = clauses.filter(({ coverage }) => coverage === 'never').map(({ id }) => id);
  if (never.length > 0) {
    const { command } = firstStep(evidence, names, never.slice(0, NAMED_IN_COMMAND));
    steps.push({
      text: `${count(never.length, 'clause was', 'clauses were')} never tested: ${named(never)}. Ask about them; where the spec holds no scenario of a clause, write rows for a suite file.`,
      command,
    });
  }
  const weak = clauses
    .filter(({ coverage, thin }) => coverage === 'no-power' || (thin && coverage !== 'never'))
    .map(({ id }) => id);
  if (weak.length > 0) {
    const all = weak.length > NAMED_IN_COMMAND;
    const { command, text } = moreStep(evidence, names, all ? [] : weak);
    steps.push({
      text: `${count(weak.length, 'clause has', 'clauses have')} too few transcripts to tell much: ${named(weak)}. ${text}`,
      command,
    });
  }
  return [...steps, ...widerSteps(evidence, names)];
}
