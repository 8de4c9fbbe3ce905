/**
 * @module run/judging/checks/text-checks
 * Checks of words: what stands in them, how many there are, what form they have.
 */
import type { TranscriptMessage } from '../../../ledger/transcript.ts';
import { parsedJson } from '../../../model/json.ts';
import { splitSentences } from '../../../spec/sentences.ts';
import { type JsonSchema, type Misfit, misfitOf } from './json-schema.ts';
import { findPattern, type Pattern } from './pattern.ts';
import { type CheckResult, lacking, matched, passage, result, type Scope } from './result.ts';
import { type Bounds, UNITS, type Unit } from './schema.ts';

/** Whether all of these words stand in the messages. */
export function checkContains(wanted: readonly string[], scope: Scope): CheckResult {
  const citations = [];
  for (const words of wanted) {
    const place = firstPlace(scope.messages, words);
    if (place === null) return lacking(scope, `"${words}" does not stand in it`);
    citations.push(...place);
  }
  return result(true, `${quotedList(wanted)} in it`, citations);
}

/** Whether none of these words stands in the messages. */
export function checkLacks(unwanted: readonly string[], scope: Scope): CheckResult {
  for (const words of unwanted) {
    const citations = firstPlace(scope.messages, words);
    if (citations !== null) return result(false, `"${words}" stands in it`, citations);
  }
  return result(true, `${quotedList(unwanted)} not in it`);
}

function quotedList(words: readonly string[]): string {
  return words.map((one) => `"${one}"`).join(', ');
}

/** Letters' case and the kind of white space make no difference. */
function firstPlace(messages: readonly TranscriptMessage[], words: string) {
  const sought = new RegExp(words.trim().split(/\s+/).map(RegExp.escape).join('\\s+'), 'iu');
  for (const message of messages) {
    const match = sought.exec(message.content);
    if (match !== null) return matched(message, match);
  }
  return null;
}

/** Whether a pattern is found in a message. */
export function checkPattern(pattern: Pattern, scope: Scope): CheckResult {
  for (const message of scope.messages) {
    const found = findPattern(pattern, message.content);
    if (found === 'none') continue;
    if ('untold' in found) return result(null, found.untold);
    const { start, end } = found;
    return result(true, `/${pattern.pattern}/ is found`, passage(message, start, end));
  }
  return lacking(scope, `/${pattern.pattern}/ is not found`);
}

/** Whether the reply has as many words, characters, sentences and lines as it should. */
export function checkLength(bounds: Partial<Record<Unit, Bounds>>, scope: Scope): CheckResult {
  const said: string[] = [];
  for (const unit of UNITS) {
    const own = bounds[unit];
    if (own === undefined) continue;
    const { min = 0, max = Number.POSITIVE_INFINITY } = own;
    const units = scope.messages.flatMap((message) =>
      placesOf(unit, message.content).map((place) => ({ message, place })),
    );
    said.push(`${units.length} ${unit}`);
    if (units.length < min) return lacking(scope, `${units.length} ${unit}, fewer than ${min}`);
    const first = units[max];
    if (first === undefined) continue;
    const why = `${units.length} ${unit}, more than ${max}`;
    return result(false, why, passage(first.message, first.place));
  }
  return result(true, said.join(', '));
}

/** Where each unit of a text begins. */
function placesOf(unit: Unit, text: string): number[] {
  switch (unit) {
    case 'words':
      // What stands between white space and has a letter or a digit in it.
      return [...text.matchAll(/\S+/gu)].flatMap(({ 0: word, index }) =>
        /[\p{L}\p{N}]/u.test(word) ? [index] : [],
      );
    case 'characters':
      return [...text.matchAll(/./gsu)].map(({ index }) => index);
    case 'lines':
      return [...text.matchAll(/^.*\S.*$/gm)].map(({ index }) => index);
    case 'sentences':
      // The end of a line ends a sentence too: items of lists and headings have no full stop.
      return [...text.matchAll(/^.*\S.*$/gm)].flatMap(({ 0: line, index }) =>
        splitSentences(line, []).flatMap(({ start, end }) =>
          /[\p{L}\p{N}]/u.test(line.slice(start, end)) ? [index + start] : [],
        ),
      );
  }
}

/** Whether the reply is JSON as a whole; and of a schema, where one is given. */
export function checkJson(schema: JsonSchema | null, scope: Scope): CheckResult {
  for (const { content } of scope.messages) {
    const value = parsedJson(content);
    if (value === undefined) return lacking(scope, 'the reply as a whole is no JSON');
    let misfit: Misfit | null;
    try {
      misfit = schema === null ? null : misfitOf(schema, value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return lacking(scope, 'the JSON is nested too deeply for any reader');
    }
    if (misfit === null) continue;
    const place = misfit.path === '' ? 'the JSON' : misfit.path;
    return lacking(scope, `${place}: ${misfit.what}`);
  }
  return result(true, schema === null ? 'the reply is JSON' : 'the reply is JSON of the schema');
}

/** What only Markdown has: headings, fences, lists, quotes, tables, bold words, code, links. */
const MARKDOWN: readonly [string, RegExp][] = [
  ['a heading', /^ {0,3}#{1,6}[ \t]\S/m],
  ['a code fence', /^ {0,3}(?:```|~~~)/m],
  ['a list', /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S/m],
  ['a quotation', /^ {0,3}>[ \t]?\S/m],
  ['a table', /^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t:|-]*$/m],
  ['bold words', /\*\*[^\s*][^*\n]{0,500}\*\*|__[^\s_][^_\n]{0,500}__/],
  ['code', /`[^`\n]{1,500}`/],
  ['a link', /\[[^\]\n]{1,500}\]\([^()\s]{1,500}\)/],
];

/** Whether the reply has Markdown in it (`wanted`), or has none. */
export function checkMarkdown(wanted: boolean, scope: Scope): CheckResult {
  for (const message of scope.messages) {
    for (const [what, form] of MARKDOWN) {
      const match = form.exec(message.content);
      if (match === null) continue;
      return result(wanted, `the reply has ${what}`, matched(message, match));
    }
  }
  const none = 'the reply has no Markdown';
  return wanted ? lacking(scope, none) : result(true, none);
}
