/**
 * @module features/spec/resolve/profile/edits
 * A profile's changes as edits of the spec's own text, so that all it does not touch stays as it is.
 */
import { authorityOf, levelNamed } from '../../../../spec/authority.ts';
import { itemsUnder } from '../../../../spec/groups.ts';
import type { Section, Spec } from '../../../../spec/types.ts';
import type { Profile, ProfileEntry } from './schema.ts';

/** A stretch of the text that is replaced; an empty one inserts. */
interface Edit {
  start: number;
  end: number;
  text: string;
  /** Of the section that it makes: of several that are put in one place, the deepest comes first. */
  depth: number;
}

/** The clause that a narrowing becomes. */
export interface Narrowing {
  id: string;
  /** Its author's; null where the spec has no level that low. */
  level: string | null;
}

/** The spec's text with these changes made. */
export function editedText(spec: Spec, profile: Profile, entries: readonly ProfileEntry[]): string {
  const sections = new Map(spec.sections.map((section, index) => [section.id, { section, index }]));
  const edits: Edit[] = [];
  for (const entry of entries) {
    const found = sections.get(entry.id);
    if (found === undefined || entry.action === 'add') continue;
    if (entry.action === 'narrow') edits.push(narrowingEdit(spec, profile, found, entry));
    else edits.push(...editsOf(spec, profile, found.section, entry));
  }
  const additions = entries.filter((entry) => entry.action === 'add');
  edits.push(...insertions(spec, additions, sections));
  return applied(spec.text, edits);
}

function editsOf(
  spec: Spec,
  profile: Profile,
  section: Section,
  entry: Exclude<ProfileEntry, { action: 'add' | 'narrow' }>,
): Edit[] {
  const end = visibleEnd(spec.text, section);
  const line = lineEnd(spec.text);
  if (entry.action === 'disable') {
    const heading = `${hashes(section.depth)} ${section.title} {#${section.id}}`;
    const note = `Disabled for ${deploymentName(profile)} by ${entry.by}: ${flat(entry.reason)}`;
    const start = section.heading.start.offset;
    return [{ start, end, text: `${heading}${line}${line}${note}`, depth: OWN_TEXT }];
  }
  const edits: Edit[] = [];
  if (entry.title !== undefined || entry.level !== undefined) {
    const { start, end: headingEnd } = section.heading;
    const text = headingOf(section, entry);
    edits.push({ start: start.offset, end: headingEnd.offset, text, depth: OWN_TEXT });
  }
  if (entry.text !== undefined) {
    const first = entry.keepExamples
      ? section.blocks.find(({ type }) => type === 'example')?.span.start.offset
      : undefined;
    const text = `${line}${line}${withLineEnds(entry.text, line)}`;
    const after = first === undefined ? '' : `${line}${line}`;
    const start = section.heading.end.offset;
    edits.push({ start, end: first ?? end, text: text + after, depth: OWN_TEXT });
  }
  return edits;
}

/** A section's own text stands before everything that is put below it. */
const OWN_TEXT = Number.POSITIVE_INFINITY;

/**
 * The clause that a narrowing becomes: one of its own, at its author's level, so that it can't win against
 * the clause above it even where the text is read without the profile.
 */
export function narrowingOf(spec: Spec, profile: Profile, entry: ProfileEntry): Narrowing {
  const taken = new Set([...spec.sections, ...profile.entries].map(({ id }) => id));
  const wanted = `${entry.id}_narrowed_by_${entry.by}`;
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}_${number}`;
  const authority = authorityOf(spec);
  const own = levelNamed(authority, authority.roles[entry.by] ?? entry.by);
  // A level that only messages have would, once written down, be the spec's lowest; so it is the next one.
  const level = authority.levels.find(
    ({ fromSpec, rank }) => fromSpec && rank >= (own?.rank ?? Number.POSITIVE_INFINITY),
  );
  return { id, level: level?.name ?? null };
}

/**
 * Right below the clause's own text, or below all of it where that would take sections away from it. Without a
 * level it stands at the document's end, where it inherits none either.
 */
function narrowingEdit(
  spec: Spec,
  profile: Profile,
  found: { section: Section; index: number },
  entry: ProfileEntry & { action: 'narrow' },
): Edit {
  const { section, index } = found;
  const { id, level } = narrowingOf(spec, profile, entry);
  const line = lineEnd(spec.text);
  const depth = level === null ? 1 : section.depth + 1;
  const next = spec.sections[index + 1];
  const isTorn = next !== undefined && next.depth > depth;
  const above = isTorn ? lastBelow(spec, found) : section;
  const start = visibleEnd(spec.text, level === null ? (spec.sections.at(-1) ?? section) : above);
  const attributes = [
    `#${id}`,
    level === null ? 'kind=rule' : `authority=${level}`,
    // Where the clause does not apply, its narrowing does not either.
    ...(section.tags.length > 0 ? [`tags=${section.tags.join(',')}`] : []),
  ].join(' ');
  const title = `${section.title}, narrowed for ${deploymentName(profile)}`;
  const text = `${hashes(depth)} ${title} {${attributes}}${line}${line}${withLineEnds(entry.text, line)}`;
  return { start, end: start, text: `${line}${line}${text}`, depth };
}

