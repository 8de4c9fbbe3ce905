/** @module features/spec/lint/summary How readable a spec is, and how much of it is shown and tested. */
import type { Spec } from '../../../spec/types.ts';
import { type LintContext, lintContext, type SectionFacts } from './context.ts';
import { testsOf } from './rules/coverage.ts';
import type { LevelCoverage, LintSummary, Readability } from './schema.ts';
import { syllablesIn, wordsOf } from './words.ts';

/** Sentences above this many words are long. */
const MOST_WORDS = 40;

/** Readability and coverage of a spec. */
export function lintSummary(spec: Spec): LintSummary {
  const context = lintContext(spec);
  return { readability: readability(context), coverage: coverage(context) };
}

function readability({ sentences }: LintContext): Readability {
  let words = 0;
  let syllables = 0;
  let longSentences = 0;
  let duties = 0;
  for (const { plain, isNormative } of sentences) {
    const own = wordsOf(plain);
    words += own.length;
    if (own.length > MOST_WORDS) longSentences++;
    if (isNormative) duties++;
    for (const word of own) syllables += syllablesIn(word);
  }
  const count = sentences.length;
  const isKnown = count > 0 && words > 0;
  return {
    sentences: count,
    words,
    meanWords: isKnown ? words / count : null,
    longSentences,
    grade: isKnown ? 0.39 * (words / count) + 11.8 * (syllables / words) - 15.59 : null,
    duties,
  };
}

function coverage({ spec, sections }: LintContext): LevelCoverage[] {
  const byLevel = Map.groupBy(
    sections.filter(({ section }) => section.isClause),
    ({ section }) => section.level ?? 'none',
  );
  return [...spec.levels.map(({ name }) => name), 'none'].flatMap((level) => {
    const clauses = byLevel.get(level);
    return clauses === undefined ? [] : [coverageOf(level, clauses)];
  });
}

function coverageOf(level: string, clauses: readonly SectionFacts[]): LevelCoverage {
  const tests = clauses.map(testsOf);
  return {
    level,
    clauses: clauses.length,
    withoutExample: tests.filter(({ hasExample }) => !hasExample).length,
    withoutCounterExample: tests.filter(({ hasCounterExample }) => !hasCounterExample).length,
    withoutEvalPrompt: tests.filter(({ hasEvalTag }) => !hasEvalTag).length,
  };
}
