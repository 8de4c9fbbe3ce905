/**
 * @module stats/reasons
 * Why a figure is missing, and what an interval takes for granted: as data, and in the same words wherever it is.
 */

export const NO_TRIAL = 'no trial was judged';

/** The words of each reason where clusters are seeds; some name a figure that stands beside the reason. */
const REASONS = {
  'nothing-counted': 'nothing was counted',
  'no-trial': NO_TRIAL,
  'no-pair': 'no trial was judged for both subjects',
  'first-has-no-trial': 'the first rate counts no trial',
  'second-has-no-trial': 'the second rate counts no trial',
  'one-cluster': 'a single seed cannot show how seeds differ',
  'no-spread': 'all seeds came out alike, and what shows no spread can’t tell how large it is',
  'too-few-clusters': (clusters: number) =>
    `${clusters} seeds are too few for an interval by resampling`,
  'too-few-repeats': (tries: number) => `no scenario has ${tries} judged repeats`,
  'rate-without-interval': 'a rate without an interval cannot show how far it may be off',
  'too-few-items': 'fewer than two items have the ratings that it needs',
  'one-category': 'all ratings are of one category, so agreement can’t be told from chance',
  'items-of-one-cluster': 'all items share one seed, so how far others would differ is not known',
  'differs-in-one-cluster': 'all that differs from the most frequent category stands in one seed',
  // Of samples that were chosen as a run went on
  'no-draw': 'no draw was judged',
  'draws-drift': 'no one rate agrees with all of its draws: the subject or the judge changed',
  'verdicts-change':
    'a latent consensus changes earlier verdicts as later ones come in, so no sequence holds',
  'chosen-apart':
    'the scenarios of a sequential run are chosen for each subject apart; compare the intervals, or run a fixed plan',
} as const;

/** Why a figure or its interval is missing. */
export type Missing = keyof typeof REASONS;

/** What an interval takes for granted of how alike the trials of a cluster are, that its data could not show. */
export interface Assumption {
  /** `correlation-assumed`: the data show nothing of it; `correlation-mostly-assumed`: less than the assumption. */
  code: 'correlation-assumed' | 'correlation-mostly-assumed';
  /** The correlation that was used, 0..1. */
  correlation: number;
}

/** A reason in both forms. `figure`: what the words name, where they name one. */
export function lacking(missing: Missing, figure = 0): { reason: string; missing: Missing } {
  const words = REASONS[missing];
  return { reason: typeof words === 'string' ? words : words(figure), missing };
}

/** Assumptions in both forms; nothing where there are none. */
export function assuming(assumes: readonly Assumption[]): {
  caution?: string;
  assumes?: Assumption[];
} {
  if (assumes.length === 0) return {};
  const texts = new Map(assumes.map((one) => [assumptionText(one), one]));
  return { caution: [...texts.keys()].join('; '), assumes: [...texts.values()] };
}

/**
 * An assumption in words, without a full stop.
 *
 * @param shared leaves out a figure that differs between estimates that share the assumption
 */
export function assumptionText(
  { code, correlation }: Assumption,
  { shared = false }: { shared?: boolean } = {},
): string {
  const figure = correlation.toFixed(2);
  if (code === 'correlation-assumed') {
    return `these data cannot show how alike trials of one seed are; a correlation of ${figure} is assumed`;
  }
  return `how alike trials of one seed are rests more on an assumption than on these data${shared ? '' : ` (correlation ${figure})`}`;
}
