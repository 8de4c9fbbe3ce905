/**
 * @module audit/clause-brief
 * What a judge is told of a clause: its words, its level among the levels, what it refers to, its commentary
 * marked as commentary, its examples. Never the whole spec: a few thousand tokens at most, and what was left
 * out is said.
 */
import { estimateTokens } from '../model/prices.ts';
import {
  type Comparison,
  clauseText,
  type Example,
  findSection,
  type Spec,
  titlesResolved,
} from '../spec/index.ts';

/** Tokens for all of a brief, and for its examples where the rest leaves room. */
const BRIEF_TOKENS = 3_600;

const MARKS = { good: 'GOOD (complies)', ok: 'OK (minor issues)', bad: 'BAD (violates)' } as const;

/** The brief of one clause as Markdown. The clause must be one of the spec's. */
export function clauseBrief(spec: Spec, clauseId: string): string {
  const section = findSection(spec, clauseId);
  if (section === undefined) throw new Error(`the spec has no clause #${clauseId}`);
  const { text, commentary, references, examples } = clauseText(spec, section);
  const levels = spec.levels.map(({ name }) => name).join(' > ');
  const parts = [
    `# The clause\n\nid: ${section.id}\ntitle: ${section.title}\nlevel of authority: ${section.level ?? 'none given'}${levels === '' ? '' : ` (levels of this spec, highest first: ${levels})`}\n\n${text}`,
  ];
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
  const brief = fit(parts, BRIEF_TOKENS);
  return withExamples(spec, brief, examples);
}

/** As many of the parts as fit, the first one always, cut where it alone is too long. */
function fit(parts: string[], limit: number): string {
  let brief = cut(parts[0] ?? '', limit);
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
  if (shown.length === 0) return brief;
  const rest = left === 0 ? '' : `\n\n(${left} more left out for length.)`;
  return `${brief}\n\n# Examples from the spec\n\nReplies that its authors marked.\n\n${shown.join('\n\n')}${rest}`;
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
