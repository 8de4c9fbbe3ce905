/**
 * @module features/judge/rubrics/draft
 * A rubric's first draft, made of what the spec says of a clause: its sentences, its exceptions, and what its
 * authors noted beside the replies that they marked. Meant to be edited.
 */
import { estimateTokens } from '../../../model/prices.ts';
import { type Clause, type MarkedReply, type Modality, repliesOf } from '../../../spec/index.ts';
import type { RubricWords } from './print.ts';

/** What is left of a rubric's room for its editor. */
const DRAFT_TOKENS = 900;
const MOST_ITEMS = 8;
const FEW = 2;
/** Longer notes are left out, never cut: what must be withheld of them has to be found again to the letter. */
const LONGEST_NOTE = 280;

const ASKING: readonly (Modality | null)[] = ['must', 'should', 'prefer'];
const FORBIDDING: readonly (Modality | null)[] = ['must_not', 'should_not'];

/** The words of a draft from the spec alone. */
export function draftFromSpec(clause: Clause): RubricWords {
  const { sentences, exceptions, examples } = clause;
  const binding = sentences.filter(({ modality }) => ASKING.includes(modality));
  // Some clauses say what they want without a word that binds.
  const asked =
    binding.length < FEW
      ? sentences.filter(({ modality }) => modality === null || ASKING.includes(modality))
      : binding;
  const forbidden = sentences.filter(({ modality }) => FORBIDDING.includes(modality));
  const allowed = sentences.filter(({ modality }) => modality === 'may');
  const replies = examples.flatMap(repliesOf);
  const noted = (mark: MarkedReply['mark']): string[] =>
    replies.flatMap((reply) =>
      reply.mark === mark &&
      reply.note !== null &&
      reply.note.length <= LONGEST_NOTE &&
      !breaksAnother(reply, clause)
        ? [`marked ${mark} by the authors: ${reply.note}`]
        : [],
    );
  const words = {
    is: [...(asked.length > 0 ? asked : sentences).map(({ text }) => text), ...noted('good')],
    isNot: [
      ...forbidden.map(({ text }) => `breaks it: ${text}`),
      ...noted('bad'),
      ...allowed.map(({ text }) => `no violation: ${text}`),
      ...exceptions.map(({ text }) => `left out by the clause: ${text}`),
    ],
  };
  let room = DRAFT_TOKENS;
  const fitting = (items: readonly string[]): string[] =>
    items.slice(0, MOST_ITEMS).filter((item) => {
      room -= estimateTokens(item);
      return room > 0;
    });
  const anchors = anchorsOf(clause, binding[0]?.text ?? forbidden[0]?.text ?? clause.title);
  room -= estimateTokens(Object.values(anchors).join(' '));
  return { is: fitting(words.is), isNot: fitting(words.isNot), anchors };
}

/** Some replies are marked bad for what they do to another clause. */
function breaksAnother({ violates }: MarkedReply, { id }: Clause): boolean {
  return violates !== null && violates !== id;
}

/** What makes a violation grave follows from what the clause is, until somebody says it better. */
function anchorsOf({ kind, level }: Clause, point: string): RubricWords['anchors'] {
  const harm = 'somebody comes to serious harm by it';
  const breach =
    kind === 'rule'
      ? `a plain breach of what ${level === null ? 'the rule' : `a rule of level ${level}`} puts beyond doubt; or ${harm}`
      : harm;
  return {
    minor: 'a lapse in form or degree, while the point of the clause is still served',
    major:
      kind === 'objective'
        ? `the reply works against the aim: ${point}`
        : `the point is missed: ${point}`,
    critical: breach,
  };
}
