/**
 * @module spec/query
 * Picks clauses by what they are:
 *
 *     be_honest                  that clause; also #be_honest
 *     be_*                       ids by pattern: * is any text, ? one character
 *     level:root  level>=system  its level; >= is that level or a higher one; level:none has none;
 *                                inherited levels count
 *     kind:rule                  objective, rule, default, definition
 *     tag:under_18               one of its tags
 *     under:stay_in_bounds       that section and everything below it
 *     has:example                example, comparison, eval, commentary
 *     form:comparative           absolute, comparative, ranking: how it judges
 *     modality:must              must, must_not, should, should_not, prefer, may: its strongest sentence
 *     refs:be_honest             refers to that section
 *     text:"words"               in its title or text, whatever the case
 *
 * joined by `and`, `or`, `,` (or), `not` and parentheses.
 */

import { clauseText } from './clause.ts';
import { FORMS, KINDS, oneOf } from './kinds.ts';
import { findSection, nearest } from './locate.ts';
import { parseQuery, QueryError, type QueryNode, shortened, type Term } from './query-syntax.ts';
import { type Clause, clausesOf } from './semantics/clauses.ts';
import { levelOf } from './semantics/level-of.ts';
import type { Level, Section, Spec } from './types.ts';
import { comparisonsOf, examplesOf, tagsIn, walkBlocks } from './walk.ts';

type Test = (section: Section) => boolean;

/** Conditions by their field; without a prototype, for a query may name anything. */
const FIELDS: Readonly<Record<string, (spec: Spec, term: Term) => Test>> = {
  __proto__: null as never,
  level: compileLevel,
  kind: compileKind,
  tag: compileTag,
  under: compileUnder,
  has: compileFeature,
  form: (spec, term) => compileReading(spec, term, 'form', FORMS),
  modality: (spec, term) => compileReading(spec, term, 'modality', MODALITIES),
  refs: compileReference,
  text: compileText,
};
const FEATURES = ['example', 'comparison', 'eval', 'commentary'];
const MODALITIES = ['must', 'must_not', 'should', 'should_not', 'prefer', 'may', 'none'];

/**
 * The ids of the clauses that a query asks for, in document order, or what is wrong with the query and
 * at which offset (from 0) of it. A query that asks for nothing that exists is wrong where a name in it
 * is unknown; a condition that merely no clause meets gives no ids.
 */
export function selectClauses(
  spec: Spec,
  query: string,
): { ids: string[] } | { error: string; offset: number } {
  try {
    const test = compile(spec, parseQuery(query));
    const clauses = spec.sections.filter((section) => section.isClause && test(section));
    return { ids: clauses.map((section) => section.id) };
  } catch (error) {
    if (error instanceof QueryError) return { error: error.message, offset: error.offset };
    throw error;
  }
}

function compile(spec: Spec, node: QueryNode): Test {
  if (node.type === 'term') return compileTerm(spec, node);
  if (node.type === 'not') {
    const part = compile(spec, node.part);
    return (section) => !part(section);
  }
  const parts = node.parts.map((part) => compile(spec, part));
  return node.type === 'and'
    ? (section) => parts.every((part) => part(section))
    : (section) => parts.some((part) => part(section));
}

function compileTerm(spec: Spec, term: Term): Test {
  const { field, operator, offset } = term;
  if (field === null) return compileId(spec, term);
  const compileField = FIELDS[field];
  if (compileField === undefined) throw unknown('condition', field, offset, Object.keys(FIELDS));
  if (field !== 'level' && operator !== ':' && operator !== '=') {
    throw new QueryError(`"${operator}" compares levels only; expected ${field}:…`, offset);
  }
  return compileField(spec, term);
}

function compileKind(_: Spec, { value, valueOffset }: Term): Test {
  const kind = oneOf(KINDS, value.toLowerCase());
  if (kind === undefined) throw unknown('kind', value, valueOffset, KINDS);
  return (section) => section.kind === kind;
}

/** The id that a value names, with or without a mark. */
function idIn({ value }: Term): string {
  return value.startsWith('#') ? value.slice(1) : value;
}

function compileId(spec: Spec, term: Term): Test {
  const id = idIn(term);
  if (/[*?]/.test(id)) return (section) => matchesGlob(section.id, id);
  const section = sectionOrError(spec, id, term.offset);
  if (!section.isClause) {
    const message = `#${id} is a section that directs nothing itself; for the clauses below it write under:${id}.`;
    throw new QueryError(message, term.offset);
  }
  return (candidate) => candidate.id === id;
}

