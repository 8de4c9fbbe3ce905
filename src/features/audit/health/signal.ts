/**
 * @module features/audit/health/signal
 * Something about a clause that chance does not explain.
 */
import { benjaminiHochberg } from '../../../stats/index.ts';
import type { Contrast } from './contrast.ts';

/** What was looked at. */
export const SIGNALS = {
  'judges-disagree': 'independent judges disagree on the same transcripts',
  'one-scenario': 'judges disagree on one scenario far oftener than on the others',
  abstains: 'judges say that they cannot tell',
  unsupported: 'judges claim violations without words that hold',
  'not-applicable': 'judges say that the clause does not apply',
  'people-disagree': 'people disagree on the same transcripts',
  'people-against-judges': 'people say otherwise than the judges',
  violated: 'a subject violates it more than other clauses',
  'subjects-differ': 'strong subjects differ on the same questions',
  'good-fails': 'replies known to keep it are called violations',
  'bad-passes': 'replies known to break it pass',
  'pulls-apart': 'keeping it goes with breaking another clause',
} as const;

export type SignalCode = keyof typeof SIGNALS;

/** One question put to chance, whatever comes of it. */
export interface Question {
  code: SignalCode;
  clause: number;
  contrast: Contrast;
  /** Of a `violated` signal. */
  subject?: number;
  /** Of a `pulls-apart` signal: the other clause. */
  partner?: number;
  /** The share that is large enough to act on, chance or not. */
  leastShare: number;
}

/** A question whose answer stands out. */
export interface Signal extends Omit<Question, 'leastShare'> {
  /** Its probability, adjusted for all questions. */
  adjusted: number;
}

/** The share of false signals that is put up with among all that are told. */
export const FALSE_DISCOVERY_RATE = 0.05;

/** A share that is not this many times that elsewhere is no signal, however sure it is. */
const LEAST_RATIO = 2;

/**
 * The signals among all questions asked of all clauses: one family, adjusted by Benjamini and Hochberg's procedure.
 * Questions that could not have stood out whatever was found are left aside first, so that they don't cost the others
 * their chance.
 *
 * Source: Benjamini and Hochberg (1995), JRSS B 57, 289–300; leaving aside: Tarone (1990), Biometrics 46, 515–522.
 */
export function signalsAmong(questions: readonly Question[]): {
  signals: Signal[];
  /** Those that could have stood out. */
  asked: Question[];
} {
  const able = questions.filter(({ contrast }) => contrast.least <= FALSE_DISCOVERY_RATE);
  const adjusted = benjaminiHochberg(able.map(({ contrast }) => contrast.probability));
  const signals = able.flatMap((question, place): Signal[] => {
    const { leastShare, ...rest } = question;
    const own = adjusted[place] ?? 1;
    return own <= FALSE_DISCOVERY_RATE && isLarge(question.contrast, leastShare)
      ? [{ ...rest, adjusted: own }]
      : [];
  });
  return { signals, asked: able };
}

function isLarge({ hits, trials, elsewhere }: Contrast, leastShare: number): boolean {
  const share = hits / trials;
  const other = elsewhere.trials === 0 ? 0 : elsewhere.hits / elsewhere.trials;
  return share >= leastShare && share >= LEAST_RATIO * other;
}
