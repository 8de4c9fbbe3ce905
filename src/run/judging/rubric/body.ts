/**
 * @module run/judging/rubric/body
 * The Markdown of a rubric: the lists under IS and IS NOT, the anchors of severity, and whatever else it says.
 */
import { SEVERITIES } from '../../../ledger/records.ts';
import { nearest } from '../../../spec/locate.ts';
import { at } from '../../../text/at.ts';
import type { Rubric, RubricPlace } from './schema.ts';

export interface Body extends Pick<Rubric, 'is' | 'isNot' | 'anchors' | 'notes'> {
  problems: (RubricPlace & { message: string })[];
}

const SECTIONS = { is: 'IS', 'is not': 'IS NOT', severity: 'Severity' } as const;
type SectionName = keyof typeof SECTIONS;
/** A list's item: its words, and where they begin. */
interface Item extends RubricPlace {
  text: string;
}

/**
 * Reads a rubric's Markdown. Comments (`<!-- … -->`) are for its editors and say nothing.
 * @param firstLine the number of its first line in the file
 */
export function readBody(markdown: string, firstLine: number): Body {
  const body: Body = { is: [], isNot: [], anchors: {}, notes: '', problems: [] };
  const sections = new Map<SectionName, { line: number; items: Item[] }>();
  const notes: string[] = [];
  let items: Item[] | null = null;
  const lines = withoutComments(markdown).split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const place = { line: firstLine + index, column: 1 };
    const heading = /^#{1,6}[ \t]+(.*?)[ \t]*#*$/.exec(line)?.[1];
    if (heading !== undefined) {
      const name = sectionNamed(heading);
      if (name === null) {
        items = null;
        notes.push(line);
      } else {
        if (sections.has(name)) {
          body.problems.push({
            ...place,
            message: `"${SECTIONS[name]}" stands here a second time.`,
          });
        }
        items = [];
        sections.set(name, { line: place.line, items });
      }
    } else if (items === null) notes.push(line);
    else readItem(line, place, items, body);
  }
  for (const [name, { line, items: found }] of sections) {
    if (found.length > 0) continue;
    const message = `There is no list under "${SECTIONS[name]}". Begin each item with "- ", or take the heading out.`;
    body.problems.push({ line, column: 1, message });
  }
  // A list that is not there has no items.
  const itemsOf = (name: SectionName): Item[] => sections.get(name)?.items ?? [];
  body.is = itemsOf('is').map(({ text }) => text);
  body.isNot = itemsOf('is not').map(({ text }) => text);
  for (const item of itemsOf('severity')) readAnchor(item, body);
  body.notes = notes
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return body;
}

function sectionNamed(heading: string): SectionName | null {
  const name = heading.toLowerCase().replaceAll(/\s+/g, ' ');
  return name in SECTIONS ? (name as SectionName) : null;
}

/** Comments go, their lines stay, so that everything after them keeps its place. */
function withoutComments(markdown: string): string {
  return markdown.replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\r\n]/g, ''));
}

function readItem(line: string, place: RubricPlace, items: Item[], body: Body): void {
  const item = /^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)(\S.*?)[ \t]*$/.exec(line);
  const last = items.at(-1);
  if (item !== null) {
    items.push({ line: place.line, column: at(item, 1).length + 1, text: at(item, 2) });
  } else if (/^[ \t]/.test(line) && last !== undefined) last.text += ` ${line.trim()}`;
  else if (line.trim() !== '') {
    body.problems.push({
      ...place,
      message:
        'Only a list can stand here. Begin the line with "- ", or put it under a heading of its own.',
    });
  }
}

function readAnchor({ text, line, column }: Item, body: Body): void {
  // What is no anchor has neither.
  const [, word = '', anchor = ''] =
    /^\*{0,2}([A-Za-z]+)\*{0,2}\s*:\*{0,2}\s*(.*)$/.exec(text) ?? [];
  const severity = SEVERITIES.find((name) => name === word.toLowerCase());
  if (severity === undefined) {
    const near = nearest(SEVERITIES, word)[0];
    const hint = word !== '' && near !== undefined ? ` Is it ${near}?` : '';
    const message = `An anchor is "minor: …", "major: …" or "critical: …".${hint}`;
    body.problems.push({ line, column, message });
  } else if (anchor === '' || body.anchors[severity] !== undefined) {
    const message =
      anchor === '' ? `${severity} says nothing.` : `${severity} stands here a second time.`;
    body.problems.push({ line, column, message });
  } else body.anchors[severity] = anchor;
}
