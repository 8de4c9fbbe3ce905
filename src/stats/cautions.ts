/**
 * @module stats/cautions
 * What estimates take for granted, as data and in words. An estimate carries both: `caution` is its cautions in one
 * text.
 */

type Sentence = (data: Caution['data'], shared: boolean) => string;

const SENTENCES = {
  'correlation-assumed': ({ correlation = 0 }) =>
    `these data cannot show how alike trials of one seed are; a correlation of ${correlation.toFixed(2)} is assumed`,
  'correlation-uncertain': ({ correlation = 0 }, shared) => {
    const figure = shared ? '' : ` (correlation ${correlation.toFixed(2)})`;
    return `how alike trials of one seed are rests more on an assumption than on these data${figure}`;
  },
  'holds-whenever-one-stops': () =>
    'intervals hold whenever one stops, and speak of the scenarios of this suite; how far others would differ is not in them',
  'ended-by-what-it-saw': () =>
    'the run ended by what it saw, and a corrected interval takes its number of cases for fixed',
  'fewer-violations-than-false-alarms': () =>
    'the judge calls fewer violations than its false alarms alone would give, so its record may not hold for this run',
  'more-violations-than-possible': () =>
    'the judge calls more violations than it would if every item violated, so its record may not hold for this run',
  'not-shown-better-than-chance': () =>
    'the judge’s record does not show that it is better than chance',
  'no-label-on-violates': () => 'no label is on an item that the judge says violates',
  'no-label-on-adheres': () => 'no label is on an item that the judge says adheres',
} satisfies Record<string, Sentence>;

type CautionCode = keyof typeof SENTENCES;

/** The codes of all cautions. */
export const CAUTION_CODES = Object.keys(SENTENCES) as [CautionCode, ...CautionCode[]];

/** Something that an estimate takes for granted. */
export interface Caution {
  code: CautionCode;
  data: {
    /** Of two trials of one seed, where that is what is doubtful: 0..1. */
    correlation?: number;
  };
}

/**
 * A caution in words, without a full stop.
 *
 * @param shared leaves out the figure that differs between estimates that share the caution
 */
export function cautionText({ code, data }: Caution, { shared = false } = {}): string {
  const say: Sentence = SENTENCES[code];
  return say(data, shared);
}

/** The fields of an estimate with these cautions: none where there is nothing to say. */
export function cautioned(cautions: Caution[]): { caution?: string; cautions?: Caution[] } {
  if (cautions.length === 0) return {};
  return { caution: cautions.map((one) => cautionText(one)).join('; '), cautions };
}
