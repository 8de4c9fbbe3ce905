/**
 * @module lsp/mentions
 * Every place in a spec where something is named that stands elsewhere: ids, levels, eval tags.
 */
import {
  examplesOf,
  type Inline,
  repliesOf,
  type Section,
  type Spec,
  walkInlines,
} from '../spec/index.ts';
import { isInternal } from '../spec/walk.ts';
import { type Stretch, stretchOf } from './places.ts';

/** A name in the text. */
export interface Mention {
  /**
   * `id`: in a heading. `reference`: `[?](#id)`, `[text](#id)`. `pointer`: `BAD[#id]`. `level`, `kind`:
   * values of a heading's attributes. `tag`: an eval tag.
   */
  type: 'id' | 'reference' | 'pointer' | 'level' | 'kind' | 'tag';
  name: string;
  /** Where the name stands, without what surrounds it. */
  place: Stretch;
  /** All of it, as a reader would point at it. */
  whole: Stretch;
  section: Section;
}

/** Whether it is a section's id that is named. */
export function namesId({ type }: Mention): boolean {
  return type === 'id' || type === 'reference' || type === 'pointer';
}

/** All names in a spec's own text, in its order. */
export function mentionsIn(spec: Spec): Mention[] {
  const found: Mention[] = [];
  for (const section of spec.sections) {
    addHeading(found, spec, section);
    const replies = examplesOf(section).flatMap(repliesOf);
    const notes = replies.flatMap(({ inlines }) => inlines);
    for (const inline of [...walkInlines(section.blocks), ...notes]) {
      addInline(found, spec.text, section, inline);
    }
    for (const { violates: name, span } of replies) {
      const place = name === null ? null : pointerIn(spec.text, span.start.offset, name);
      if (name === null || place === null) continue;
      found.push({ type: 'pointer', name, place, whole: place, section });
    }
  }
  return found.sort((a, b) => a.whole.start - b.whole.start);
}

/** The id as it is written in a heading, which is another one than the section's where it is a repetition. */
export function writtenId(
  spec: Spec,
  section: Section,
): { id: string; place: Stretch; whole: Stretch } | null {
  const heading = stretchOf(section.heading);
  const raw = spec.text.slice(heading.start, heading.end);
  const braces = raw.lastIndexOf('{');
  if (braces === -1 || !raw.endsWith('}')) return null;
  for (const word of raw.slice(braces + 1, -1).matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    const [text] = word;
    if (!text.startsWith('#') || text.length === 1) continue;
    const start = heading.start + braces + 1 + word.index;
    const end = start + text.length;
    return { id: text.slice(1), place: { start: start + 1, end }, whole: { start, end } };
  }
  return null;
}

/** The internal reference's name within `text`, where it stands as the reader says. */
export function placeOfTarget(text: string, inline: Inline): Stretch | null {
  if (!isInternal(inline)) return null;
  const whole = stretchOf(inline.span);
  const inside = text.slice(whole.start, whole.end).lastIndexOf('](#');
  if (inside === -1) return null;
  const start = whole.start + inside + '](#'.length;
  return text.startsWith(inline.target, start)
    ? { start, end: start + inline.target.length }
    : null;
}

function addHeading(found: Mention[], spec: Spec, section: Section): void {
  const id = writtenId(spec, section);
  if (id !== null) {
    found.push({ type: 'id', name: section.id, place: id.place, whole: id.whole, section });
  }
  for (const attribute of section.attributes) {
    const isLevel = attribute.key === 'authority' || attribute.key === 'level';
    if (!isLevel && attribute.key !== 'kind') continue;
    const whole = stretchOf(attribute.span);
    found.push({
      type: isLevel ? 'level' : 'kind',
      name: attribute.value.toLowerCase(),
      place: { start: whole.start + attribute.key.length + 1, end: whole.end },
      whole,
      section,
    });
  }
}

function addInline(found: Mention[], text: string, section: Section, inline: Inline): void {
  const whole = stretchOf(inline.span);
  if (inline.type === 'eval-tag') {
    const place = { start: whole.start + 2, end: whole.end - 1 };
    found.push({ type: 'tag', name: inline.tag, place, whole, section });
    return;
  }
  const place = placeOfTarget(text, inline);
  if (place !== null) found.push({ type: 'reference', name: inline.target, place, whole, section });
}

const LONGEST_TAG_LINE = 2000;

/** The id in the comment behind a reply's opening tag. */
function pointerIn(text: string, tagStart: number, id: string): Stretch | null {
  const line = /^[^\r\n]*/.exec(text.slice(tagStart, tagStart + LONGEST_TAG_LINE))?.[0] ?? '';
  const at = line.indexOf(`[#${id}]`, Math.max(0, line.indexOf('<!--')));
  if (at === -1) return null;
  const start = tagStart + at + 2;
  return { start, end: start + id.length };
}