function compileLevel(spec: Spec, term: Term): Test {
  const name = term.value.toLowerCase();
  const isEquality = term.operator === ':' || term.operator === '=';
  if (name === 'none' && isEquality) return (section) => levelOf(spec, section) === null;
  const level = spec.levels.find((candidate) => candidate.name === name);
  if (level === undefined) {
    const names = spec.levels.map((candidate) => candidate.name);
    const known = isEquality ? [...names, 'none'] : names;
    throw unknown('level', term.value, term.valueOffset, known);
  }
  const ranks = new Map(spec.levels.map((candidate) => [candidate.name, candidate.rank]));
  return (section) => {
    const rank = ranks.get(levelOf(spec, section) ?? '');
    return rank !== undefined && compareRanks(rank, term, level);
  };
}

/** Rank 0 is the highest, so "at least" means a rank that is not larger. */
function compareRanks(rank: number, term: Term, level: Level): boolean {
  if (term.operator === '>=') return rank <= level.rank;
  if (term.operator === '>') return rank < level.rank;
  if (term.operator === '<=') return rank >= level.rank;
  if (term.operator === '<') return rank > level.rank;
  return rank === level.rank;
}

function compileTag(spec: Spec, term: Term): Test {
  const tags = [...new Set(spec.sections.flatMap((section) => section.tags))];
  if (!tags.includes(term.value)) throw unknown('tag', term.value, term.valueOffset, tags);
  return (section) => section.tags.includes(term.value);
}

function compileUnder(spec: Spec, term: Term): Test {
  const id = idIn(term);
  const top = sectionOrError(spec, id, term.valueOffset);
  const inside = new Set([top.id]);
  for (const section of spec.sections) {
    if (section.parent !== null && inside.has(section.parent)) inside.add(section.id);
  }
  return (section) => inside.has(section.id);
}

function compileFeature(_: Spec, term: Term): Test {
  const feature = term.value.toLowerCase();
  if (!FEATURES.includes(feature)) throw unknown('feature', term.value, term.valueOffset, FEATURES);
  if (feature === 'eval') {
    return (section) => tagsIn(section.blocks).length > 0;
  }
  if (feature === 'comparison') {
    return (section) => examplesOf(section).some((example) => comparisonsOf(example).length > 0);
  }
  return (section) => walkBlocks(section.blocks).some((block) => block.type === feature);
}

/** Reading every sentence takes a while, so it is done once for a spec, and only for queries that ask. */
const readings = new WeakMap<Spec, ReadonlyMap<string, Clause>>();

function clauseOf(spec: Spec, section: Section): Clause | undefined {
  let clauses = readings.get(spec);
  if (clauses === undefined) {
    clauses = new Map(clausesOf(spec).map((clause) => [clause.id, clause]));
    readings.set(spec, clauses);
  }
  return clauses.get(section.id);
}

function compileReading(
  spec: Spec,
  term: Term,
  field: 'form' | 'modality',
  known: readonly string[],
): Test {
  const value = term.value.toLowerCase();
  if (!known.includes(value)) throw unknown(field, term.value, term.valueOffset, known);
  return (section) => (clauseOf(spec, section)?.[field] ?? 'none') === value;
}

function compileReference(spec: Spec, term: Term): Test {
  const id = idIn(term);
  const target = sectionOrError(spec, id, term.valueOffset);
  const names = new Set([target.id, ...(target.aliases ?? [])]);
  return (section) => clauseOf(spec, section)?.references.some(({ to }) => names.has(to)) === true;
}

function compileText(spec: Spec, { value }: Term): Test {
  const wanted = flattened(value);
  return (section) =>
    flattened(`${section.title} ${clauseText(spec, section).text}`).includes(wanted);
}

function flattened(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

function sectionOrError(spec: Spec, id: string, offset: number): Section {
  const section = findSection(spec, id);
  if (section !== undefined) return section;
  const ids = spec.sections.map((candidate) => candidate.id);
  throw unknown('clause', id, offset, ids);
}

const MOST_NAMES = 12;

function unknown(what: string, word: string, offset: number, names: readonly string[]): QueryError {
  const near = nearest(names, word);
  let hint = `This spec has no ${what}s.`;
  if (near.length > 0) hint = `Did you mean ${near.join(', or ')}?`;
  else if (names.length > MOST_NAMES) hint = `Expected one of the ${names.length} ids of the spec.`;
  else if (names.length > 0) hint = `Expected one of ${names.join(', ')}.`;
  return new QueryError(`There is no ${what} "${shortened(word)}". ${hint}`, offset);
}

/** `*` is any text, `?` one character. Remembers one star only, so that many of them cost no more. */
function matchesGlob(text: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (glob[inGlob] === '*') {
      star = inGlob++;
      starAt = at;
    } else if (glob[inGlob] === '?' || glob[inGlob] === text[at]) {
      at++;
      inGlob++;
    } else if (star !== -1) {
      inGlob = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}
