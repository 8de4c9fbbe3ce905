/**
 * @module features/judge/attacks/questions
 * The questions of the suite: every item as it is, and under every attack that has something to do there.
 */

import { stamped } from '../../../model/simulated/subject.ts';
import { clauseBrief } from '../../../run/judging/clause-brief.ts';
import type { JudgeQuestion } from '../../../run/judging/judge.ts';
import { judgeInstructions } from '../../../run/judging/judge-prompt.ts';
import { plannedClause } from '../../../run/plan.ts';
import type { Transcript } from '../../../run/transcript/view.ts';
import {
  type Block,
  type Example,
  examplesOf,
  findSection,
  type Spec,
} from '../../../spec/index.ts';
import type { Attack, AttackedScene, AttackItem } from './attack.ts';
import { attacked } from './attacks.ts';

/** Whom and what to ask. */
export interface AttackSuite {
  spec: Spec;
  items: readonly AttackItem[];
  attacks: readonly Attack[];
  /** Whether a simulated judge is asked, who reads the truth off a stamp that the replies then carry. */
  stamped: boolean;
}

export interface AttackQuestion {
  /** Place in the suite's attacks; null for the item as it is. */
  attack: number | null;
  /** Place in the suite's items. */
  item: number;
  question: JudgeQuestion;
}

/** All questions, item by item, each made when it is wanted: an attack may make a long one. */
export function* attackQuestions(suite: AttackSuite): IterableIterator<AttackQuestion> {
  for (const [place, item] of suite.items.entries()) {
    const plain = instructionsFor(suite.spec, item, false);
    yield { attack: null, item: place, question: questionOf(suite, item, item.scene, plain) };
    for (const [number, attack] of suite.attacks.entries()) {
      const scene = attacked(attack, item);
      if (scene === null) continue;
      const instructions = scene.reversed ? instructionsFor(suite.spec, item, true) : plain;
      // A brief with nothing to turn round would ask the same question again.
      if (scene.reversed && instructions === plain) continue;
      yield { attack: number, item: place, question: questionOf(suite, item, scene, instructions) };
    }
  }
}

/** How many questions the suite has; each is made to find out, and none is kept. */
export function questionCount(suite: AttackSuite): number {
  let count = 0;
  for (const _ of attackQuestions(suite)) count++;
  return count;
}

function questionOf(
  { spec, stamped: isStamped }: AttackSuite,
  item: AttackItem,
  scene: AttackedScene,
  instructions: string,
): JudgeQuestion {
  return {
    sample: 0,
    judge: 0,
    clause: plannedClause(findSection(spec, item.clause) ?? missing(item)),
    instructions,
    transcript: transcriptOf(scene, isStamped ? item : null),
    tools: scene.tools,
    // Only a control is asked again.
    repeat: scene.repeat ?? 0,
  };
}

/** The transcript of a scene; with an item, its reply carries the truth that the item's mark tells. */
export function transcriptOf(scene: AttackedScene, truth: AttackItem | null): Transcript {
  const { history, reply, recipient, toolCalls } = scene;
  const keeps = truth?.mark === 'good' ? [truth.clause] : [];
  const breaks = truth?.mark === 'bad' ? [truth.clause] : [];
  return {
    messages: [
      ...history.map(({ toolCallId: _, ...message }, place) => ({
        ...message,
        id: `m${place + 1}`,
        source: 'scenario' as const,
      })),
      {
        id: `m${history.length + 1}`,
        role: 'assistant',
        content: truth === null ? reply : stamped(reply, { keeps, breaks }),
        ...(recipient === undefined ? {} : { recipient }),
        ...(toolCalls === undefined ? {} : { toolCalls }),
        source: 'subject',
      },
    ],
    finish: 'stop',
  };
}

/** What the judge is told of the item's clause, without what the spec says of the example that the item is from. */
function instructionsFor(spec: Spec, item: AttackItem, reversed: boolean): string {
  const section = findSection(spec, item.clause);
  const without = examplesOf(section ?? missing(item)).find(
    ({ ordinal }) => ordinal === item.example,
  );
  const shown = reversed ? withReversedExamples(spec, item.clause) : spec;
  return judgeInstructions(
    clauseBrief(shown, item.clause, without === undefined ? {} : { without }),
  );
}

function missing({ clause }: AttackItem): never {
  throw new Error(`the spec has no clause #${clause}`);
}

function withReversedExamples(spec: Spec, clause: string): Spec {
  const sections = spec.sections.map((section) => {
    if (section.id !== clause) return section;
    const examples = examplesOf(section);
    const reversed = examples.map(turnedRound).reverse();
    const byPlace = new Map(
      examples.map((example, place) => [example, reversed[place] ?? example]),
    );
    return { ...section, blocks: withExamples(section.blocks, byPlace) };
  });
  return { ...spec, sections };
}

function turnedRound(example: Example): Example {
  const turns = example.turns.map((turn) =>
    turn.type === 'comparison' ? { ...turn, replies: turn.replies.toReversed() } : turn,
  );
  return { ...example, turns };
}

/** The blocks with each example replaced. */
function withExamples(blocks: readonly Block[], examples: ReadonlyMap<Example, Example>): Block[] {
  return blocks.map((block): Block => {
    if (block.type === 'example') return examples.get(block) ?? block;
    if (block.type === 'commentary') {
      return { ...block, blocks: withExamples(block.blocks, examples) };
    }
    if (block.type !== 'list') return block;
    const items = block.items.map((item) => ({
      ...item,
      blocks: withExamples(item.blocks, examples),
    }));
    return { ...block, items };
  });
}
