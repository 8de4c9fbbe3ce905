/**
 * @module features/spec/diff/pairing
 * Which section of the newer version is which of the older one: the same id, another id with a like text, or
 * several that were made into one or one that was made into several.
 */

import type { Section, Spec } from '../../../spec/types.ts';
import { at, valueAt } from '../../../text/at.ts';
import type { Rename, SpecDiff } from './schema.ts';
import { indexShingles, type Shingles, sharedCount, shinglesOf, similarityOf } from './shingles.ts';
import { bodyOf, ownWords, wholeText } from './text.ts';

export interface SectionPair {
  older: Section;
  newer: Section;
}

export interface Pairing {
  /** Sections that are one and the same, renamed ones included, in the order of the newer version. */
  pairs: SectionPair[];
  added: Section[];
  removed: Section[];
  renamed: Rename[];
  merged: SpecDiff['merged'];
  split: SpecDiff['split'];
}

/** A section that a removed one may live on in, or that an added one may come from. */
interface Link extends SectionPair {
  /** Shares of the shared sequences in each text, and in both. */
  ofOlder: number;
  ofNewer: number;
  similarity: number;
}

/** Less than this in common and they are two texts. */
const LEAST_SIMILARITY = 0.4;
/** A renamed section keeps its own words or its title; examples alone may go anywhere. */
const LEAST_OWN_WORDS = 0.25;
const LEAST_TITLE = 0.6;
/** A share that is no chance: texts of one document have up to 0.06 of another's sequences. */
const LEAST_SHARE = 0.15;
const LEAST_SHARED = 15;
const LARGE_SHARE = 0.5;

