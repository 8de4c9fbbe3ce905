/**
 * @module features/audit/health/next-steps
 * What would settle a diagnosis, or fill a gap: a step for the reader, with a command to run.
 */

import { shownAddress } from '../../../ledger/postgres/address.ts';
import { clauseAt } from '../../../run/plan.ts';
import { at } from '../../../text/at.ts';
import type { Diagnosis } from './diagnose.ts';
import type { HealthEvidence } from './evidence.ts';
import type { StepSaid } from './messages.ts';

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
  said: StepSaid;
  /** Words of a command line, not yet quoted; null where there is nothing to run. */
  words: string[] | null;
}

/** What steps are made from. */
interface Situation {
  evidence: HealthEvidence;
  names: Names;
}

/** Stands for a judge that only the reader can name. */
const ANOTHER_JUDGE = 'JUDGE';
const ANOTHER_SUBJECT = 'MODEL';
const MORE_SCENARIOS = 'MORE.jsonl';
const LABELS = 30;
const LEAST_REPEATS = 5;

/** Clauses that a command names; a query of more is no reading. */
const NAMED_IN_COMMAND = 5;

/** The step that settles what the evidence leaves open, or that comes next where it decides. */
export function stepFor(
  situation: Situation,
  { clause, partner, next, signal }: Pick<Diagnosis, 'clause' | 'partner' | 'next' | 'signal'>,
): Step {
  const { evidence } = situation;
  const ids = [clause, ...(partner === null ? [] : [partner])].map(
    (one) => clauseAt(evidence, one).id,
  );
  const run = runOf(evidence, signal.contrast.evidence);
  const step = (words: string[] | null, data: object = {}): Step => {
    return { said: { code: next, data } as StepSaid, words };
  };
  const judge = { placeholder: ANOTHER_JUDGE };
  switch (next) {
    case 'another-subject-or-repeats': {
      const code = evidence.subjects.length < 2 ? 'ask-another-subject' : 'repeat-samples';
      return stepFor(situation, { clause, partner, next: code, signal });
    }
    case 'ask-another-subject':
      return step(auditWords(situation, ids, ['--subject', ANOTHER_SUBJECT]), {
        placeholder: ANOTHER_SUBJECT,
      });
    case 'repeat-samples':
      return step(auditWords(situation, ids, moreRepeats(evidence)));
    case 'say-which-gives-way':
    case 'print-examples':
      return step(auditWords(situation, ids, []));
    case 'write-scenarios':
    case 'mend-scenarios':
      return step(auditWords(situation, ids, ['--suite', MORE_SCENARIOS]));
    case 'calibrate-another-judge':
      return step(calibrateWords(situation, ids, ANOTHER_JUDGE), judge);
    case 'change-words-or-mark': {
      // As the user wrote the judge that was measured last.
      const label = evidence.calibrations[0]?.body.judge?.label ?? ANOTHER_JUDGE;
      return step(calibrateWords(situation, ids, label));
    }
    case 'label-disagreements':
    case 'say-which-reading':
      return step(labelWords(situation, run, ids));
    case 'add-judge':
    case 'judge-by-another':
      return step(againWords(situation, run), judge);
    case 'read-transcript':
      return step(showWords(situation, signal));
  }
}

/** What would let more be told: clauses to fill first, then who is missing. */
export function stepsForMore(
  situation: Situation,
  { never, weak }: { never: readonly string[]; weak: readonly string[] },
): Step[] {
  const { evidence } = situation;
  if (evidence.runs.length === 0) {
    const words = auditWords(situation, [], sameRepeats(evidence));
    return [{ said: { code: 'first-audit', data: {} }, words }, ...stepsForOthers(situation)];
  }
  const steps: Step[] = [];
  if (never.length > 0) {
    const named = never.slice(0, NAMED_IN_COMMAND);
    steps.push({
      said: { code: 'never-tested', data: { clauses: [...never] } },
      words: auditWords(situation, named, sameRepeats(evidence)),
    });
  }
  if (weak.length > 0) {
    const named = weak.length > NAMED_IN_COMMAND ? [] : weak;
    steps.push({
      said: { code: 'too-few-transcripts', data: { clauses: [...weak] } },
      words: auditWords(situation, named, moreRepeats(evidence)),
    });
  }
  return [...steps, ...stepsForOthers(situation)];
}

