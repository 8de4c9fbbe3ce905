/**
 * @module features/audit/health/settle
 * What would settle a diagnosis, or fill a gap: words for the reader and a command to run.
 */
import type { Diagnosis, Fault } from './diagnosis.ts';
import type { HealthEvidence } from './evidence.ts';

/** How the user names things. */
export interface Names {
  /** The spec's file. */
  file: string;
  dialect?: string | undefined;
  /** Where it is not the usual one. */
  ledger?: string | undefined;
}

/** A step for the reader. */
export interface Step {
  text: string;
  /** Words of a command line, not yet quoted; null where there is nothing to run. */
  command: string[] | null;
}

/** Stands for a judge that only the reader can name. */
const ANOTHER_JUDGE = 'JUDGE';
const ANOTHER_SUBJECT = 'MODEL';
const LABELS = 30;
const LEAST_REPEATS = 5;

/** The step that settles what the evidence leaves open, or that comes next where it decides. */
export function stepFor(
  evidence: HealthEvidence,
  { clause, partner, faults, signal, rule }: Diagnosis,
  names: Names,
): Step {
  const ids = [clause, ...(partner === null ? [] : [partner])].map((place) =>
    idAt(evidence, place),
  );
  const run = runOf(evidence, signal.contrast.evidence);
  const of = (...wanted: Fault[]): boolean => wanted.every((fault) => faults.includes(fault));
  if (faults.length > 1) {
    if (of('scenario')) {
      return {
        text: 'More scenarios decide: write some of other situations into a suite file.',
        command: auditCommand(evidence, names, ids, ['--suite', 'MORE.jsonl']),
      };
    }
    if (of('contradiction', 'judge') || rule.startsWith('bad-passes')) {
      return {
        text: `Another judge on the same marked replies decides: put its name for ${ANOTHER_JUDGE}.`,
        command: calibrateCommand(names, ids, ANOTHER_JUDGE),
      };
    }
    if (of('missing example', 'model')) {
      return evidence.subjects.length < 2
        ? {
            text: `Another subject decides: put its name for ${ANOTHER_SUBJECT}.`,
            command: auditCommand(evidence, names, ids, ['--subject', ANOTHER_SUBJECT]),
          }
        : {
            text: 'Repeats decide: does each subject agree with itself?',
            command: auditCommand(evidence, names, ids, moreRepeats(evidence)),
          };
    }
    if (of('ambiguity', 'judge')) {
      return {
        text: 'People decide: label transcripts on which judges disagree.',
        command: labelCommand(evidence, names, run, ids),
      };
    }
    return {
      text: `A second judge decides: put one of another family for ${ANOTHER_JUDGE}.`,
      command: againCommand(names, run),
    };
  }
  switch (faults[0]) {
    case 'contradiction':
      return partner === null
        ? {
            text: 'Read the reply beside the clause and change the words or the mark; then measure the judges again.',
            command: calibrateCommand(names, ids, measuredJudge(evidence)),
          }
        : {
            text: 'Say in one of the two which gives way, and when; then ask again.',
            command: auditCommand(evidence, names, ids, []),
          };
    case 'ambiguity':
      return {
        text: 'Say which reading is meant. People who label show which readings there are.',
        command: labelCommand(evidence, names, run, ids),
      };
    case 'missing example':
      return {
        text: 'Print a reply marked good and one marked bad for such a situation; then ask again.',
        command: auditCommand(evidence, names, ids, []),
      };
    case 'scenario':
      return {
        text: 'Read what is asked, mend or drop it, and write scenarios of other situations.',
        command: auditCommand(evidence, names, ids, ['--suite', 'MORE.jsonl']),
      };
    case 'judge':
      return {
        text: `Judge the same transcripts by another one: put its name for ${ANOTHER_JUDGE}.`,
        command: againCommand(names, run),
      };
    default: {
      const [first] = signal.contrast.evidence;
      const transcript = evidence.transcripts[first ?? -1];
      return {
        text: 'The clause says what it asks: read what was done instead.',
        command:
          transcript === undefined
            ? null
            : ['tenet', 'show', transcript.run, transcript.id, ...ledgerWords(names)],
      };
    }
  }
}

/** What makes the first evidence of a spec, or of some of its clauses. */
export function firstStep(evidence: HealthEvidence, names: Names, ids: readonly string[]): Step {
  const repeats = evidence.runs.at(-1)?.repeats ?? 1;
  return {
    text: 'An audit makes the first evidence; with two subjects or more and two judges or more (--subject and --judge, given again) it tells most.',
    command: auditCommand(evidence, names, ids, repeats > 1 ? ['--repeats', String(repeats)] : []),
  };
}

