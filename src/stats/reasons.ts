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

/** What a reader must know of an interval that is there: what it takes for granted, and what speaks against it. */
export type Caution =
  | Assumption
  /** So few clusters hold trials that ended so that the spread of clusters says little. */
  | { code: 'few-clusters'; clusters: number; of: 'adheres' | 'violates' }
  | { code: 'tries-independent'; tries: number }
  /** None of people's labels is on an item of which the judge says this. */
  | { code: 'no-label-on'; verdict: 'adheres' | 'violates' }
  // Of a judge's record on other items
  | { code: 'fewer-than-false-alarms' | 'more-than-all-violating' | 'no-skill-shown' }
  // Of samples that were chosen as a run went on
  | { code: 'this-suite-alone' | 'cases-not-fixed' };

/** What may be alike where the words of `Assumption` speak of trials. */
type Alike = 'trials of one seed' | 'replies of one example';

/** A reason in both forms. `figure`: what the words name, where they name one. */
export function lacking(missing: Missing, figure = 0): { reason: string; missing: Missing } {
  const words = REASONS[missing];
  return { reason: typeof words === 'string' ? words : words(figure), missing };
}

/**
 * Cautions as a figure has them: each once, absent where there are none. Assumed correlations are told in two digits,
 * and those that are alike in these are one.
 */
export function cautioning(cautions: readonly Caution[]): { cautions?: Caution[] } {
  if (cautions.length === 0) return {};
  const keyOf = (caution: Caution): string =>
    JSON.stringify(caution, (_, value) => (typeof value === 'number' ? value.toFixed(2) : value));
  return { cautions: [...new Map(cautions.map((one) => [keyOf(one), one])).values()] };
}

/** Cautions as documents hold them: in words, the assumptions among them also as data; nothing where there are none. */
export function toldCautions(
  cautions: readonly Caution[] = [],
  alike?: Alike,
): { caution?: string; assumes?: Assumption[] } {
  const assumes = cautions.filter((one) => 'correlation' in one);
  return {
    ...(cautions.length === 0 ? {} : { caution: cautionText(cautions, { alike }) }),
    ...(assumes.length === 0 ? {} : { assumes }),
  };
}

/**
 * Cautions in words, as one sentence without a full stop; empty where there are none.
 *
 * @param shared leaves out a figure that differs between estimates that share an assumption
 * @example cautionText(estimateRates(trials, 1).ofClause(0).cautions) // 'these data cannot show how alike …'
 */
export function cautionText(
  cautions: readonly Caution[] = [],
  { alike = 'trials of one seed', shared = false }: { alike?: Alike; shared?: boolean } = {},
): string {
  return cautions.map((one) => textOf(one, alike, shared)).join('; ');
}

function textOf(caution: Caution, alike: Alike, shared: boolean): string {
  switch (caution.code) {
    case 'correlation-assumed':
      return `these data cannot show how alike ${alike} are; a correlation of ${caution.correlation.toFixed(2)} is assumed`;
    case 'correlation-mostly-assumed': {
      const figure = shared ? '' : ` (correlation ${caution.correlation.toFixed(2)})`;
      return `how alike ${alike} are rests more on an assumption than on these data${figure}`;
    }
    case 'few-clusters': {
      const { clusters, of } = caution;
      const seeds = clusters === 1 ? '1 seed shows' : `${clusters} seeds show`;
      return `only ${seeds} ${of === 'adheres' ? 'adhering' : 'violating'} trials: the interval is likely too narrow; prefer the one by pooled correlation`;
    }
    case 'tries-independent':
      return `takes the ${caution.tries} tries for independent, with one rate in every scenario`;
    case 'no-label-on':
      return `no label is on an item that the judge says ${caution.verdict}`;
    case 'fewer-than-false-alarms':
      return 'the judge calls fewer violations than its false alarms alone would give, so its record may not hold for this run';
    case 'more-than-all-violating':
      return 'the judge calls more violations than it would if every item violated, so its record may not hold for this run';
    case 'no-skill-shown':
      return 'the judge’s record does not show that it is better than chance';
    case 'this-suite-alone':
      return 'intervals hold whenever one stops, and speak of the scenarios of this suite; how far others would differ is not in them';
    case 'cases-not-fixed':
      return 'the run ended by what it saw, and a corrected interval takes its number of cases for fixed';
  }
}
