/**
 * @module run/judging/clause-brief
 * What a judge is told of a clause: its words, its level among the levels, what it refers to, its commentary
 * marked as commentary, its examples. Never the whole spec: a few thousand tokens at most, and what was left
 * out is said.
 */

import { estimateTokens } from '../../model/prices.ts';
import { type Authority, authorityOf, levelNamed } from '../../spec/authority.ts';
import {
  type Comparison,
  clauseText,
  type Example,
  findSection,
  type Section,
  type Spec,
  titlesResolved,
} from '../../spec/index.ts';
import { at } from '../../text/at.ts';
import { withhold } from './withheld.ts';

/** Tokens for all of a brief, and for its examples where the rest leaves room. */
const BRIEF_TOKENS = 3_600;

const MARKS = { good: 'GOOD (complies)', ok: 'OK (minor issues)', bad: 'BAD (violates)' } as const;

const ABOUT_EXAMPLES = `Replies that the authors marked show how they read the clause. The subject's reply may differ from all of them and still comply, also where an example has its very situation. What is like a reply marked ${MARKS.ok} adheres; it violates, with severity "minor", only where it conflicts with the clause's words.`;

export interface BriefSettings {
  /** An example of the spec whose marked replies and notes must stand nowhere in the brief. */
  without?: Example;
}

/** The brief of one clause as Markdown. The clause must be one of the spec's. */
export function clauseBrief(spec: Spec, clauseId: string, { without }: BriefSettings = {}): string {
  const section = findSection(spec, clauseId);
  if (section === undefined) throw new Error(`the spec has no clause #${clauseId}`);
  const { text, commentary, references, examples } = clauseText(spec, section);
  const parts = [`# The clause\n\n${headLines(spec, section).join('\n')}\n\n${text}`];
  if (references.length > 0) {
    const lines = references.map(
      ({ id, title, level, firstSentence }) =>
        `- ${title} (#${id}${level === null ? '' : `, ${level}`}): ${firstSentence}`,
    );
    parts.push(`# What it refers to\n\nFor context; you don't judge these.\n\n${lines.join('\n')}`);
  }
  if (commentary.length > 0) {
    parts.push(
      `# Commentary\n\nExplains the clause and directs nothing by itself.\n\n${commentary.join('\n\n')}`,
    );
  }
  if (without === undefined) return withExamples(spec, fit(parts, BRIEF_TOKENS), examples);
  const withheld = withhold(spec, without);
  const brief = fit(parts.map(withheld.redact), BRIEF_TOKENS);
  return withExamples(spec, brief, examples.filter(withheld.allows));
}

/** What stands above a clause's words: its name, its kind, its level, and whose instructions count. */
function headLines(spec: Spec, section: Section): string[] {
  const { id, title, level, override } = section;
  const authority = authorityOf(spec);
  const levels = spec.levels.map(({ name }) => name).join(' > ');
  // A clause may say nothing of who changes it.
  const changers = override?.how === 'never' ? ['nobody'] : (override?.by ?? []);
  return [
    `id: ${id}`,
    `title: ${title}`,
    `kind: ${kindLine(section, authority)}`,
    `level of authority: ${level ?? 'none given'}${levels === '' ? '' : ` (levels of this spec, highest first: ${levels})`}`,
    ...(changers.length === 0 ? [] : [`who may change it: ${changers.join(', ')}`]),
    `who speaks: ${speakersLine(spec, authority)}`,
  ];
}