/** What a second judge or subject would add where there is only one, and a calibration where there is none. */
function stepsForOthers(situation: Situation): Step[] {
  const { runs, judges, subjects, calibrations } = situation.evidence;
  const steps: Step[] = [];
  if (runs.length > 0 && judges.length < 2) {
    steps.push({
      said: { code: 'one-judge', data: { placeholder: ANOTHER_JUDGE } },
      words: againWords(situation, runs.at(-1)?.id ?? null),
    });
  }
  if (runs.length > 0 && subjects.length < 2) {
    steps.push({
      said: { code: 'one-subject', data: { placeholder: ANOTHER_SUBJECT } },
      words: auditWords(situation, [], ['--subject', ANOTHER_SUBJECT]),
    });
  }
  if (calibrations.length === 0) {
    steps.push({
      said: { code: 'no-judge-measured', data: {} },
      words: calibrateWords(situation, [], judges[0]?.label ?? ANOTHER_JUDGE),
    });
  }
  return steps;
}

function newestRepeats(runs: HealthEvidence['runs']): number {
  // Who says nothing asks each scenario once.
  return runs.at(-1)?.repeats ?? 1;
}

function sameRepeats({ runs }: HealthEvidence): string[] {
  const repeats = newestRepeats(runs);
  return repeats > 1 ? ['--repeats', String(repeats)] : [];
}

/** What was asked already is on record, so that only the repeats beyond it cost anything. */
function moreRepeats({ runs }: HealthEvidence): string[] {
  return ['--repeats', String(Math.max(LEAST_REPEATS, 2 * newestRepeats(runs)))];
}

function auditWords(
  { evidence, names }: Situation,
  ids: readonly string[],
  extra: readonly string[],
): string[] {
  const newest = evidence.runs.at(-1);
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

function labelWords(
  { evidence, names }: Situation,
  run: string | null,
  ids: readonly string[],
): string[] | null {
  if (run === null) return null;
  // Only a run of several judges knows on what they disagree.
  const isPanel = evidence.runs.some(({ id, judges }) => id === run && judges.length > 1);
  const sample = `${isPanel ? 'disagreements' : 'stratified'}:${LABELS}`;
  return ['tenet', 'label', run, '--sample', sample, ...clauseWords(ids), ...ledgerWords(names)];
}

function againWords({ names }: Situation, run: string | null): string[] | null {
  if (run === null) return null;
  return ['tenet', 'judge', 'again', run, '--judge', ANOTHER_JUDGE, ...ledgerWords(names)];
}

function showWords(
  { evidence, names }: Situation,
  { contrast }: Diagnosis['signal'],
): string[] | null {
  const [first] = contrast.evidence;
  if (first === undefined) return null;
  const { run, id } = at(evidence.transcripts, first);
  return ['tenet', 'show', run, id, ...ledgerWords(names)];
}

function calibrateWords({ names }: Situation, ids: readonly string[], judge: string): string[] {
  return [
    ...['tenet', 'judge', 'calibrate', '--judge', judge],
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
  return ledger === undefined ? [] : ['--ledger', shownAddress(ledger)];
}

/** The run of most of these transcripts, or the newest. */
function runOf({ transcripts, runs }: HealthEvidence, evidence: readonly number[]): string | null {
  const byRun = Map.groupBy(evidence, (transcript) => at(transcripts, transcript).run);
  const [most] = [...byRun].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? runs.at(-1)?.id ?? null;
}
