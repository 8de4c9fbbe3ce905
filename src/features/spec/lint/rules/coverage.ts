/** @module features/spec/lint/rules/coverage Rules about what a clause needs before it can be tested. */
import { tagsIn } from '../../../../spec/walk.ts';
import type { LintContext, SectionFacts } from '../context.ts';
import { remark } from '../messages.ts';
import { type Found, inSections, type LintRule } from '../rule.ts';
import { showsCounterExample } from './comparisons.ts';
import { exceptionsNotShown } from './exceptions.ts';

function* dutiesWithoutLevel({ sections }: LintContext): Generator<Found> {
  for (const { section, standing, sentences } of sections) {
    if (standing !== 'none') continue;
    for (const { sentence, isNormative } of sentences) {
      if (!isNormative) continue;
      yield { span: sentence.span, ...remark('S020', 'no-level', { clause: section.id }) };
    }
  }
}

/** What tests a clause: its examples, and prompts that eval tags bind to its words. */
export function testsOf({ section, examples }: SectionFacts): {
  hasExample: boolean;
  hasCounterExample: boolean;
  hasEvalTag: boolean;
} {
  return {
    hasExample: examples.length > 0,
    hasCounterExample: examples.some(showsCounterExample),
    hasEvalTag: tagsIn(section.blocks).length > 0,
  };
}

function* untestedClauses({ sections }: LintContext): Generator<Found> {
  const tested = sections.map((facts) => ({ facts, ...testsOf(facts) }));
  // A spec that works without eval prompts, or without examples, lacks none of them anywhere.
  const usesEvals = tested.some(({ hasEvalTag }) => hasEvalTag);
  const usesExamples = tested.some(({ hasExample }) => hasExample);
  for (const { facts, hasExample, hasEvalTag } of tested) {
    const { section } = facts;
    if (section.level === null) continue;
    const span = section.heading;
    const about = { clause: section.id, level: section.level };
    if (!hasExample && !hasEvalTag) {
      yield { span, ...remark('S021', 'untested', about) };
    } else if (!hasExample && usesExamples) {
      yield { span, ...remark('S021', 'no-example', about), severity: 'information' };
    } else if (!hasEvalTag && usesEvals) {
      yield { span, ...remark('S021', 'no-eval-prompt', about), severity: 'information' };
    }
  }
}

function* clausesWithoutDuty({ sections }: LintContext): Generator<Found> {
  for (const { section, sentences, standing } of sections) {
    if (section.level === null || standing === 'none' || sentences.length === 0) continue;
    if (section.kind === 'definition' || section.kind === 'objective') continue;
    if (sentences.some(({ isNormative }) => isNormative)) continue;
    // Other languages, and instructions ("Be kind."), direct without any of these verbs.
    if (!sentences.every(({ plain }) => DESCRIBES.test(plain))) continue;
    yield { span: section.heading, ...remark('S037', 'no-duty', { clause: section.id }) };
  }
}

/** Begins like a statement in English: with an article, a pronoun, the assistant. */
const DESCRIBES =
  /^[\s*_"“'(]*(?:the|an?|it|its|they|this|that|these|those|we|there|in|as|for|because)\b/i;

function* emptySections({ sections }: LintContext): Generator<Found> {
  for (const [index, { section }] of sections.entries()) {
    if (section.blocks.length > 0) continue;
    const next = sections[index + 1]?.section;
    const hasClausesBelow = next !== undefined && next.depth > section.depth;
    const { id: clause, heading: span } = section;
    if (section.level !== null) {
      yield { span, ...remark('S038', 'level-without-text', { clause, hasClausesBelow }) };
    } else if (!hasClausesBelow) {
      yield { span, ...remark('S038', 'no-text', { clause }) };
    }
  }
}

function* skippedDepths({ sections }: LintContext): Generator<Found> {
  let last: number | null = null;
  for (const { section } of sections) {
    const { depth, heading: span } = section;
    if (last !== null && depth > last + 1) {
      const data = { steps: depth - last, depth: last + 1 };
      yield { span, ...remark('S039', 'skipped-depth', data) };
    }
    last = depth;
  }
}

const CHAPTER = '# Asking {#asking}\n\nThis is about questions.\n\n';
const SHOWN = `**Example**: a question

~~~xml
<user>
Why?
</user>
<comparison>
<assistant> <!-- GOOD -->
For this reason.
</assistant>
<assistant> <!-- BAD -->
No idea.
</assistant>
</comparison>
~~~
`;

export const COVERAGE_RULES: readonly LintRule[] = [
  {
    id: 'S020',
    title: 'duty in a section without a level',
    reason: 'Nobody can tell whether a developer or a user may override it.',
    severity: 'information',
    good: inSections(
      `${CHAPTER}## Answers {#answers authority=user}\n\nThe assistant should answer.\n\n${SHOWN}`,
    ),
    bad: inSections(`${CHAPTER}## Answers {#answers}\n\nThe assistant should answer.\n`),
    check: dutiesWithoutLevel,
  },
  {
    id: 'S021',
    title: 'clause that nothing tests',
    reason:
      'A clause with neither example nor eval prompt cannot be measured, and readers differ on what it asks.',
    severity: 'warning',
    good: inSections(
      `${CHAPTER}## Answers {#answers authority=user}\n\nThe assistant should answer.\n\n${SHOWN}`,
    ),
    bad: inSections(
      `${CHAPTER}## Answers {#answers authority=user}\n\nThe assistant should answer.\n`,
    ),
    check: untestedClauses,
  },
  {
    id: 'S031',
    title: 'exception that no example shows',
    reason:
      'Models and judges mostly go wrong at the edge between a duty and its exception; one example shows one side of it.',
    severity: 'information',
    good: {
      text: `The assistant should answer unless it would harm somebody.\n\n${SHOWN.replace('Why?', 'How do I harm somebody?')}`,
    },
    bad: { text: 'The assistant should answer unless it would harm somebody.' },
    check: exceptionsNotShown,
  },
  {
    id: 'S037',
    title: 'clause without a duty',
    reason: 'It has a level, so it is tested; but no sentence says what to test.',
    severity: 'information',
    good: { text: 'The assistant should say where a figure comes from.' },
    bad: { text: 'The assistant knows where a figure comes from.' },
    check: clausesWithoutDuty,
  },
  {
    id: 'S038',
    title: 'section without text',
    reason: 'A heading alone says nothing; a level on it binds nobody.',
    severity: 'warning',
    good: inSections(`${CHAPTER}## Answers {#answers}\n\nThey are true.\n`),
    bad: inSections(`${CHAPTER}## Answers {#answers}\n`),
    check: emptySections,
  },
  {
    id: 'S039',
    title: 'heading that skips a depth',
    reason:
      'Readers and outlines look for the heading between, and take the section for part of another one.',
    severity: 'warning',
    good: inSections(`${CHAPTER}## Answers {#answers}\n\nThey are true.\n`),
    bad: inSections(`${CHAPTER}### Answers {#answers}\n\nThey are true.\n`),
    check: skippedDepths,
  },
];
