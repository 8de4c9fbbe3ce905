/** @module features/spec/lint/rules/characters Rules about characters that look like others or like nothing. */

import { putUnder } from '../../../../spec/groups.ts';
import { at, valueAt } from '../../../../text/at.ts';
import type { LintContext } from '../context.ts';
import { fixOf, remark } from '../messages.ts';
import type { Found, LintRule } from '../rule.ts';
import type { LintSeverity } from '../types.ts';

interface Odd {
  name: string;
  severity: LintSeverity;
  /** What may stand in its place without changing what is read; null if that is for the author to say. */
  instead: string | null;
}

const hidden = (name: string): Odd => ({ name, severity: 'warning', instead: null });
const ODD: ReadonlyMap<string, Odd> = new Map([
  ['\u00a0', { name: 'a no-break space', severity: 'information', instead: ' ' }],
  ['\u00ad', { name: 'a soft hyphen', severity: 'information', instead: '' }],
  ['\u200b', { name: 'a zero-width space', severity: 'information', instead: '' }],
  ['\u2011', { name: 'a no-break hyphen', severity: 'information', instead: '-' }],
  ['\ufeff', { name: 'a byte-order mark', severity: 'information', instead: '' }],
  ['\u202a', hidden('a sign that turns the reading direction')],
  ['\u202b', hidden('a sign that turns the reading direction')],
  ['\u202d', hidden('a sign that turns the reading direction')],
  ['\u202e', hidden('a sign that turns the reading direction')],
  ['\u2028', hidden('a line separator')],
  ['\u2029', hidden('a paragraph separator')],
]);
const ODD_CHARACTER = /[\u00a0\u00ad\u200b\u2011\ufeff\u202a\u202b\u202d\u202e\u2028\u2029]/g;

/** One finding for a line and a character: a line may hold hundreds of them. */
function* oddCharacters(context: LintContext): Generator<Found> {
  const { source, spec } = context;
  const groups = new Map<string, number[]>();
  for (const { index, 0: character } of spec.text.matchAll(ODD_CHARACTER)) {
    putUnder(groups, `${character}${source.lineAt(index)}`, index);
  }
  for (const [key, places] of groups) {
    const { name, severity, instead } = valueAt(ODD, key.charAt(0));
    const first = at(places, 0);
    const code = key.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const found: Found = {
      span: context.span(first, first + 1),
      ...remark('S028', 'odd-character', { name, code: `U+${code}`, times: places.length }),
      severity,
    };
    // In a conversation it may be there on purpose.
    if (instead !== null && context.fenceAt(first) === null) {
      const edits = places.map((place) => ({
        span: context.span(place, place + 1),
        text: instead,
      }));
      found.fix =
        instead === ''
          ? fixOf('leave-out-character', { name }, edits)
          : fixOf('write-character', { instead, name }, edits);
    }
    yield found;
  }
  yield* mixedApostrophes(context);
}

const APOSTROPHE = /(?<=\p{L})['’](?=\p{L})/gu;

function* mixedApostrophes(context: LintContext): Generator<Found> {
  const { spec } = context;
  const count = { "'": 0, '’': 0 };
  const first = { "'": -1, '’': -1 };
  for (const { index, 0: sign } of spec.text.matchAll(APOSTROPHE)) {
    if ((sign !== "'" && sign !== '’') || context.fenceAt(index) !== null) continue;
    if (count[sign]++ === 0) first[sign] = index;
  }
  if (count["'"] === 0 || count['’'] === 0) return;
  const [rare, usual] = count["'"] < count['’'] ? (["'", '’'] as const) : (['’', "'"] as const);
  const place = first[rare];
  const data = { usual, usualTimes: count[usual], rare, rareTimes: count[rare] };
  yield { span: context.span(place, place + 1), ...remark('S028', 'mixed-apostrophes', data) };
}

export const CHARACTER_RULES: readonly LintRule[] = [
  {
    id: 'S028',
    title: 'odd or mixed characters',
    reason:
      'They look like others, so searches, quotations and comparisons miss what readers see as the same.',
    severity: 'information',
    good: { text: 'The assistant shouldn’t guess.' },
    bad: { text: 'The assistant should\u00a0answer.' },
    check: oddCharacters,
  },
];
