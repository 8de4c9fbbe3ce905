/**
 * @module features/spec/diff/quantities
 * How much a sentence asks for: numbers in digits and in words, their units, and the signs that compare.
 */

const NUMBER_WORDS = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, number) => [word, String(number)]),
);
const LARGE_NUMBERS =
  'thirty forty fifty sixty seventy eighty ninety dozen hundred thousand million billion half twice thrice double triple'.split(
    ' ',
  );

/** `one` is mostly no number (“the one that”), so it counts only where a unit follows. */
const NUMBER = String.raw`(?<![\p{L}\p{N}])(?<sign>[-−] ?)?(?<number>\d+(?:[.,:]\d+)*)|\b(?<word>${[...NUMBER_WORDS.keys(), ...LARGE_NUMBERS].join('|')})\b`;
const UNIT = String.raw`[ -]?(?<unit>%|°[cf]?|percent|per cent|(?:[mkµ]|mc)?g|mcg|kilograms?|(?:milli)?grams?|pounds?|lbs?|ounces?|oz|[cmk]?m|miles?|(?:kilo|centi|milli)?met(?:re|er)s?|f(?:oo|ee)t|inch(?:es)?|[mc]?l|lit(?:re|er)s?|ms|s|(?:milli)?seconds?|minutes?|hours?|h|days?|weeks?|months?|quarters?|years?|decades?|[kmgt]b|bytes?|degrees?|usd|eur|dollars?|euros?|cents?|characters?|words?|sentences?|paragraphs?|lines?|pages?|tokens?|times)(?![\p{L}\p{N}])`;
const QUANTITY = new RegExp(`(?:${NUMBER})(?:${UNIT})?`, 'gu');

/** Transcript tags, arrows and comments are drawn with the same signs and compare nothing. */
const NO_OPERATOR = /<!--|-->|<\/?[a-z][^<>]{0,80}>|[-=]+>|<-+/g;
const OPERATOR = /[<>≤≥=≠±≈]/g;
const COMPARISON =
  /\b(?:more|less|fewer|greater|larger|smaller|higher|lower|older|younger|longer|shorter|later|earlier) than\b/g;

/** Numbers, units and comparisons in a text in small letters, each as often as it stands there. */
import { matchesIn } from '../../../text/matches.ts';

export function quantitiesIn(text: string): string[] {
  const found: string[] = [];
  for (const { groups } of text.matchAll(QUANTITY)) {
    const { sign, number, word, unit } = groups ?? {};
    const said = number ?? word;
    if (said === undefined || (word === 'one' && unit === undefined)) continue;
    const value = NUMBER_WORDS.get(said) ?? said;
    found.push(sign === undefined ? value : `-${value}`);
    if (unit !== undefined) found.push(`${value} ${plainUnit(unit)}`);
  }
  const signs = text
    .replaceAll(NO_OPERATOR, ' ')
    .replaceAll(/[!=]=|=\/=/g, (sign) => (sign === '==' ? '=' : '≠'))
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥');
  found.push(...matchesIn(signs, OPERATOR), ...matchesIn(text, COMPARISON));
  return found;
}

/** Numbers and signs, apart from words. */
export function isQuantity(token: string): boolean {
  return /^-?\d|^[^\p{L}#]/u.test(token) || LARGE_NUMBERS.includes(token);
}

function plainUnit(unit: string): string {
  if (unit === 'percent' || unit === 'per cent') return '%';
  return unit.length > 3 && unit.endsWith('s') ? unit.slice(0, -1) : unit;
}
