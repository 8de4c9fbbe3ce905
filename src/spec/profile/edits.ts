/**
 * @module spec/profile/edits
 * A profile's changes as edits of the spec's own text, so that all it does not touch stays as it is.
 */
import type { Block, Section, Spec } from '../types.ts';
import type { Profile, ProfileEntry } from './schema.ts';

/** A stretch of the text that is replaced; an empty one inserts. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The spec's text with these changes made. */
export function editedText(spec: Spec, profile: Profile, entries: readonly ProfileEntry[]): string {
  const sections = new Map(spec.sections.map((section, index) => [section.id, { section, index }]));
  const edits: Edit[] = [];
  const additions: (ProfileEntry & { action: 'add' })[] = [];
  for (const entry of entries) {
    if (entry.action === 'add') {
      additions.push(entry);
      continue;
    }
    const found = sections.get(entry.id);
    if (found !== undefined) edits.push(...editsOf(spec, profile, found.section, entry));
  }
  edits.push(...insertions(spec, additions, sections));
  return applied(spec.text, edits);
}

function editsOf(
  spec: Spec,
  profile: Profile,
  section: Section,
  entry: Exclude<ProfileEntry, { action: 'add' }>,
): Edit[] {
  const end = visibleEnd(spec.text, section);
  const line = lineEnd(spec.text);
  if (entry.action === 'disable') {
    const heading = `${hashes(section.depth)} ${section.title} {#${section.id}}`;
    const note = `Disabled for ${deploymentName(profile)} by ${entry.by}: ${flat(entry.reason)}`;
    return [{ start: section.heading.start.offset, end, text: `${heading}${line}${line}${note}` }];
  }
  if (entry.action === 'narrow') {
    const last = section.blocks.filter(directs).at(-1);
    const start = last?.span.end.offset ?? section.heading.end.offset;
    const text = `Narrowed for ${deploymentName(profile)} by ${entry.by}: ${entry.text}`;
    return [{ start, end: start, text: `${line}${line}${withLineEnds(text, line)}` }];
  }
  const edits: Edit[] = [];
  if (entry.title !== undefined || entry.level !== undefined) {
    const { start, end: headingEnd } = section.heading;
    edits.push({ start: start.offset, end: headingEnd.offset, text: headingOf(section, entry) });
  }
  if (entry.text !== undefined) {
    const first = entry.keepExamples
      ? section.blocks.find(({ type }) => type === 'example')?.span.start.offset
      : undefined;
    const text = `${line}${line}${withLineEnds(entry.text, line)}`;
    const after = first === undefined ? '' : `${line}${line}`;
    edits.push({ start: section.heading.end.offset, end: first ?? end, text: text + after });
  }
  return edits;
}

/** Text that directs, and so what a narrowing is put after. */
function directs({ type }: Block): boolean {
  return type === 'paragraph' || type === 'list' || type === 'code';
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
  const below = Map.groupBy(additions, ({ under }) => under ?? '');
  const printed = (entry: ProfileEntry & { action: 'add' }, depth: number): string => {
    const { id, title, level, kind, tags, text } = entry;
    const attributes = [
      `#${id}`,
      `authority=${level}`,
      ...(kind === undefined ? [] : [`kind=${kind}`]),
      ...(tags.length > 0 ? [`tags=${tags.join(',')}`] : []),
    ].join(' ');
    const own = `${hashes(depth)} ${title} {${attributes}}${line}${line}${withLineEnds(text, line)}`;
    const children = (below.get(id) ?? []).map((child) => printed(child, depth + 1));
    return [own, ...children].join(line + line);
  };
  const edits: Edit[] = [];
  for (const [under, entries] of below) {
    const parent = sections.get(under);
    if (under !== '' && parent === undefined) continue;
    const depth = parent === undefined ? 1 : parent.section.depth + 1;
    const last = parent === undefined ? spec.sections.at(-1) : lastBelow(spec, parent);
    const start = last === undefined ? spec.text.length : visibleEnd(spec.text, last);
    for (const entry of entries) {
      edits.push({ start, end: start, text: `${line}${line}${printed(entry, depth)}` });
    }
  }
  return edits;
}

function lastBelow(spec: Spec, { section, index }: { section: Section; index: number }): Section {
  let last = section;
  for (let at = index + 1; at < spec.sections.length; at++) {
    const next = spec.sections[at];
    if (next === undefined || next.depth <= section.depth) break;
    last = next;
  }
  return last;
}

/** Edits of one place keep their order, after those that end there. */
function applied(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: own } of edits.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    parts.push(text.slice(at, from), own);
    at = Math.max(end, from);
  }
  parts.push(text.slice(at));
  return parts.join('');
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
