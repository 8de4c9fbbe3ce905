/** @module features/spec/lint/rules/names Rules about ids, attributes and references. */
import type { DiagnosticCode } from '../../../../spec/diagnostics.ts';
import { findSection, suggestIds } from '../../../../spec/locate.ts';
import type { Diagnostic, Section } from '../../../../spec/types.ts';
import { walkInlines } from '../../../../spec/walk.ts';
import type { LintContext } from '../context.ts';
import { fixOf, remark } from '../messages.ts';
import { type Found, inSections, type LintRule } from '../rule.ts';
import type { LintFix } from '../types.ts';
import { fromReader } from './from-reader.ts';
import { headingsWithoutId } from './heading-ids.ts';

/** Only where the two differ in case and in `-` for `_`: any other guess might be another clause. */
function sameButForSpelling({ span }: Diagnostic, context: LintContext): LintFix | undefined {
  const { text } = context.spec;
  const written = text.slice(span.start.offset, span.end.offset);
  const match = /\(#([^()\s]+)\)$/.exec(written);
  const wanted = match?.[1];
  if (wanted === undefined) return undefined;
  const plain = wanted.toLowerCase().replaceAll('-', '_');
  if (findSection(context.spec, plain) === undefined) return undefined;
  const start = span.end.offset - 1 - wanted.length;
  const place = context.span(start, span.end.offset - 1);
  return fixOf('write-id', { id: plain }, [{ span: place, text: plain }]);
}

/** Each guess looks at every id, so a text full of dangling references gets them for the first ones only. */
const MOST_GUESSES = 20;

function* danglingReferences(context: LintContext): Generator<Found> {
  let guesses = 0;
  for (const found of fromReader(['dangling-reference'], sameButForSpelling)(context)) {
    const target = String(found.data.target);
    const near = ++guesses > MOST_GUESSES ? [] : suggestIds(context.spec, target).slice(0, 2);
    yield { ...found, ...remark('S002', 'dangling-reference', { target, near }) };
  }
}

function* selfReferences(context: LintContext): Generator<Found> {
  for (const { section } of context.sections) {
    for (const inline of walkInlines(section.blocks)) {
      if (inline.type !== 'reference' || inline.form === 'external') continue;
      if (inline.target !== section.id) continue;
      yield { span: inline.span, ...remark('S051', 'refers-to-itself', { clause: section.id }) };
    }
  }
}

function* repeatedTitles(context: LintContext): Generator<Found> {
  const first = new Map<string, Section>();
  for (const { section } of context.sections) {
    const title = section.title.toLowerCase();
    const earlier = first.get(title);
    if (earlier === undefined) first.set(title, section);
    else if (title !== '') {
      const first = { clause: earlier.id, line: earlier.heading.start.line };
      const said = remark('S045', 'same-title', { title: section.title, ...first });
      yield { span: section.heading, ...said };
    }
  }
}

export const NAME_RULES: readonly LintRule[] = [
  {
    id: 'S001',
    title: 'heading without an id of its own',
    reason:
      'Verdicts, references and differences between versions are kept by id. An id that is made from the title is lost when the title changes, and one that two headings share names neither.',
    severity: 'warning',
    good: inSections('# Overview {#overview}\n\nThis says what follows.\n'),
    bad: inSections('# Overview\n\nThis says what follows.\n'),
    check: headingsWithoutId,
  },
  {
    id: 'S002',
    title: 'reference to a section that does not exist',
    reason:
      'The reader of the text is sent nowhere, and a reply marked by such a reference breaks no clause.',
    severity: 'error',
    good: { text: 'The assistant should answer (see [?](#chapter)).' },
    bad: { text: 'The assistant should answer (see [?](#chaptr)).' },
    check: danglingReferences,
  },
  {
    id: 'S008',
    title: 'attributes that cannot be understood',
    reason:
      'What is written in the braces of a heading and not understood has no effect, and nobody notices.',
    severity: 'warning',
    good: inSections('# Overview {#overview tags=voice}\n\nThis says what follows.\n'),
    bad: inSections('# Overview {#overview tag=voice}\n\nThis says what follows.\n'),
    check: fromReader([
      'malformed-attributes',
      'unknown-attribute',
      'duplicate-attribute',
      'unknown-kind',
      'unusual-id',
    ]),
  },
  {
    id: 'S045',
    title: 'two sections of the same title',
    reason:
      'A reference shows the title of its target, so readers cannot tell which of the two is meant.',
    severity: 'information',
    good: inSections(
      '# Honesty {#honesty}\n\nThis is about words.\n\n# Candour {#candour}\n\nThis is about silence.\n',
    ),
    bad: inSections(
      '# Honesty {#honesty}\n\nThis is about words.\n\n# Honesty {#candour}\n\nThis is about silence.\n',
    ),
    check: repeatedTitles,
  },
  {
    id: 'S051',
    title: 'clause that refers to itself',
    reason:
      'It is mostly a reference that was copied, and the clause that was meant goes unmentioned.',
    severity: 'information',
    good: { text: 'The assistant should answer (see [?](#chapter)).' },
    bad: { text: 'The assistant should answer (see [?](#clause)).' },
    check: selfReferences,
  },
];

/** What readers remark that no other rule passes on, and that is something to put right. */
const REST: readonly DiagnosticCode[] = [
  'invalid-header',
  'unknown-dialect',
  'no-clauses',
  'text-before-first-heading',
  'unknown-value',
  'made-up-ids',
  'navigation',
  'trailing-white-space',
  'invalid-record',
  'heading-in-fence',
  'unsupported-markdown',
  'line-too-long',
  'nested-too-deeply',
  'unknown-admonition',
  'malformed-admonition',
  'empty-commentary',
];

export const READING_RULES: readonly LintRule[] = [
  {
    id: 'S009',
    title: 'bytes that are no text',
    reason: 'They were lost in the reading, and two tools may lose them differently.',
    severity: 'warning',
    good: { text: 'The assistant should answer.' },
    bad: { text: 'The assistant should answer\0.' },
    check: fromReader(['invalid-utf8', 'nul-character']),
  },
  {
    id: 'S019',
    title: 'text that is not read as what it looks like',
    reason:
      'A table, a quotation, text above the first heading: it is kept, but it is no clause, list or commentary, and nothing is checked against it.',
    severity: 'warning',
    good: {
      text: 'The assistant should answer.\n\n- In the language of the question\n- Without delay',
    },
    bad: {
      text: 'The assistant should answer.\n\n| when | how |\n| --- | --- |\n| always | politely |',
    },
    check: fromReader(REST),
  },
];
