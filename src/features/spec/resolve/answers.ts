/**
 * @module features/spec/resolve/answers
 * The questions of a resolution and what was answered to them.
 */
import { questionWords, type Reason } from './messages.ts';
import type { Answer, Pair, Question } from './schema.ts';

/** Answers by question id. */
export type Judgements = Readonly<Record<string, Answer>>;

/** A pair with where it comes from. */
export interface KnownPair extends Omit<Pair, 'reason'> {
  /** Null where nobody gave one. */
  reason: Reason | null;
  settledBy: string;
  question: string | null;
}

/** A question before it is put: its words follow from its type. */
type Asked = Pick<Question, 'id' | 'type' | 'about' | 'subjects' | 'candidates'>;

/** What is known of one question. */
export interface Known {
  id: string;
  /** Nobody has answered, so anything that it asks about may be. */
  isOpen: boolean;
  by: Map<string, KnownPair[]>;
  onto: Map<string, KnownPair[]>;
}

/** Keeps the questions in the order in which they came up. */
export class Questions {
  readonly asked: Question[] = [];
  readonly #judgements: Judgements;
  readonly #ids = new Set<string>();

  constructor(judgements: Judgements) {
    this.#judgements = judgements;
  }

  /**
   * Puts a question about pairs. `told` are pairs that the text itself says, which need no answer.
   * A question without subjects or without candidates is none.
   */
  pairs(question: Asked, told: readonly KnownPair[] = []): Known {
    const { candidates, subjects, id } = question;
    const isEmpty =
      subjects.length === 0 || candidates.clauseLevels.length + candidates.ids.length === 0;
    const answer = isEmpty ? undefined : this.#answerOf(id);
    const isAnswered = answer !== undefined && 'pairs' in answer;
    if (!isEmpty) this.#note(question, answer, isAnswered);
    const settledBy = answer?.by ?? 'judgement';
    const pairs = isAnswered ? answer.pairs : [];
    const all = [
      ...told,
      ...pairs.map((pair) => ({ ...pair, reason: judged(pair), settledBy, question: id })),
    ];
    return {
      id,
      isOpen: !isEmpty && !isAnswered,
      by: Map.groupBy(all, ({ by }) => by),
      onto: Map.groupBy(all, ({ target }) => target),
    };
  }

  /** Puts a question to be answered yes or no; null where nobody did. */
  yesOrNo(question: Asked): { yes: boolean; by: string } | null {
    const answer = this.#answerOf(question.id);
    const isAnswered = answer !== undefined && 'yes' in answer;
    this.#note(question, answer, isAnswered);
    return isAnswered ? { yes: answer.yes, by: answer.by ?? 'judgement' } : null;
  }

  #answerOf(id: string): Answer | undefined {
    return Object.hasOwn(this.#judgements, id) ? this.#judgements[id] : undefined;
  }

  #note(asked: Asked, answer: Answer | undefined, answered: boolean): void {
    if (this.#ids.has(asked.id)) return;
    this.#ids.add(asked.id);
    const { id, type, about, ...rest } = asked;
    const { question, ...either } = questionWords(type, about);
    const answerer = answererOf(answer, answered);
    this.asked.push({ id, type, about, question, ...rest, ...either, answered, ...answerer });
  }
}

function answererOf(
  answer: Answer | undefined,
  answered: boolean,
): Pick<Question, 'by' | 'unanswered'> {
  if (answered) return { by: answer?.by ?? 'judgement', unanswered: null };
  if (answer === undefined || !('undetermined' in answer)) return { by: null, unanswered: null };
  const { undetermined, code = 'cannot-tell', data = { reason: undetermined } } = answer;
  return { by: undetermined, unanswered: { code, data } };
}

function judged({ reason }: Pair): Reason | null {
  return reason === undefined ? null : { code: 'judged', data: { reason } };
}
