/**
 * A Markdown document's blocks in one form, as our reader sees them and as mdast-util-from-markdown does, and where
 * the two disagree.
 */

import { fromMarkdown } from 'mdast-util-from-markdown';
import { type Block, readSpec } from './index.ts';

type Node = ReturnType<typeof fromMarkdown>['children'][number];

/** A block, and what is compared of it. Lines count from 1, both ends included. */
export interface Outlined {
  kind:
    | 'heading'
    | 'paragraph'
    | 'list'
    | 'fence'
    | 'example'
    | 'commentary'
    | 'indented code'
    | 'quotation'
    | 'html'
    | 'thematic break'
    | 'definition';
  from: number;
  to: number;
  /** Of a heading. */
  depth?: number;
  /** Of a heading: as written, by ours without attributes. */
  title?: string;
  /** Of a fence: the first word after its marks. */
  language?: string;
  /** Of a fence: what it holds, with line ends as `\n`. */
  text?: string;
  /** Of a paragraph: where its links lead. */
  links?: string[];
  /** Of a list. */
  ordered?: boolean;
  items?: OutlinedItem[];
  /** Of commentary. */
  inside?: Outlined[];
}

/** An item of a list. */
export interface OutlinedItem {
  from: number;
  to: number;
  blocks: Outlined[];
}

/** Lines that the two readers see differently, and what each sees in them. */
export interface Disagreement {
  from: number;
  to: number;
  /** The lines, as the document has them. */
  lines: string[];
  ours: Outlined[];
  theirs: Outlined[];
  isBeforeFirstHeading: boolean;
}

/** Where the two readers disagree on a document: each time the fewest blocks that make a difference. */
export function disagreementsOn(document: string): { blocks: number; found: Disagreement[] } {
  const ours = ourOutline(document);
  const firstHeading =
    ours.find(({ kind }) => kind === 'heading')?.from ?? Number.POSITIVE_INFINITY;
  const found = compared(ours, theirOutline(document), document.split(LINE_END));
  return {
    blocks: ours.length,
    found: found.map((region) => ({ ...region, isBeforeFirstHeading: region.to < firstHeading })),
  };
}

const LINE_END = /\r\n|\n|\r/;

function ourOutline(document: string): Outlined[] {
  const { sections } = readSpec(document, { path: 'document.md', dialect: 'model-spec' });
  return sections.flatMap(({ heading, depth, title, blocks }): Outlined[] => [
    { kind: 'heading', ...linesOf(heading), depth, title },
    ...blocks.map(outlined),
  ]);
}

function linesOf({ start, end }: Block['span']): { from: number; to: number } {
  return { from: start.line, to: end.line };
}

function outlined(block: Block): Outlined {
  const lines = linesOf(block.span);
  switch (block.type) {
    case 'paragraph': {
      const links = block.inlines.flatMap((inline) => {
        if (inline.type !== 'reference') return [];
        return [inline.form === 'external' ? inline.target : `#${inline.target}`];
      });
      return { kind: 'paragraph', ...lines, links };
    }
    case 'list': {
      const items = block.items.map(({ span, blocks }) => ({
        ...linesOf(span),
        blocks: blocks.map(outlined),
      }));
      return { kind: 'list', ...lines, ordered: block.ordered, items };
    }
    case 'code':
      return { kind: 'fence', ...lines, language: block.language, text: block.text };
    case 'example':
      return { kind: 'example', ...lines };
    case 'commentary':
      return { kind: 'commentary', ...lines, inside: block.blocks.map(outlined) };
  }
}

function theirOutline(document: string): Outlined[] {
  return fromMarkdown(document).children.map((node) => outlinedNode(node, document));
}

