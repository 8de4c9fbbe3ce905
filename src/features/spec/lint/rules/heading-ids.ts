/** @module features/spec/lint/rules/heading-ids Headings without an id of their own, and the id to give them. */

import type { Section } from '../../../../spec/types.ts';
import { valueAt } from '../../../../text/at.ts';
import { matchesIn } from '../../../../text/matches.ts';
import type { LintContext } from '../context.ts';
import { fixOf, type Remark, remark } from '../messages.ts';
import type { Found } from '../rule.ts';
import type { LintFix } from '../types.ts';
import { fromReader } from './from-reader.ts';

/** Ids that every tool takes. */
const PLAIN_ID = /^[a-z0-9_]+$/;
/** The reader's mark of an id that stands for the second time. */
const REPEATED_ID = /~\d+$/;

/** Every heading without an id, or with one that another has, with an id that is free. */
export function* headingsWithoutId(context: LintContext): Generator<Found> {
  const { sections, text } = context.spec;
  const places = new Map(sections.map((section, place) => [section, place + 1]));
  const taken = new Set(sections.flatMap(({ id, aliases = [] }) => [id, ...aliases]));
  for (const found of fromReader(['heading-without-id', 'duplicate-id'])(context)) {
    const section = context.sectionAt(found.span.start.offset);
    if (section === null) {
      yield found;
      continue;
    }
    const id = PLAIN_ID.test(section.id)
      ? section.id
      : freeId(section, valueAt(places, section), taken);
    taken.add(id);
    const said = withProposal(found, id);
    // What refers to the heading by the name that the reader gave it would lead nowhere.
    const isReferredTo = id !== section.id && text.includes(`#${section.id}`);
    const fix = isReferredTo ? undefined : idFix(section, id, context);
    yield fix === undefined ? { ...found, ...said } : { ...found, ...said, fix };
  }
}

/** A legal id as near to the reader's as can be: `a_2` for `a~2`, `ubersicht` for `übersicht`. */
function freeId({ id }: Section, place: number, taken: ReadonlySet<string>): string {
  const letters = inAscii(id.replace(REPEATED_ID, ''));
  const base = letters === '' ? `section_${place}` : letters;
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}

/** Letters that are no letter of ASCII with a mark on it. */
const LETTERS = new Map(
  Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }),
);

function inAscii(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{ASCII}]/gu, (letter) => LETTERS.get(letter) ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '');
  return matchesIn(plain, /[a-z0-9]+/g).join('_');
}

/** What the reader remarked, with an id that is legal; the reader proposes the one that it made up. */
function withProposal({ code, data }: Found, proposal: string): Remark {
  const { title, id, line, readAs } = data as {
    title: string;
    id: string;
    line: number | null;
    readAs: string;
  };
  if (code === 'heading-without-id') return remark('S001', code, { title, id, proposal });
  return line === null
    ? remark('S001', 'duplicate-id-of-record', { id, readAs, proposal })
    : remark('S001', 'duplicate-id', { id, line, readAs, proposal });
}

/** Writing down an id where there is none, or the free one in the place of the repeated one. */
function idFix(section: Section, id: string, context: LintContext): LintFix | undefined {
  const { start, end } = section.heading;
  const written = context.spec.text.slice(start.offset, end.offset);
  const braces = written.endsWith('}') ? written.lastIndexOf('{') : -1;
  if (REPEATED_ID.test(section.id)) {
    const repeated = `#${section.id.replace(REPEATED_ID, '')}`;
    const at = braces === -1 ? -1 : written.indexOf(repeated, braces);
    if (at !== -1 && /[\s}]/.test(written.charAt(at + repeated.length))) {
      const from = start.offset + at;
      const span = context.span(from, from + repeated.length);
      return fixOf('write-id', { id }, [{ span, text: `#${id}` }]);
    }
  }
  const hasBraces = section.attributes.length > 0 && braces !== -1;
  const at = hasBraces ? start.offset + braces + 1 : end.offset;
  const text = hasBraces ? `#${id} ` : ` {#${id}}`;
  return fixOf('add-id', { id }, [{ span: context.span(at, at), text }]);
}
