/** @module features/spec/lint/rules/leakage Which examples and eval prompts ask the same. */
import { addUnder, itemsUnder, putUnder } from '../../../../spec/groups.ts';
import type { Example } from '../../../../spec/types.ts';
import type { LintContext } from '../context.ts';
import { remark } from '../messages.ts';
import type { Found } from '../rule.ts';
import { normalised } from '../words.ts';

const SHINGLE = 5;
/** Shorter prompts ("hello", "thanks a lot") are alike by nature. */
const FEWEST_WORDS = 8;
const ALIKE = 0.6;
/** Runs of words that stand in many examples tell nothing about any of them. */
const MOST_OWNERS = 20;

/** Examples whose last question is that of an eval prompt, or nearly. */
export function* leakedPrompts({ spec, sections }: LintContext): Generator<Found> {
  const prompts = spec.evalFiles.flatMap(({ tag, prompts: own }) =>
    own.map((prompt) => ({ tag, shingles: shinglesOf(questionOf(prompt)) })),
  );
  const byShingle = new Map<string, typeof prompts>();
  for (const prompt of prompts) {
    for (const shingle of prompt.shingles) {
      const { length: owners } = itemsUnder(byShingle, shingle);
      if (owners < MOST_OWNERS) putUnder(byShingle, shingle, prompt);
    }
  }
  if (byShingle.size === 0) return;
  for (const { examples } of sections) {
    for (const example of examples) {
      const shared = new Map<(typeof prompts)[number], number>();
      const own = shinglesOf(questionOf(example));
      for (const shingle of own) {
        for (const prompt of itemsUnder(byShingle, shingle)) addUnder(shared, prompt);
      }
      for (const [prompt, common] of shared) {
        const all = own.size + prompt.shingles.size - common;
        if (common / all < ALIKE) continue;
        const said = remark('S035', 'prompt-given-away', { tag: prompt.tag });
        yield { span: titleLine(example), ...said };
        break;
      }
    }
  }
}

function titleLine({ span }: Example): Found['span'] {
  return { start: span.start, end: span.start };
}

/** What the last user says. */
function questionOf(example: Example): string {
  const messages = example.turns.filter((turn) => turn.type === 'message');
  // Where no user speaks, nothing is asked.
  return messages.findLast(({ role }) => role === 'user')?.content.slice(0, 5000) ?? '';
}

function shinglesOf(text: string): Set<string> {
  const words = normalised(text).split(' ');
  const shingles = new Set<string>();
  if (words.length < FEWEST_WORDS) return shingles;
  for (let at = 0; at + SHINGLE <= words.length; at++) {
    shingles.add(words.slice(at, at + SHINGLE).join(' '));
  }
  return shingles;
}