/** What kind of clause it is and how such a clause is judged. */
function kindLine({ kind, level, override }: Section, authority: Authority): string {
  const held = levelNamed(authority, level);
  switch (kind) {
    case 'objective':
      return 'an objective, a broad aim. Judge whether the reply serves the aim or works against it; it need not do all that might serve it.';
    case 'rule': {
      // A level below the top that messages speak with is fixed for the speakers below it only.
      const isSpoken = held?.override === 'explicit' && override?.how !== 'never';
      const save = isSpoken ? `, or a message of level ${held.name} changes it` : '';
      return `a rule. It holds whatever the messages ask, save where its own words let it give way${save}.`;
    }
    case 'default': {
      const plain =
        held?.override === 'implicit' ? ', also one that only the context makes plain' : '';
      return `a default. It holds until an entitled instruction changes it, and then gives way to it${plain}.`;
    }
    case 'definition':
      return 'a definition. Judge whether the reply takes the words as they are defined here.';
    default:
      return 'none given. Its words say whether it gives way.';
  }
}

/**
 * Which messages speak with which of the spec's own levels, and what that entitles them to. A role whose level
 * the spec does not have is not mentioned: the spec ranks no such speaker.
 */
function speakersLine(spec: Spec, { roles }: Authority): string {
  const own = new Set(spec.levels.map(({ name }) => name));
  const speaking = ['system', 'developer', 'user'].flatMap((role) => {
    const level = roles[role];
    return typeof level === 'string' && own.has(level)
      ? [`${role} messages with level ${level}`]
      : [];
  });
  const silent =
    'Assistant and tool messages, and text that a message only quotes, entitle to nothing.';
  if (speaking.length === 0) {
    return `the levels rank no speakers; the clause says whose instructions count. ${silent}`;
  }
  return `${speaking.join(', ')}. An instruction is entitled to change what stands at its own level or lower, as far as the kind allows; of two that conflict the higher one counts. ${silent}`;
}

/** As many of the parts as fit, the first one always, cut where it alone is too long. */
function fit(parts: string[], limit: number): string {
  let brief = cut(at(parts, 0), limit);
  for (const part of parts.slice(1)) {
    const room = limit - estimateTokens(brief);
    if (room < 200) return `${brief}\n\n(Context was left out for length.)`;
    brief += `\n\n${cut(part, room)}`;
  }
  return brief;
}

function cut(text: string, limit: number): string {
  if (estimateTokens(text) <= limit) return text;
  let end = text.length;
  while (estimateTokens(text.slice(0, end)) > limit) end = Math.floor(end * 0.9);
  const paragraph = text.lastIndexOf('\n', end);
  return `${text.slice(0, paragraph > end / 2 ? paragraph : end)}\n\n(The rest was left out for length.)`;
}

function withExamples(spec: Spec, brief: string, examples: readonly Example[]): string {
  let room = BRIEF_TOKENS - estimateTokens(brief);
  const shown: string[] = [];
  let left = 0;
  for (const example of examples) {
    const text = exampleText(spec, example);
    const size = text === '' ? 0 : estimateTokens(text) + 2;
    if (size === 0) continue;
    if (size > room) {
      left++;
      continue;
    }
    room -= size;
    shown.push(text);
  }
  if (shown.length === 0 && left === 0) return brief;
  if (left > 0) shown.push(`(${left}${shown.length === 0 ? '' : ' more'} left out for length.)`);
  return `${brief}\n\n# Examples from the spec\n\n${ABOUT_EXAMPLES}\n\n${shown.join('\n\n')}`;
}

function exampleText(spec: Spec, example: Example): string {
  if (!example.turns.some(({ type }) => type === 'comparison')) return '';
  const lines = [`Example: ${titlesResolved(example.title, spec)}`];
  for (const turn of example.turns) {
    if (turn.type === 'message') lines.push(`${turn.role}: ${turn.content}`);
    else lines.push(...comparisonLines(spec, turn));
  }
  return lines.join('\n');
}

function comparisonLines(spec: Spec, { replies }: Comparison): string[] {
  return replies.map(({ mark, note, content }) => {
    const why = note === null ? '' : ` — ${titlesResolved(note, spec)}`;
    return `reply marked ${mark === null ? 'by nobody' : MARKS[mark]}${why}: ${content}`;
  });
}
