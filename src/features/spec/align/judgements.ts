/**
 * @module features/spec/align/judgements
 * What words leave open: which pairs a judge should look at, and what becomes of the alignment by its answers.
 */
import { clauseText } from '../../../spec/clause.ts';
import type { Section, Spec } from '../../../spec/types.ts';
import { arranged } from './align.ts';
import type { AlignedClause, AlignedPair, Alignment, Judgement, LoneClause } from './schema.ts';

/** Lone clauses whose nearest one is less like them than this are left alone. */
const WORTH_ASKING = 0.08;

/** Two clauses about which a judge is asked. */
export interface AlignQuestion {
  first: AlignedClause & { text: string };
  second: AlignedClause & { text: string };
  similarity: number;
  words: string[];
  /** Are they a pair by their words, or only the nearest to each other? */
  paired: boolean;
}

/** A question with what was said to it. */
export interface AnsweredQuestion {
  question: AlignQuestion;
  judgement: Judgement;
}

/** The pairs in the grey zone: alike, but not clearly, and lone clauses with the one that is nearest to them. */
export function openQuestions(first: Spec, second: Spec, alignment: Alignment): AlignQuestion[] {
  const texts = { first: textsOf(first), second: textsOf(second) };
  const questions = new Map<string, AlignQuestion>();
  type About = Pick<AlignQuestion, 'similarity' | 'words' | 'paired'>;
  const add = (one: string, other: string, about: About): void => {
    const [first, second] = [texts.first(one), texts.second(other)];
    const key = keyOf(one, other);
    if (first === null || second === null || questions.has(key)) return;
    questions.set(key, { first, second, ...about });
  };
  for (const { first: one, second: other, similarity, match, words } of alignment.pairs) {
    if (match === 'identical' || similarity >= alignment.clear) continue;
    add(one.id, other.id, { similarity, words, paired: true });
  }
  const worthAsking = ({ nearest }: LoneClause): NonNullable<LoneClause['nearest']>[] =>
    nearest === null || nearest.similarity < WORTH_ASKING ? [] : [nearest];
  for (const lone of alignment.onlyFirst) {
    for (const { id, ...about } of worthAsking(lone)) add(lone.id, id, { ...about, paired: false });
  }
  for (const lone of alignment.onlySecond) {
    for (const { id, ...about } of worthAsking(lone)) add(id, lone.id, { ...about, paired: false });
  }
  return [...questions.values()];
}

/** The alignment with the judge's answers: what is unrelated is no pair, what is related is one. */
export function withJudgements(
  alignment: Alignment,
  judge: { model: string; simulated: boolean },
  answers: readonly AnsweredQuestion[],
): Alignment {
  const byKey = new Map(
    answers.map(({ question, judgement }) => [
      keyOf(question.first.id, question.second.id),
      judgement,
    ]),
  );
  const kept: AlignedPair[] = [];
  const parted: AlignedPair[] = [];
  for (const pair of alignment.pairs) {
    const judgement = byKey.get(keyOf(pair.first.id, pair.second.id)) ?? null;
    const judged = { ...pair, judgement };
    (judgement?.relation === 'unrelated' ? parted : kept).push(judged);
  }
  for (const { question, judgement } of answers) {
    const { relation } = judgement;
    if (question.paired || relation === null || relation === 'unrelated') continue;
    const [first, second] = [clauseOf(question.first), clauseOf(question.second)];
    const { similarity, words } = question;
    kept.push({ first, second, similarity, match: 'judged', words, judgement });
  }
  const paired = {
    first: new Set(kept.map(({ first }) => first.id)),
    second: new Set(kept.map(({ second }) => second.id)),
  };
  return arranged({
    ...alignment,
    judge: {
      ...judge,
      asked: answers.length,
      undetermined: answers.filter(({ judgement }) => judgement.relation === null).length,
    },
    pairs: kept,
    onlyFirst: lonesOf(alignment.onlyFirst, parted, paired.first, 'first'),
    onlySecond: lonesOf(alignment.onlySecond, parted, paired.second, 'second'),
  });
}

function lonesOf(
  lone: readonly LoneClause[],
  parted: readonly AlignedPair[],
  paired: ReadonlySet<string>,
  side: 'first' | 'second',
): LoneClause[] {
  const left = lone.filter(({ id }) => !paired.has(id));
  const known = new Set(left.map(({ id }) => id));
  for (const pair of parted.toSorted((a, b) => b.similarity - a.similarity)) {
    const clause = pair[side];
    if (paired.has(clause.id) || known.has(clause.id)) continue;
    known.add(clause.id);
    const { id } = pair[side === 'first' ? 'second' : 'first'];
    left.push({ ...clause, nearest: { id, similarity: pair.similarity, words: pair.words } });
  }
  return left;
}

function textsOf(spec: Spec): (id: string) => (AlignedClause & { text: string }) | null {
  const sections = new Map<string, Section>(spec.sections.map((section) => [section.id, section]));
  return (wanted) => {
    const section = sections.get(wanted);
    if (section === undefined) return null;
    const { id, title, level, heading } = section;
    return { id, title, level, line: heading.start.line, text: clauseText(spec, section).text };
  };
}

function clauseOf({ id, title, level, line }: AlignedClause): AlignedClause {
  return { id, title, level, line };
}

function keyOf(first: string, second: string): string {
  return JSON.stringify([first, second]);
}