/** Pairs the sections of two versions. */
export function pairSections(older: Spec, newer: Spec): Pairing {
  const olderById = new Map(older.sections.map((section) => [section.id, section]));
  const newerIds = new Set(newer.sections.map(({ id }) => id));
  const removed = older.sections.filter(({ id }) => !newerIds.has(id));
  const added = newer.sections.filter(({ id }) => !olderById.has(id));
  const renames = declaredRenames(older, newer, removed, added);
  const context = { older, newer, olderById, shingles: shinglesByText() };
  const links = findLinks(context, removed, added, renames);
  for (const rename of renamesAmong(context, links)) renames.push(rename);

  const renamedFrom = new Map(renames.map(({ from, to }) => [to, from]));
  const pairs = newer.sections.flatMap((section) => {
    const partner = olderById.get(renamedFrom.get(section.id) ?? section.id);
    return partner === undefined ? [] : [{ older: partner, newer: section }];
  });
  const order = new Map(newer.sections.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => valueAt(order, id);
  const gone = new Set(renames.map(({ from }) => from));
  const open = links.filter((link) => !gone.has(link.older.id) && !renamedFrom.has(link.newer.id));
  return {
    pairs,
    added,
    removed,
    renamed: renames.toSorted((a, b) => placeOf(a.to) - placeOf(b.to)),
    ...mergesAndSplits(open, newerIds, placeOf),
  };
}

interface Context {
  older: Spec;
  newer: Spec;
  olderById: ReadonlyMap<string, Section>;
  shingles: (spec: Spec, section: Section) => Shingles;
}

function shinglesByText(): Context['shingles'] {
  const known = new Map<Section, Shingles>();
  return (spec, section) => {
    const found = known.get(section) ?? shinglesOf(wholeText(spec, section));
    known.set(section, found);
    return found;
  };
}

/** Renames that need no weighing: an alias in the newer version, or the very same title and text. */
function declaredRenames(
  older: Spec,
  newer: Spec,
  removed: readonly Section[],
  added: readonly Section[],
): Rename[] {
  if (removed.length === 0 || added.length === 0) return [];
  const renames: Rename[] = [];
  const open = new Map(removed.map((section) => [section.id, section]));
  const rest = added.filter((section) => {
    const former = section.aliases?.find((alias) => open.has(alias));
    const partner = former === undefined ? undefined : open.get(former);
    if (partner === undefined) return true;
    const similarity = likeness(wholeText(older, partner), wholeText(newer, section));
    renames.push(renameOf(partner, section, similarity, 'alias'));
    open.delete(partner.id);
    return false;
  });
  const byText = Map.groupBy(open.values(), (section) => sameText(older, section));
  for (const section of rest) {
    const partner = byText.get(sameText(newer, section))?.shift();
    if (partner !== undefined) renames.push(renameOf(partner, section, 1, 'text'));
  }
  return renames;
}

function sameText(spec: Spec, section: Section): string {
  return `${section.title}\n${bodyOf(spec, section)}`;
}

function renameOf(
  from: Section,
  to: Section,
  similarity: number,
  evidence: Rename['evidence'],
): Rename {
  return { from: from.id, to: to.id, similarity: rounded(similarity), evidence };
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}

/** Removed sections with where their text is now, and kept ones with what was made from parts of them. */
function findLinks(
  context: Context,
  removed: readonly Section[],
  added: readonly Section[],
  renames: readonly Rename[],
): Link[] {
  const doneOlder = new Set(renames.map(({ from }) => from));
  const doneNewer = new Set(renames.map(({ to }) => to));
  const gone = removed.filter(({ id }) => !doneOlder.has(id));
  const come = added.filter(({ id }) => !doneNewer.has(id));
  if (gone.length === 0 && come.length === 0) return [];
  const { older, newer, shingles } = context;
  const changed = newer.sections.flatMap((section) => {
    const partner = context.olderById.get(section.id);
    // A section whose text is the same has taken nothing in and given nothing away.
    if (partner === undefined || partner.textHash === section.textHash) return [];
    return [{ older: partner, newer: section }];
  });
  const links: Link[] = [];
  if (gone.length > 0) {
    const texts = gone.map((section) => shingles(older, section));
    const index = indexShingles(texts);
    const look = (section: Section, own?: Shingles): void => {
      const found = shingles(newer, section);
      for (const place of index.likeliest(found, own)) {
        keep(links, linkOf(context, at(gone, place), section, own), 'either');
      }
    };
    for (const section of come) look(section);
    for (const pair of changed) look(pair.newer, shingles(older, pair.older));
  }
  if (come.length > 0) {
    const index = indexShingles(come.map((section) => shingles(newer, section)));
    for (const pair of changed) {
      const own = shingles(newer, pair.newer);
      for (const place of index.likeliest(shingles(older, pair.older), own)) {
        keep(links, linkOf(context, pair.older, at(come, place), own), 'newer');
      }
    }
  }
  return links;
}

/** @param without what the section had anyway in the other version, and so did not take from there */
function linkOf(
  context: Context,
  older: Section,
  newer: Section,
  without?: Shingles,
): Link & { shared: number } {
  const first = context.shingles(context.older, older);
  const second = context.shingles(context.newer, newer);
  const shared = sharedCount(first, second, without);
  return {
    older,
    newer,
    shared,
    ofOlder: shared / Math.max(1, first.size),
    ofNewer: shared / Math.max(1, second.size),
    similarity: (2 * shared) / Math.max(1, first.size + second.size),
  };
}

function keep(links: Link[], link: Link & { shared: number }, side: 'either' | 'newer'): void {
  const { shared, ofOlder, ofNewer } = link;
  const share = side === 'newer' ? ofNewer : Math.max(ofOlder, ofNewer);
  if (share >= LARGE_SHARE || (share >= LEAST_SHARE && shared >= LEAST_SHARED)) links.push(link);
}

/** One removed section and one added one, like each other and like no other. */
function renamesAmong(context: Context, links: readonly Link[]): Rename[] {
  const bySource = Map.groupBy(links, ({ older }) => older.id);
  const byTarget = Map.groupBy(links, ({ newer }) => newer.id);
  const newerIds = new Set(context.newer.sections.map(({ id }) => id));
  return links
    .filter(
      ({ older, newer, similarity }) =>
        similarity >= LEAST_SIMILARITY &&
        !newerIds.has(older.id) &&
        !context.olderById.has(newer.id) &&
        bySource.get(older.id)?.length === 1 &&
        byTarget.get(newer.id)?.length === 1 &&
        isWordedAlike(context, older, newer),
    )
    .map(({ older, newer, similarity }) => renameOf(older, newer, similarity, 'text'));
}

function isWordedAlike({ older, newer }: Context, before: Section, after: Section): boolean {
  const words = likeness(ownWords(older, before), ownWords(newer, after));
  return words >= LEAST_OWN_WORDS || likeness(before.title, after.title, 1) >= LEAST_TITLE;
}

function likeness(before: string, after: string, size?: number): number {
  return similarityOf(shinglesOf(before, size), shinglesOf(after, size));
}

function mergesAndSplits(
  links: readonly Link[],
  newerIds: ReadonlySet<string>,
  placeOf: (id: string) => number,
): Pick<Pairing, 'merged' | 'split'> {
  const bySource = Map.groupBy(links, ({ older }) => older.id);
  const merged: Pairing['merged'] = [];
  for (const [to, found] of Map.groupBy(links, ({ newer }) => newer.id)) {
    const sources = found.filter(({ older }) => !newerIds.has(older.id));
    const only = sources.length === 1 ? sources[0] : undefined;
    // What was made of one section together with others is a split, told there.
    if (only !== undefined && valueAt(bySource, only.older.id).length > 1) continue;
    if (sources.length === 0) continue;
    const from = sources
      .toSorted((a, b) => b.ofOlder - a.ofOlder)
      .map(({ older, ofOlder }) => ({ id: older.id, similarity: rounded(ofOlder) }));
    merged.push({ from, to });
  }
  const split: Pairing['split'] = [];
  for (const [from, found] of bySource) {
    if (found.length < 2 && !newerIds.has(from)) continue;
    const to = found
      .toSorted((a, b) => b.ofNewer - a.ofNewer)
      .map(({ newer, ofNewer }) => ({ id: newer.id, similarity: rounded(ofNewer) }));
    split.push({ from, to });
  }
  return {
    merged: merged.toSorted((a, b) => placeOf(a.to) - placeOf(b.to)),
    split: split.toSorted((a, b) => placeOf(at(a.to, 0).id) - placeOf(at(b.to, 0).id)),
  };
}
