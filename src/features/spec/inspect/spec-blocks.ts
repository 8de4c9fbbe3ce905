/** @module features/spec/inspect/spec-blocks A specification as it is shown: its counts, its outline, one of its clauses. */

import {
  type ClauseText,
  clauseText,
  type Example,
  locator,
  type Section,
  type Spec,
  type SpecStats,
  specName,
  titlesResolved,
} from '../../../spec/index.ts';
import { at } from '../../../text/at.ts';
import { type Block, section } from '../../../text/blocks.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import type { Tone } from '../../../text/words.ts';

const LABEL = 13;
const DIAGNOSTICS_SHOWN = 20;

function headingOf(spec: Spec): Block {
  return section(
    { type: 'heading', level: 1, text: `${specName(spec)} · ${spec.title}` },
    { type: 'paragraph', text: `sha256 ${spec.sha256}`, fit: 'cut' },
  );
}

/** What a spec holds, and what is wrong with it. */
export function statsBlocks(stats: SpecStats, spec: Spec): Block[] {
  const { total, ...depths } = stats.headings;
  const clauses = spec.sections.filter(({ isClause }) => isClause).length;
  const ids = (names: readonly string[]): string => list(names, 8);
  const examples = `${grouped(stats.examples)} with ${count(stats.comparisons, 'comparison')}; replies marked ${numbers(stats.verdicts)}`;
  const prompts = `${grouped(stats.evalPrompts)} in ${count(stats.evalFiles, 'file')}; ${count(stats.evalTags, 'tag')} in the text`;
  return [
    headingOf(spec),
    section({
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [
        { key: 'Headings', value: `${total}: ${numbers(depths)}` },
        { key: 'Clauses', value: grouped(clauses) },
        { key: 'Levels', value: numbers(stats.levels) },
        { key: 'Examples', value: examples },
        { key: 'Commentary', value: grouped(stats.commentary) },
        { key: 'Eval prompts', value: prompts },
        { key: 'References', value: numbers(stats.references) },
        { key: 'Dangling', value: ids(stats.dangling.map((id) => `#${id}`)) },
        { key: 'No file for', value: ids(stats.tagsWithoutFile) },
        { key: 'No tag for', value: ids(stats.filesWithoutTag) },
      ],
    }),
    diagnosticsOf(spec),
  ];
}

function numbers(counts: Record<string, number | undefined>): string {
  return Object.entries(counts)
    .flatMap(([name, number]) => (number === undefined ? [] : [`${grouped(number)} ${name}`]))
    .join(', ');
}

const DIAGNOSTIC_TONES: Readonly<Record<string, Tone>> = {
  error: 'bad',
  warning: 'warning',
  information: 'dim',
};

function diagnosticsOf({ diagnostics }: Spec): Block {
  if (diagnostics.length === 0) {
    return section({ type: 'paragraph', text: 'Nothing in it is out of order.' });
  }
  const more = diagnostics.length - DIAGNOSTICS_SHOWN;
  return section(
    { type: 'heading', level: 2, text: count(diagnostics.length, 'diagnostic') },
    diagnostics.slice(0, DIAGNOSTICS_SHOWN).map(({ file, severity, message, span }): Block => {
      const { line, column } = span.start;
      return {
        type: 'paragraph',
        indent: 2,
        text: `${file}:${line}:${column} ${severity}: ${message}`,
        firstTone: DIAGNOSTIC_TONES[severity] ?? 'dim',
      };
    }),
    more > 0
      ? [{ type: 'paragraph', indent: 2, text: `and ${grouped(more)} more (--json has all)` }]
      : [],
  );
}

/** The sections of a spec as a tree, with levels and what each holds. The id comes first: it is what one goes on with. */
export function outlineBlocks(spec: Spec): Block[] {
  return [
    headingOf(spec),
    section({
      type: 'table',
      heads: 'none',
      columns: [
        { head: 'clause', cut: 'end', least: 10 },
        { head: 'level', most: 16 },
        { head: 'holds' },
      ],
      rows: spec.sections.map(({ id, title, depth, level, isClause }, place) => ({
        indent: 2 * Math.max(0, depth - 1),
        // Without a level the cell is empty.
        cells: [[{ clause: id }, ` ${title}`], level ?? '', holdsText(spec, place)],
        ...(isClause ? {} : { tone: 'dim' as const }),
      })),
    }),
  ];
}

function holdsText(spec: Spec, place: number): string {
  const { examples } = clauseText(spec, at(spec.sections, place));
  return examples.length === 0 ? '' : count(examples.length, 'example');
}

/** One section as it reads: its words, commentary, what it refers to, its examples with their marks. */
export function clauseBlocks(spec: Spec, shown: Section): Block[] {
  const text = clauseText(spec, shown);
  const about = [
    shown.level === null ? 'no level' : `level ${shown.level}`,
    shown.kind ?? (shown.isClause ? 'clause' : 'no clause'),
    `line ${shown.heading.start.line}`,
  ].join(' · ');
  return [
    section(
      { type: 'heading', level: 1, text: shown.title },
      { type: 'paragraph', text: locator(spec, shown.id) },
      { type: 'paragraph', text: about },
      { type: 'paragraph', text: `sha256 ${shown.textHash}` },
    ),
    section(quoted(text.text, 0)),
    ...commentaryOf(text),
    referencesOf(text),
    ...text.examples.map((example) => exampleOf(spec, example)),
  ];
}

function quoted(text: string, indent: number): Block[] {
  return text.trim() === '' ? [] : [{ type: 'quote', text, indent }];
}

function commentaryOf({ commentary }: ClauseText): Block[] {
  return commentary.map((text) =>
    section({ type: 'heading', level: 3, text: 'Commentary', tone: 'dim' }, quoted(text, 2)),
  );
}

function referencesOf({ references }: ClauseText): Block {
  if (references.length === 0) return section();
  return section(
    { type: 'heading', level: 3, text: 'Refers to', tone: 'dim' },
    references.map(({ id, title, level }): Block => {
      const of = level === null ? '' : ` (${level})`;
      return { type: 'paragraph', indent: 2, text: [{ clause: id }, ` ${title}${of}`] };
    }),
  );
}

const MARK_TONES = { good: 'good', ok: 'warning', bad: 'bad' } as const;

function exampleOf(spec: Spec, example: Example): Block {
  const title = titlesResolved(example.title, spec);
  return section(
    { type: 'heading', level: 3, text: `Example ${example.ordinal}: ${title}` },
    example.turns.flatMap((turn): Block[] => {
      if (turn.type === 'message') {
        return [{ type: 'paragraph', indent: 2, text: turn.role }, ...quoted(turn.content, 4)];
      }
      return turn.replies.flatMap(({ mark, note, content }): Block[] => {
        const why = note === null ? '' : `: ${titlesResolved(note, spec)}`;
        return [
          {
            type: 'paragraph',
            indent: 2,
            text: `reply, ${mark ?? 'unmarked'}${why}`,
            tone: mark === null ? 'dim' : MARK_TONES[mark],
          },
          ...quoted(content, 4),
        ];
      });
    }),
  );
}