function outlinedNode(node: Node, document: string): Outlined {
  const lines = nodeLines(node);
  switch (node.type) {
    case 'heading': {
      const first = node.children[0]?.position?.start.offset;
      const last = node.children.at(-1)?.position?.end.offset;
      const title = first === undefined ? '' : document.slice(first, last);
      return { kind: 'heading', ...lines, depth: node.depth, title };
    }
    case 'list': {
      const items = node.children.map((item) => ({
        ...nodeLines(item),
        blocks: item.children.map((child) => outlinedNode(child, document)),
      }));
      return { kind: 'list', ...lines, ordered: node.ordered === true, items };
    }
    case 'code': {
      if (!'~`'.includes(document[node.position?.start.offset ?? 0] ?? ' ')) {
        return { kind: 'indented code', ...lines };
      }
      const text = node.value.split(LINE_END).join('\n');
      return { kind: 'fence', ...lines, language: node.lang ?? '', text };
    }
    case 'blockquote':
      return { kind: 'quotation', ...lines };
    case 'html':
      return { kind: 'html', ...lines };
    case 'thematicBreak':
      return { kind: 'thematic break', ...lines };
    case 'definition':
      return { kind: 'definition', ...lines };
    default:
      return { kind: 'paragraph', ...lines, links: linksIn(node) };
  }
}

function nodeLines({ position }: Pick<Node, 'position'>): { from: number; to: number } {
  return { from: position?.start.line ?? 0, to: position?.end.line ?? 0 };
}

function linksIn(node: object): string[] {
  const own = 'type' in node && node.type === 'link' && 'url' in node ? [String(node.url)] : [];
  const children = 'children' in node && Array.isArray(node.children) ? node.children : [];
  return [...own, ...children.flatMap(linksIn)];
}

type Region = Omit<Disagreement, 'isBeforeFirstHeading'>;

function compared(
  ours: readonly Outlined[],
  theirs: readonly Outlined[],
  lines: readonly string[],
): Region[] {
  return regionsOf(ours, theirs).flatMap((region) => {
    const [own, other] = [region.ours[0], region.theirs[0]];
    if (region.ours.length === 1 && region.theirs.length === 1 && own && other) {
      if (isAlike(own, other)) {
        return (own.items ?? []).flatMap(({ blocks }, index) =>
          compared(blocks, other.items?.[index]?.blocks ?? [], lines),
        );
      }
    }
    return [
      { ...region, lines: lines.slice(region.from - 1, region.to) },
      ...region.ours.flatMap((block) => comparedInside(block, lines)),
    ];
  });
}

/** The inside of commentary, compared with what the other reader makes of it once it is not indented. */
function comparedInside({ from, to, inside }: Outlined, lines: readonly string[]): Region[] {
  if (inside === undefined) return [];
  const dedented = lines.map((line, index) =>
    index < from || index >= to ? '' : line.replace(/^(?: {4}| {0,3}\t)/, ''),
  );
  return compared(inside, theirOutline(dedented.join('\n')), lines);
}

/** The fewest consecutive blocks of both whose lines have nothing in common with those around. */
function regionsOf(
  ours: readonly Outlined[],
  theirs: readonly Outlined[],
): Omit<Region, 'lines'>[] {
  const regions: Omit<Region, 'lines'>[] = [];
  const blocks = [
    ...ours.map((block) => ({ block, side: 'ours' as const })),
    ...theirs.map((block) => ({ block, side: 'theirs' as const })),
  ].toSorted((a, b) => a.block.from - b.block.from);
  for (const { block, side } of blocks) {
    let region = regions.at(-1);
    if (region === undefined || block.from > region.to) {
      region = { from: block.from, to: block.to, ours: [], theirs: [] };
      regions.push(region);
    }
    region.to = Math.max(region.to, block.to);
    region[side].push(block);
  }
  return regions;
}

/** Whether two blocks are equal; of lists, whether their items have the same lines. */
function isAlike(own: Outlined, other: Outlined): boolean {
  const facts = ({ items, ...block }: Outlined): string =>
    JSON.stringify([
      Object.entries(block).toSorted(([a], [b]) => a.localeCompare(b)),
      items?.map(({ from, to }) => [from, to]),
    ]);
  return facts(own) === facts(other);
}