function headingOf(section: Section, entry: { title?: string; level?: string }): string {
  const level = entry.level ?? section.level;
  const attributes = section.attributes
    .filter(({ key }) => key !== 'authority' && key !== 'level')
    .map(({ key, value }) => `${key}=${value}`);
  const all = [`#${section.id}`, ...(level === null ? [] : [`authority=${level}`]), ...attributes];
  return `${hashes(section.depth)} ${entry.title ?? section.title} {${all.join(' ')}}`;
}

/** New clauses, each after everything below the section it is put under. */
function insertions(
  spec: Spec,
  additions: readonly (ProfileEntry & { action: 'add' })[],
  sections: ReadonlyMap<string, { section: Section; index: number }>,
): Edit[] {
  const line = lineEnd(spec.text);
  const below = Map.groupBy(additions, ({ under }) => under);
  const printed = (entry: ProfileEntry & { action: 'add' }, depth: number): string => {
    const { id, title, level, kind, tags, text } = entry;
    const attributes = [
      `#${id}`,
      `authority=${level}`,
      ...(kind === undefined ? [] : [`kind=${kind}`]),
      ...(tags.length > 0 ? [`tags=${tags.join(',')}`] : []),
    ].join(' ');
    const own = `${hashes(depth)} ${title} {${attributes}}${line}${line}${withLineEnds(text, line)}`;
    const children = itemsUnder(below, id).map((child) => printed(child, depth + 1));
    return [own, ...children].join(line + line);
  };
  const edits: Edit[] = [];
  for (const [under, entries] of below) {
    const parent = under === undefined ? undefined : sections.get(under);
    if (under !== undefined && parent === undefined) continue;
    const depth = parent === undefined ? 1 : parent.section.depth + 1;
    const last = parent === undefined ? spec.sections.at(-1) : lastBelow(spec, parent);
    const start = last === undefined ? spec.text.length : visibleEnd(spec.text, last);
    for (const entry of entries) {
      const text = `${line}${line}${printed(entry, depth)}`;
      edits.push({ start, end: start, text, depth });
    }
  }
  return edits;
}

function lastBelow(spec: Spec, { section, index }: { section: Section; index: number }): Section {
  const below = spec.sections.slice(index + 1);
  const end = below.findIndex(({ depth }) => depth <= section.depth);
  return (end === -1 ? below : below.slice(0, end)).at(-1) ?? section;
}

/** Edits of one place stand the deepest first, else in their order, and after those that end there. */
function applied(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  const inOrder = edits.toSorted((a, b) => a.start - b.start || deeperFirst(a.depth, b.depth));
  for (const { start, end, text: own } of inOrder) {
    const from = Math.max(start, at);
    parts.push(text.slice(at, from), own);
    at = Math.max(end, from);
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function deeperFirst(a: number, b: number): number {
  return a === b ? 0 : b - a;
}

/** Offset after a section's last visible character. */
function visibleEnd(text: string, section: Section): number {
  let end = section.span.end.offset;
  while (end > section.span.start.offset && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

function lineEnd(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text.charAt(first - 1) === '\r' ? '\r\n' : '\n';
}

function withLineEnds(text: string, line: string): string {
  return text.trim().replaceAll(/\r\n|\r|\n/g, line);
}

function hashes(depth: number): string {
  return '#'.repeat(Math.min(6, Math.max(1, depth)));
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** How a deployment is called in the text. */
function deploymentName(profile: Profile): string {
  return flat(profile.operator ?? profile.id).replaceAll(/[{}[\]<>]/g, '');
}
