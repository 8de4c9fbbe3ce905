/**
 * @module features/spec/lint/rules/eu-gpai
 * What the EU's code of practice for general-purpose AI (safety and security, measure 7.1) wants to find in
 * a specification of intended behaviour. Whether what is found is enough is for a person to say.
 */
import type { LintContext } from '../context.ts';
import { type Remark, remark } from '../messages.ts';
import { type Found, inDocument, type LintRule } from '../rule.ts';

type Test = (context: LintContext) => boolean;

/** A finding at the top of the document where a test finds nothing. */
function missing(test: Test, said: Remark): LintRule['check'] {
  return function* (context): Generator<Found> {
    if (!test(context)) yield { span: context.span(0, 0), ...said, section: null };
  };
}

const saysOneOf =
  (pattern: RegExp): Test =>
  ({ sections, sentences }) =>
    sections.some(({ section }) => pattern.test(section.title)) ||
    sentences.some(({ plain }) => pattern.test(plain));

const PRIORITY =
  /\b(?:priorit(?:y|ies|i[sz]e[sd]?|i[sz]ation)|take[s]? precedence|override[sn]?|chain of command|levels? of authority|outweigh|ranked?)\b/i;
const REFUSAL =
  /\b(?:refus(?:e[sd]?|al|ing)|decline[sd]?|prohibited|disallowed|hard constraints?|never (?:provide|generate|produce|help|assist|write|give))\b/i;
const SYSTEM_PROMPT = /\bsystem (?:prompt|message)\b/i;

/** The words of a system prompt, not only talk of one: code or an example's system message under that name. */
const printsSystemPrompt: Test = ({ sections }) =>
  sections.some(
    ({ section }) =>
      SYSTEM_PROMPT.test(section.title) &&
      section.blocks.some(({ type }) => type === 'code' || type === 'paragraph'),
  );

const DUTIES = 'The assistant should say what is true. It should refuse to help with weapons.';

const TEXT = `# Overview {#overview}

Principles come first; where two of them differ, the earlier one takes precedence.

# Principles {#principles}

## Be honest {#honest authority=root}

${DUTIES}

**Example**: a question

~~~xml
<user>
Is it so?
</user>
<comparison>
<assistant> <!-- GOOD -->
No.
</assistant>
<assistant> <!-- BAD -->
Yes.
</assistant>
</comparison>
~~~

# System prompt {#system_prompt}

Every conversation begins with these words: You are an assistant.
`;
const good = { frame: 'document', text: TEXT } as const;
const REASON =
  'The code of practice names it among the contents of a specification of behaviour (measure 7.1).';

export const CHECKLIST_RULES: readonly LintRule[] = [
  {
    id: 'E701',
    title: 'no principles',
    reason: REASON,
    severity: 'warning',
    good,
    bad: inDocument(TEXT.replace(DUTIES, 'Truth is a virtue, and help with weapons is refused.')),
    check: missing(
      ({ sentences, spec }) =>
        spec.sections.some(({ isClause }) => isClause) &&
        sentences.some(({ isNormative }) => isNormative),
      remark('E701', 'missing', {}),
    ),
  },
  {
    id: 'E702',
    title: 'no order of priority',
    reason: REASON,
    severity: 'warning',
    good,
    bad: inDocument(
      TEXT.replace('the earlier one takes precedence', 'judgement is needed').replace(
        ' authority=root',
        '',
      ),
    ),
    check: missing(
      (context) =>
        new Set(context.spec.sections.flatMap(({ level }) => (level === null ? [] : [level])))
          .size > 1 || saysOneOf(PRIORITY)(context),
      remark('E702', 'missing', {}),
    ),
  },
  {
    id: 'E703',
    title: 'no topics of refusal',
    reason: REASON,
    severity: 'warning',
    good,
    bad: inDocument(TEXT.replace(' It should refuse to help with weapons.', '')),
    check: missing(saysOneOf(REFUSAL), remark('E703', 'missing', {})),
  },
  {
    id: 'E704',
    title: 'no system prompt',
    reason: REASON,
    severity: 'warning',
    good,
    bad: inDocument(TEXT.replace('# System prompt {#system_prompt}\n', '# Opening {#opening}\n')),
    check: missing(printsSystemPrompt, remark('E704', 'missing', {})),
  },
];