/** What adds to the evidence of clauses that have too little; no ids: of all. */
export function moreStep(evidence: HealthEvidence, names: Names, ids: readonly string[]): Step {
  return {
    text: 'More scenarios (a suite file) help most, then repeats.',
    command: auditCommand(evidence, names, ids, moreRepeats(evidence)),
  };
}

/** What a second judge or subject would add, where there is only one. */
export function widerSteps(evidence: HealthEvidence, names: Names): Step[] {
  const steps: Step[] = [];
  const run = evidence.runs.at(-1)?.id ?? null;
  if (evidence.runs.length > 0 && evidence.judges.length < 2) {
    steps.push({
      text: `There is one judge only, so nobody can say where judges disagree. Put another's name for ${ANOTHER_JUDGE}.`,
      command: againCommand(names, run),
    });
  }
  if (evidence.runs.length > 0 && evidence.subjects.length < 2) {
    steps.push({
      text: `There is one subject only, so what it violates may be its own fault or the text's. Put another's name for ${ANOTHER_SUBJECT}.`,
      command: auditCommand(evidence, names, [], ['--subject', ANOTHER_SUBJECT]),
    });
  }
  if (evidence.certificates.length === 0) {
    steps.push({
      text: 'No judge was measured on this text, so nothing is known of its own marked replies.',
      command: calibrateCommand(names, [], evidence.judges[0]?.label ?? ANOTHER_JUDGE),
    });
  }
  return steps;
}

/** What was asked already is on record, so that only the repeats beyond it cost anything. */
function moreRepeats({ runs }: HealthEvidence): string[] {
  return ['--repeats', String(Math.max(LEAST_REPEATS, 2 * (runs.at(-1)?.repeats ?? 1)))];
}

function auditCommand(
  { runs }: HealthEvidence,
  names: Names,
  ids: readonly string[],
  extra: readonly string[],
): string[] {
  const newest = runs.at(-1);
  const repeated = (flag: string, labels: readonly string[] = []): string[] =>
    [...new Set(labels)].flatMap((label) => [flag, label]);
  return [
    'tenet',
    'audit',
    ...specWords(names),
    ...(extra.includes('--subject') ? [] : repeated('--subject', newest?.subjects)),
    ...repeated('--judge', newest?.judges),
    ...clauseWords(ids),
    ...extra,
    ...ledgerWords(names),
  ];
}

function labelCommand(
  { runs }: HealthEvidence,
  names: Names,
  run: string | null,
  ids: readonly string[],
): string[] | null {
  // Only a run of several judges knows on what they disagree.
  const isPanel = (runs.find(({ id }) => id === run)?.judges.length ?? 0) > 1;
  const design = isPanel ? 'disagreements' : 'stratified';
  return run === null
    ? null
    : [
        'tenet',
        'label',
        run,
        '--sample',
        `${design}:${LABELS}`,
        ...clauseWords(ids),
        ...ledgerWords(names),
      ];
}

function againCommand(names: Names, run: string | null): string[] | null {
  return run === null
    ? null
    : ['tenet', 'judge', 'again', run, '--judge', ANOTHER_JUDGE, ...ledgerWords(names)];
}

/** As the user wrote the judge that was measured last. */
function measuredJudge({ certificates }: HealthEvidence): string {
  return certificates[0]?.body.judge?.label ?? ANOTHER_JUDGE;
}

function calibrateCommand(names: Names, ids: readonly string[], judge: string): string[] {
  return [
    'tenet',
    'judge',
    'calibrate',
    '--judge',
    judge,
    ...specWords(names),
    ...clauseWords(ids),
    ...ledgerWords(names),
  ];
}

function clauseWords(ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : ['--clauses', ids.join(', ')];
}

function specWords({ file, dialect }: Names): string[] {
  return ['--spec', file, ...(dialect === undefined ? [] : ['--dialect', dialect])];
}

function ledgerWords({ ledger }: Names): string[] {
  return ledger === undefined ? [] : ['--ledger', ledger];
}

function idAt({ clauses }: HealthEvidence, place: number): string {
  return clauses[place]?.id ?? '';
}

/** The run of most of the evidence, or the newest. */
function runOf({ transcripts, runs }: HealthEvidence, evidence: readonly number[]): string | null {
  const counts = new Map<string, number>();
  for (const place of evidence) {
    const run = transcripts[place]?.run;
    if (run !== undefined) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? runs.at(-1)?.id ?? null;
}
