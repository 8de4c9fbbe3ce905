/**
 * @module spec/formats/losses
 * What another form of a spec cannot say, counted.
 */

import { clausesOf } from '../semantics/clauses.ts';
import type { Example, Spec } from '../types.ts';
import { repliesOf } from '../walk.ts';
import { pairsOf } from './speceval.ts';
import { singleMessage } from './tenet-markdown.ts';
import { tagsOfWhole } from './write-records.ts';

/** The forms that a spec can be printed in. */
export const FORMS = ['tenet', 'json', 'jsonl', 'yaml', 'speceval'] as const;

/** A form that a spec can be printed in. */
export type ExchangeForm = (typeof FORMS)[number];

/** Kinds of things that some form has no place for. */
export type LossCode =
  | 'text-before-first-heading'
  | 'comment'
  | 'eval-prompt'
  | 'eval-prompt-of-several-messages'
  | 'deep-heading'
  | 'section-without-clause'
  | 'commentary'
  | 'eval-tag'
  | 'clause-tag'
  | 'example'
  | 'reply-or-note';

/** Something that was not carried over, and how often. */
export interface Loss {
  code: LossCode;
  count: number;
}

/** What printing a spec in a form leaves behind. */
export function lossesOf(spec: Spec, form: ExchangeForm): Loss[] {
  const said = (code: string): number =>
    spec.diagnostics.filter((found) => found.code === code).length;
  const losses: Loss[] = [
    { code: 'text-before-first-heading', count: said('text-before-first-heading') },
    { code: 'comment', count: said('skipped-comment') },
    ...(form === 'tenet' ? lostInTenet(spec) : []),
    ...(form === 'speceval' ? lostInSpecEval(spec) : []),
  ];
  return losses.filter(({ count }) => count > 0);
}

function lostInTenet(spec: Spec): Loss[] {
  const whole = new Set(spec.sections.flatMap((section) => tagsOfWhole(spec, section)));
  const prompts = (inside: boolean): Example[] =>
    spec.evalFiles.filter(({ tag }) => whole.has(tag) === inside).flatMap((file) => file.prompts);
  const long = prompts(true).filter((prompt) => singleMessage(prompt) === null);
  return [
    { code: 'eval-prompt', count: prompts(false).length },
    { code: 'eval-prompt-of-several-messages', count: long.length },
    { code: 'deep-heading', count: spec.sections.filter(({ depth }) => depth > 6).length },
  ];
}

function lostInSpecEval(spec: Spec): Loss[] {
  const clauses = clausesOf(spec);
  const sum = (count: (clause: (typeof clauses)[number]) => number): number =>
    clauses.reduce((total, clause) => total + count(clause), 0);
  const examples = clauses.flatMap((clause) => clause.examples);
  return [
    { code: 'section-without-clause', count: spec.sections.length - clauses.length },
    { code: 'commentary', count: sum(({ commentary }) => commentary.length) },
    { code: 'eval-tag', count: sum(({ evals }) => evals.length) },
    { code: 'clause-tag', count: sum(({ conditions }) => conditions.tags.length) },
    { code: 'example', count: examples.filter((one) => pairsOf(one).length === 0).length },
    { code: 'reply-or-note', count: examples.reduce((total, one) => total + leftOver(one), 0) },
  ];
}

function leftOver(example: Example): number {
  const kept = pairsOf(example)[0];
  if (kept === undefined) return 0;
  const replies = repliesOf(example);
  const notes = replies.filter(({ note }) => note !== null).length;
  const both = Number('good_response' in kept) + Number('bad_response' in kept);
  return replies.length - both + notes;
}
