/**
 * @module features/audit/health/diagnose
 * Applies the decision table to every clause that has a signal.
 */
import { at } from '../../../text/at.ts';
import type { ClauseEvidence } from './clause-evidence.ts';
import { DECISION_TABLE } from './decision-table.ts';
import type { HealthEvidence } from './evidence.ts';
import type { Because, FromOneSeed, SignalCode } from './messages.ts';
import type { Fault, NextStep } from './rule.ts';
import type { Signal } from './signals.ts';

/** A signal of a clause, and what it is told as. */
export interface Diagnosis {
  clause: number;
  /** The clause that it pulls apart from. */
  partner: number | null;
  /** One where the evidence decides, otherwise those between which it does not. */
  faults: readonly Fault[];
  because: Because;
  /** That one scenario may be behind it. */
  scenario: FromOneSeed | null;
  next: NextStep;
  /** What decided. */
  signal: Signal;
  /** What else stands out about the clause. */
  also: SignalCode[];
}

/** Seeds, fewer of which can't show that trouble is one scenario's. */
const SEEDS_TO_TELL = 3;

/** Signals that come from a clause's scenarios, so that one of them may be behind it. */
const FROM_SCENARIOS: ReadonlySet<SignalCode> = new Set<SignalCode>([
  'judges-disagree',
  'abstains',
  'unsupported',
  'people-disagree',
  'people-against-judges',
  'violated',
  'subjects-differ',
]);

/** What pulling apart explains by itself. */
const EXPLAINED_BY_PAIR: ReadonlySet<SignalCode> = new Set<SignalCode>([
  'violated',
  'subjects-differ',
]);

/**
 * The diagnoses of all clauses with a signal, in document order. The first row of the table that holds is told; where
 * its trouble comes from one seed, the scenario is told in its place, or beside it if there are too few seeds to tell.
 */
export function diagnose(
  { clusters }: HealthEvidence,
  signals: readonly Signal[],
  evidenceOf: (clause: number) => ClauseEvidence,
): Diagnosis[] {
  const clauses = [...new Set(signals.map(({ clause }) => clause))].toSorted((a, b) => a - b);
  const inPairs = new Set(
    signals.flatMap(({ clause, partner }) => (partner === undefined ? [] : [clause, partner])),
  );
  return clauses.flatMap((clause) => {
    const evidence = evidenceOf(clause);
    const open = evidence.signals.filter(
      ({ code }) => !(inPairs.has(clause) && EXPLAINED_BY_PAIR.has(code)),
    );
    const told = firstThatHolds(evidence, open);
    if (told === null) return [];
    const { signal } = told;
    const others = evidence.signals.filter((other) => other !== signal);
    const also = [...new Set(others.map(({ code }) => code))];
    const diagnosis = { clause, partner: signal.partner ?? null, ...told, scenario: null, also };
    return [withScenario(diagnosis, clusters)];
  });
}

function firstThatHolds(
  evidence: ClauseEvidence,
  signals: readonly Signal[],
): Pick<Diagnosis, 'faults' | 'because' | 'next' | 'signal'> | null {
  for (const { code, signal: read, holds, faults, next } of DECISION_TABLE) {
    for (const signal of signals.filter((one) => one.code === read)) {
      const data = holds(evidence, signal);
      if (data === null) continue;
      const { hits, trials, elsewhere } = signal.contrast;
      const because = { code, data: { hits, trials, elsewhere, ...data } };
      return { faults, because, next, signal };
    }
  }
  return null;
}

function withScenario(told: Diagnosis, clusters: readonly string[]): Diagnosis {
  const { contrast, code } = told.signal;
  const { seed, seeds, hits: cases } = contrast;
  if (!FROM_SCENARIOS.has(code)) return told;
  const data = { seed: at(clusters, seed.cluster), hits: seed.hits, cases, seeds };
  if (seeds >= SEEDS_TO_TELL && seed.concentrated) {
    const scenario = { code: 'one-seed', data } as const;
    return { ...told, faults: ['scenario'], scenario, next: 'mend-scenarios' };
  }
  if (seeds >= SEEDS_TO_TELL || seed.hits < cases) return told;
  const scenario = { code: 'few-seeds', data } as const;
  return { ...told, faults: [...told.faults, 'scenario'], scenario, next: 'write-scenarios' };
}

/** The name of the row that decided, and of what was seen then: `subject-alone, few-seeds`. */
export function ruleName({ because, scenario }: Pick<Diagnosis, 'because' | 'scenario'>): string {
  if (scenario === null) return because.code;
  return scenario.code === 'one-seed' ? scenario.code : `${because.code}, ${scenario.code}`;
}
