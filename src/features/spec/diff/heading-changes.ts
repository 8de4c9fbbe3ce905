/**
 * @module features/spec/diff/heading-changes
 * What the headings of two versions of a section say: title, attributes, place.
 */
import { formOf } from '../../../spec/semantics/form.ts';
import type { Section } from '../../../spec/types.ts';
import { because, type Said } from './messages.ts';
import type { SectionPair } from './pairing.ts';
import type { ChangeClass, ChangeKind } from './schema.ts';
import type { Places } from './structure.ts';
import { withoutTypography } from './typography.ts';

export type Say = (kind: ChangeKind, weight: ChangeClass, said: Said) => void;

/** Tells what a heading says otherwise, but for its level, kind and id, which are told by themselves. */
export function headingChanges(places: Places, { older, newer }: SectionPair, say: Say): void {
  if (older.title !== newer.title) {
    const isSame = withoutTypography(older.title) === withoutTypography(newer.title);
    const { title: from } = older;
    if (isSame) say('title', 'editorial', because('title-typed', {}));
    else say('title', 'clarifying', because('title', { from, to: newer.title }));
  }
  attributeChanges(older, newer, say);
  const move = places.moved.get(newer.id);
  if (move !== undefined) say('moved', 'clarifying', because('moved', move));
  else if (places.reordered.has(newer.id)) say('order', 'editorial', because('order', {}));
  if (move === undefined && older.depth !== newer.depth) {
    say('layout', 'editorial', because('depth', { from: older.depth, to: newer.depth }));
  }
}

/** Compares what attributes mean: one that says what held without it changes nothing. */
function attributeChanges(older: Section, newer: Section, say: Say): void {
  // Where neither says its form, another form is told by the words that make it.
  const isFormSaid = older.form !== undefined || newer.form !== undefined;
  const [before, after] = [meaningOf(older, isFormSaid), meaningOf(newer, isFormSaid)];
  const names = Object.keys(after).filter((name) => before[name] !== after[name]);
  if (names.length > 0) say('attributes', 'normative', because('attributes', { names }));
  if (provenanceOf(older) !== provenanceOf(newer)) {
    say('attributes', 'clarifying', because('provenance', {}));
  }
}

/** What decides whether, where and against whom a section holds. */
function meaningOf(section: Section, isFormSaid: boolean): Record<string, string> {
  const { isClause, principals = [], scope = '', tags } = section;
  return {
    clause: String(isClause),
    override: JSON.stringify(overrideOf(section)),
    form: isFormSaid ? formOf(section) : '',
    principals: principals.toSorted().join(),
    scope,
    tags: tags.toSorted().join(),
    ...unknownAttributes(section),
  };
}

/** A rule can be overridden by nobody, said or not. */
function overrideOf({ override, kind }: Section): unknown[] | null {
  if (override !== undefined) {
    return [override.how, override.by.toSorted(), override.default];
  }
  return kind === 'rule' ? ['never', [], null] : null;
}

/** Attributes whose meaning is in a field of the section. */
const UNDERSTOOD = new Set([
  ...['authority', 'level', 'kind', 'id', 'aliases', 'clause', 'override', 'by', 'default'],
  ...['form', 'principals', 'scope', 'tags', 'origin', 'commit', 'author', 'support'],
]);

/** What an attribute that is not known here means, nobody can tell: another value may matter. */
function unknownAttributes({ attributes }: Section): { others: string } {
  const others = attributes
    .filter(({ key }) => !UNDERSTOOD.has(key))
    .map(({ key, value }) => `${key}=${value}`);
  return { others: others.sort().join() };
}

function provenanceOf({ provenance = {} }: Section): string {
  return JSON.stringify(Object.entries(provenance).sort());
}
