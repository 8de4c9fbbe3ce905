/**
 * @module spec/formats/losses
 * What another form of a spec cannot say, counted.
 */

import { clausesOf } from '../semantics/clauses.ts';
import type { Spec } from '../types.ts';
import { pairsOf } from './speceval.ts';
import { singleMessage } from './tenet-markdown.ts';
import { tagsOfWhole } from './write-records.ts';

/** The forms that a spec can be printed in. */
export const FORMS = ['tenet', 'json', 'jsonl', 'yaml', 'speceval'] as const;

/** A form that a spec can be printed in. */
export type ExchangeForm = (typeof FORMS)[number];

/** Something that was not carried over, how often, and where it is still to be had. */
export interface Loss {
  /** Names the kind of thing, whatever words it is told in. */
  code: string;
  /** For one of it, and for several. */
  one: string;
  many: string;
  count: number;
  note: string;
}

/** What printing a spec in a form leaves behind. */
export function lossesOf(spec: Spec, form: ExchangeForm): Loss[] {
  const said = (code: string): number =>
    spec.diagnostics.filter((found) => found.code === code).length;
  const losses: Loss[] = [];
  const add: Add = (code, one, many, count, note) => {
    if (count > 0) losses.push({ code, one, many, count, note });
  };
  add(
    'text-before-first-heading',
    'stretch of text before the first heading',
    'stretches of text before the first heading',
    said('text-before-first-heading'),
    'it belongs to no section',
  );
  add(
    'comment',
    'comment',
    'comments',
    said('skipped-comment'),
    'comments are no part of the spec',
  );
  if (form === 'tenet') addTenet(spec, add);
  if (form === 'speceval') addSpecEval(spec, add);
  return losses;
}

type Add = (code: string, one: string, many: string, count: number, note: string) => void;

function addTenet(spec: Spec, add: Add): void {
  const whole = new Set(spec.sections.flatMap((section) => tagsOfWhole(spec, section)));
  const prompts = (inside: boolean): Spec['evalFiles'][number]['prompts'] =>
    spec.evalFiles.filter(({ tag }) => whole.has(tag) === inside).flatMap((file) => file.prompts);
  add(
    'eval-prompt',
    'eval prompt',
    'eval prompts',
    prompts(false).length,
    'they stay in their files; keep examples/ beside the new file',
  );
  const long = prompts(true).filter((prompt) => singleMessage(prompt) === null);
  add(
    'eval-prompt-of-several-messages',
    'eval prompt of several messages',
    'eval prompts of several messages',
    long.length,
    'an evals fence holds one message per line; --to json keeps them',
  );
  add(
    'deep-heading',
    'heading deeper than 6',
    'headings deeper than 6',
    spec.sections.filter(({ depth }) => depth > 6).length,
    'Markdown has six depths; they stand at the sixth',
  );
}

function addSpecEval(spec: Spec, add: Add): void {
  const clauses = clausesOf(spec);
  const sum = (count: (clause: (typeof clauses)[number]) => number): number =>
    clauses.reduce((total, clause) => total + count(clause), 0);
  const other = 'statements have no place for it';
  add(
    'section-without-clause',
    'section that is no clause',
    'sections that are no clauses',
    spec.sections.length - clauses.length,
    'statements name their two highest sections only',
  );
  add(
    'commentary',
    'piece of commentary',
    'pieces of commentary',
    sum(({ commentary }) => commentary.length),
    other,
  );
  add(
    'eval-tag',
    'eval tag',
    'eval tags',
    sum(({ evals }) => evals.length),
    other,
  );
  add(
    'clause-tag',
    'tag of a clause',
    'tags of clauses',
    sum(({ conditions }) => conditions.tags.length),
    other,
  );
  add(
    'example',
    'example',
    'examples',
    sum(({ examples }) => examples.filter((example) => pairsOf(example).length === 0).length),
    'more than a question with a good and a bad reply',
  );
  add(
    'reply-or-note',
    'reply or note',
    'replies and notes',
    sum(({ examples }) => examples.reduce((total, example) => total + leftOver(example), 0)),
    'one good and one bad reply are kept of each example, without notes',
  );
}

function leftOver(example: ReturnType<typeof clausesOf>[number]['examples'][number]): number {
  const kept = pairsOf(example)[0];
  if (kept === undefined) return 0;
  const replies = example.turns.flatMap((turn) => (turn.type === 'comparison' ? turn.replies : []));
  const notes = replies.filter(({ note }) => note !== null).length;
  const both = Number('good_response' in kept) + Number('bad_response' in kept);
  return replies.length - both + notes;
}
