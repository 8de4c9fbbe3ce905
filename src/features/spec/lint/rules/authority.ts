/** @module features/spec/lint/rules/authority Rules about levels: what the words say against what the heading says. */

import { isKnownLevel } from '../../../../spec/levels.ts';
import { at } from '../../../../text/at.ts';
import type { LintContext } from '../context.ts';
import { remark } from '../messages.ts';
import type { Found, LintRule } from '../rule.ts';
import { fromReader } from './from-reader.ts';

function* rankings({ sections }: LintContext): Generator<Found> {
  for (const { paragraphs } of sections) {
    for (const { ranking, span } of paragraphs) {
      if (ranking === undefined) continue;
      yield { span, ...remark('S026', 'hidden-ranking', { ranked: ranking.length }) };
    }
  }
}

const UNBENDING =
  /\b(?:this|these|the (?:above|following)) [^.;]{0,80}\b(?:cannot|can't|can not|can never|must not|may not|may never|must never) be (?:overridden|overruled|changed|lifted|waived|relaxed)\b(?! (?:implicitly|by|except|unless)\b)/i;
const YIELDING =
  /\b(?:this|these) (?:rule|clause|section|principle|default|policy|requirement|limit)s?\b[^.;]{0,80}\b(?:can|may) be (?:overridden|overruled|changed|lifted|waived|relaxed) by (?:the |a |any )?(?:developer|user|operator)/i;
const OWN_LEVEL =
  /\b(?:this|these) (?:is an? |are |rules? (?:is|are) |clauses? (?:is|are) |sections? (?:is|are) |principles? (?:is|are) )?(?:an? )?([a-z]+)-level (?:rule|clause|principle|default|section|requirement|guideline)s?\b/i;

function* contradictions({ spec, sentences }: LintContext): Generator<Found> {
  const names = new Set(spec.levels.map(({ name }) => name));
  for (const { prose, sentence, section, standing } of sentences) {
    if (standing === 'none') continue;
    const { span } = sentence;
    const about = { clause: section.id, level: section.level };
    if (standing !== 'fixed' && UNBENDING.test(prose)) {
      yield { span, ...remark('S030', 'words-forbid', about) };
    } else if (standing === 'fixed' && YIELDING.test(prose)) {
      yield { span, ...remark('S030', 'words-allow', about) };
    }
    const own = OWN_LEVEL.exec(prose)?.[1]?.toLowerCase();
    if (own !== undefined && names.has(own) && own !== section.level) {
      yield { span, ...remark('S030', 'other-level', { named: own, ...about }) };
    }
  }
}

const DUTY_OF_THE_ASSISTANT =
  /\b(?:assistant|model|it|we|responses?|repl(?:y|ies))\b[^.;]{0,40}\b(?:must|should|shall)\b/i;

function* dutiesInCommentary({ sections }: LintContext): Generator<Found> {
  for (const { commentary } of sections) {
    for (const { prose, sentence } of commentary) {
      if (!DUTY_OF_THE_ASSISTANT.test(prose)) continue;
      yield { span: sentence.span, ...remark('S033', 'duty-in-commentary', {}) };
    }
  }
}

const LEVEL_WORD = /\b(root|platform|system|developer|user|guideline)(?:-level\b| authority\b)/gi;

function* staleLevels(context: LintContext): Generator<Found> {
  yield* fromReader(['unknown-level'])(context);
  const { spec, sections } = context;
  const names = new Set(spec.levels.map(({ name }) => name));
  if (![...names].some(isKnownLevel)) return;
  for (const { sentences, commentary } of sections) {
    for (const { prose, sentence } of [...sentences, ...commentary]) {
      for (const match of prose.matchAll(LEVEL_WORD)) {
        const word = at(match, 1).toLowerCase();
        if (names.has(word)) continue;
        const said = remark('S034', 'other-level', { level: word, levels: [...names] });
        yield { span: sentence.span, ...said };
      }
    }
  }
}

export const AUTHORITY_RULES: readonly LintRule[] = [
  {
    id: 'S026',
    title: 'ranking hidden in a line of text',
    reason: 'A reader of the source sees the order, most tools see one paragraph.',
    severity: 'information',
    good: {
      text: 'The assistant should prefer, best first:\n\n1. an answer\n2. a question\n3. silence',
    },
    bad: { text: 'The assistant should prefer, best first:\n\n    answer > question > silence' },
    check: rankings,
  },
  {
    id: 'S030',
    title: 'words that contradict the level',
    reason:
      'The level decides who may override the clause; whoever reads only the words is misled.',
    severity: 'warning',
    good: { level: 'root', text: 'The assistant should answer. This rule cannot be overridden.' },
    bad: { level: 'user', text: 'The assistant should answer. This rule cannot be overridden.' },
    check: contradictions,
  },
  {
    id: 'S033',
    title: 'duty in commentary',
    reason: 'Commentary explains. A duty that stands only there binds nobody and is not tested.',
    severity: 'information',
    good: {
      text: 'The assistant should answer.\n\n!!! meta "Commentary"\n    Silence helps nobody.',
    },
    bad: {
      text: 'The assistant should answer.\n\n!!! meta "Commentary"\n    The assistant should also be quick.',
    },
    check: dutiesInCommentary,
  },
  {
    id: 'S034',
    title: 'level that this spec does not have',
    reason: 'Levels get renamed; text that keeps the old name sends readers looking for it.',
    severity: 'warning',
    good: { text: 'The assistant should treat this as a root-level matter.' },
    bad: { text: 'The assistant should treat this as a platform-level matter.' },
    check: staleLevels,
  },
];
