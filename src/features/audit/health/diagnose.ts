/**
 * @module features/audit/health/diagnose
 * Applies the decision table to every clause that has a signal.
 */
import { clauseText } from '../../../spec/index.ts';
import { count, list } from '../../../text/numbers.ts';
import type { Diagnosis, PairWords, Wording } from './diagnosis.ts';
import type { HealthEvidence } from './evidence.ts';
import type { Reading } from './reading.ts';
import { RULES } from './rules.ts';
import type { Signal } from './signal.ts';
import { type PairTable, winnerOf } from './signals/pairs.ts';

/** Seeds, fewer of which can't show that trouble is one scenario's. */
const SEEDS_TO_TELL = 3;

/** Signals that come from a clause's scenarios, so that one of them may be behind it. */
const FROM_SCENARIOS: ReadonlySet<string> = new Set([
  'judges-disagree',
  'abstains',
  'unsupported',
  'people-disagree',
  'people-against-judges',
  'violated',
  'subjects-differ',
]);

/** What pulling apart explains by itself. */
const EXPLAINED_BY_PAIR: ReadonlySet<string> = new Set(['violated', 'subjects-differ']);

/**
 * The diagnoses of all clauses with a signal, in document order. The first row of the table that holds is told; where
 * its trouble comes from one seed, the scenario is told in its place, or beside it if there are too few seeds to tell.
 */
export function diagnose(
  evidence: HealthEvidence,
  signals: readonly Signal[],
  readingOf: (clause: number) => Reading,
  tables: readonly PairTable[],
): Diagnosis[] {
  const words = wording(evidence, tables);
  const clauses = [...new Set(signals.map(({ clause }) => clause))].toSorted((a, b) => a - b);
  const inPairs = new Set(
    signals.flatMap((signal) =>
      signal.partner === undefined ? [] : [signal.clause, signal.partner],
    ),
  );
  return clauses.flatMap((clause) => {
    const reading = readingOf(clause);
    for (const rule of RULES) {
      for (const signal of reading.signals) {
        if (signal.code !== rule.signal) continue;
        if (inPairs.has(clause) && EXPLAINED_BY_PAIR.has(signal.code)) continue;
        const because = rule.because(reading, signal, words);
        if (because === null) continue;
        return withScenario(evidence, {
          clause,
          partner: signal.partner ?? null,
          faults: rule.faults,
          rule: rule.id,
          because,
          signal,
          also: [
            ...new Set(reading.signals.flatMap((other) => (other === signal ? [] : [other.code]))),
          ],
        });
      }
    }
    return [];
  });
}

function withScenario(evidence: HealthEvidence, told: Diagnosis): Diagnosis {
  const { contrast, code } = told.signal;
  const { seed, seeds, hits } = contrast;
  if (!FROM_SCENARIOS.has(code)) return told;
  if (seeds >= SEEDS_TO_TELL && seed.concentrated) {
    return {
      ...told,
      faults: ['scenario'],
      rule: 'one-seed',
      because: `${seed.hits} of ${count(hits, 'such case')} come from one of ${seeds} seeds, ${evidence.clusters[seed.cluster]}: ${told.because}`,
    };
  }
  if (seeds >= SEEDS_TO_TELL || seed.hits < hits) return told;
  return {
    ...told,
    faults: [...told.faults, 'scenario'],
    rule: `${told.rule}, few-seeds`,
    because: `${told.because}; all of that comes from one seed, ${evidence.clusters[seed.cluster]}, of ${seeds === 1 ? 'one' : seeds}`,
  };
}

function wording(evidence: HealthEvidence, tables: readonly PairTable[]): Wording {
  const { clauses, judges, subjects } = evidence;
  const judge = (place: number): string => judges[place]?.name ?? '';
  const subject = (place: number): string => subjects[place]?.name ?? '';
  const clause = (place: number): string => `#${clauses[place]?.id ?? ''}`;
  return {
    judge,
    judges: (places) => list(places.map(judge), 4),
    subject,
    subjects: (places) => list(places.map(subject), 4),
    clause,
    seed: (cluster) => evidence.clusters[cluster] ?? '',
    share: ({ contrast: { hits, trials, elsewhere } }, what) =>
      `${hits} of ${trials} ${what} (elsewhere ${elsewhere.hits} of ${elsewhere.trials})`,
    families: (places) => {
      const families = places.map((place) => judges[place]?.family ?? null);
      if (families.includes(null)) return '';
      return new Set(families).size > 1 ? ', of different families,' : ', of one family,';
    },
    pair: (signal) => {
      const table = tables.find(
        ({ first, second }) => first === signal.partner && second === signal.clause,
      );
      return table === undefined ? null : pairWords(evidence, table, clause);
    },
  };
}

function pairWords(
  { clauses, spec }: HealthEvidence,
  table: PairTable,
  name: (clause: number) => string,
): PairWords {
  const { first, second, both, onlyFirst, onlySecond, neither } = table;
  const rank = (place: number): number => {
    const found = spec.levels.findIndex(({ name: level }) => level === clauses[place]?.level);
    return found < 0 ? spec.levels.length : found;
  };
  const [higher, lower] = rank(first) <= rank(second) ? [first, second] : [second, first];
  const winner = winnerOf(table);
  const won = winner === null ? null : winner === 'first' ? first : second;
  const section = spec.sections.find(({ id }) => id === clauses[lower]?.id);
  const named = section === undefined ? [] : clauseText(spec, section).references;
  return {
    sameLevel: rank(first) === rank(second),
    counts: `${both} of ${both + onlyFirst + onlySecond + neither} transcripts keep both, ${onlyFirst} only ${name(first)}, ${onlySecond} only ${name(second)}`,
    higher,
    lower,
    wins: won === null ? null : won === higher ? 'higher' : 'lower',
    givesWay: named.some(({ id }) => id === clauses[higher]?.id),
  };
}
