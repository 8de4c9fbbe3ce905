/**
 * @module spec/dialects/policy
 * Content policies: instructions, definitions, criteria for what VIOLATES and what is SAFE, examples with
 * labels; and taxonomies of hazards with codes (S1, S2, …).
 */

import { exampleOf, messageOf } from '../plain-conversation.ts';
import type { Block, Example, List, Paragraph, Section } from '../types.ts';
import { walkBlocks } from '../walk.ts';
import type { Reading, Unread } from './dialect.ts';
import { declaredOr, readHeadedSections } from './headed-sections.ts';
import { FreshIds, liftedSection, plainTitle } from './lift.ts';
import { rootSection } from './root-section.ts';
import { liftRules } from './rules.ts';

const VIOLATES = /\bviolat|\bdisallowed|\bnot allowed|\bprohibited|\bunsafe\b|\bharmful content/i;
const SAFE =
  /\bsafe\b|\ballowed\b|\bpermitted\b|\b(?:does|do) not violate|\bnon-violating|\bacceptable/i;
const CODE = /^[\s*_]*(S\d{1,2}(?:\.\d{1,2})?)\b[\s*_]*[:.)–—-]/;
const CONTENT = /^[\s*_"-]*(?:content|input|text|message|user|example|prompt)[\s*_]*:[\s*_]*(.+)$/i;
const LABEL =
  /^[\s*_"-]*(?:answer|label|output|verdict|classification|result)[\s*_]*:[\s*_]*(.+)$/i;

/** What a heading of a policy announces. */
function roleOf(title: string): 'violates' | 'safe' | 'definitions' | 'examples' | 'hazard' | null {
  if (CODE.test(`${title}:`)) return 'hazard';
  if (/definitions?|glossary|key terms/i.test(title)) return 'definitions';
  if (/^(?:\d+\.\s*)?(?:labell?ed )?examples?\b/i.test(title)) return 'examples';
  // "Does not violate" holds the other word too.
  if (/\bnot violat|non-violating/i.test(title)) return 'safe';
  if (VIOLATES.test(title)) return 'violates';
  return SAFE.test(title) ? 'safe' : null;
}

/** The criteria of a policy as clauses: rules for what violates it, defaults for what is safe. */
export function readPolicy(unread: Unread): Reading {
  const { header } = unread;
  const headed = readHeadedSections(unread, { expectsIds: false, knowsExtensions: true });
  const root = rootSection(unread, header.nextLine, headed.firstHeading, headed.sections);
  const written = root === null ? headed.sections : [root, ...headed.sections];
  const ids = new FreshIds(written.map(({ id }) => id));
  const sections = written.flatMap((section) => readPart(unread, section, ids));
  return { levels: declaredOr(header.levels, headed.levels), sections };
}

function readPart(unread: Unread, section: Section, ids: FreshIds): Section[] {
  const role = roleOf(section.title);
  if (role === 'definitions') return [{ ...section, kind: 'definition', isClause: false }];
  if (role === 'examples') return [withExamples(section)];
  if (role === 'hazard') return [asHazard(section, section.title)];
  const hazards = liftHazards(unread, section, ids);
  if (hazards !== null) return hazards;
  if (role === null) return [section];
  const kind = role === 'violates' ? 'rule' : 'default';
  const hasCriteria = section.blocks.some(({ type }) => type === 'list');
  if (!hasCriteria) {
    const isClause = section.blocks.length > 0;
    const tags = [...section.tags, role];
    return [{ ...section, kind: isClause ? kind : null, tags, isClause }];
  }
  const [rest, ...lifted] = liftRules(unread, section, ids, { kind, tags: [role] });
  const criteria = lifted.map((criterion) => headedBy(section, criterion, role));
  return rest === undefined ? criteria : [rest, ...criteria];
}

/** "Instructions for a bomb" is a criterion only together with the heading that says what it decides. */
function headedBy(section: Section, criterion: Section, role: string): Section {
  const title = `${role === 'violates' ? 'Violates' : 'Safe'}: ${criterion.title}`;
  const [first, second] = criterion.blocks;
  const isHeaded = first?.type === 'paragraph' && second?.type === 'list';
  if (isHeaded) return { ...criterion, title };
  const text = `${section.title.replace(/[:.]$/, '')}:`;
  const span = section.heading;
  const sentences = [{ text, span }];
  const lead: Paragraph = { type: 'paragraph', span, text, sentences, inlines: [] };
  const item = { span: criterion.span, marker: '-', blocks: criterion.blocks };
  const list: List = { type: 'list', span: criterion.span, ordered: false, items: [item] };
  return { ...criterion, title, blocks: [lead, list] };
}

function asHazard(section: Section, title: string): Section {
  const code = CODE.exec(`${title}:`)?.[1]?.toLowerCase();
  const tags = code === undefined ? section.tags : [...section.tags, code];
  return { ...section, kind: 'rule', tags, isClause: true };
}

/** Categories that are items or paragraphs: "S1: Violent crimes. …", with the paragraphs that belong to them. */
function liftHazards({ source }: Unread, section: Section, ids: FreshIds): Section[] | null {
  const rest: Block[] = [];
  const lifted: Section[] = [];
  const add = (blocks: Block[], title: string, span: Section['span']): void => {
    const words = { id: ids.from(title), title, heading: span, span, blocks };
    lifted.push(asHazard(liftedSection(source, section, words, { kind: 'rule' }), title));
  };
  for (const block of section.blocks) {
    const last = lifted.at(-1);
    if (block.type === 'paragraph' && CODE.test(block.text)) {
      add([block], plainTitle(block.text.split('\n', 1)[0] ?? ''), block.span);
    } else if (block.type === 'list' && block.items.every(startsWithCode)) {
      for (const item of block.items) {
        const first = item.blocks[0];
        const title = first?.type === 'paragraph' ? (first.sentences[0]?.text ?? first.text) : '';
        add(item.blocks, plainTitle(title), item.span);
      }
    } else if (last === undefined) rest.push(block);
    else {
      last.blocks = [...last.blocks, block];
      last.span = { start: last.span.start, end: block.span.end };
    }
  }
  return lifted.length === 0 ? null : [{ ...section, blocks: rest }, ...lifted];
}

function startsWithCode(item: List['items'][number]): boolean {
  const first = item.blocks[0];
  return first?.type === 'paragraph' && CODE.test(first.text);
}

/** `Content: …` and below it `Label: …`: an example whose setting is its label. */
function withExamples(section: Section): Section {
  const examples: Example[] = [];
  const used = new Set<Block>();
  let content: { text: string; block: Paragraph } | null = null;
  for (const block of walkBlocks(section.blocks)) {
    if (block.type !== 'paragraph') continue;
    for (const line of block.text.split('\n')) {
      const opening = CONTENT.exec(line)?.[1];
      const label = LABEL.exec(line)?.[1];
      if (label !== undefined && content !== null) {
        examples.push(labelled(section.id, examples.length + 1, content, label.trim(), block));
        used.add(content.block).add(block);
        content = null;
      } else if (opening !== undefined) content = { text: opening.trim(), block };
    }
  }
  if (examples.length === 0) return section;
  const rest = section.blocks.filter(
    (block) => !walkBlocks([block]).some((inner) => used.has(inner)),
  );
  return { ...section, blocks: [...rest, ...examples] };
}

function labelled(
  section: string,
  ordinal: number,
  content: { text: string; block: Paragraph },
  label: string,
  end: Paragraph,
): Example {
  const span = { start: content.block.span.start, end: end.span.end };
  const turns = [messageOf('user', content.text.replace(/^"(.*)"$/, '$1'), span)];
  const title = plainTitle(`${label}: ${content.text}`);
  return exampleOf({ span, title, section, ordinal, turns, settings: { label } });
}
