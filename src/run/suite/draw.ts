/**
 * @module run/suite/draw
 * Draws scenarios from a spec: from its examples, the conversation up to the reply that was marked; from its
 * eval-prompt files, every prompt.
 */
import type { Message } from '../../model/types.ts';
import {
  comparisonsOf,
  type Example,
  type ExampleMessage,
  examplesOf,
  type MarkedReply,
  messagesBefore,
  type Section,
  type Spec,
  withUntrustedMarked,
} from '../../spec/index.ts';
import { walkInlines } from '../../spec/walk.ts';
import { type Exclusion, type Scenario, type Suite, suiteOf } from './scenario.ts';

/** All scenarios that a spec holds, in document order: examples of a clause first, then its eval prompts. */
export function drawSuite(spec: Spec): Suite {
  const scenarios: Scenario[] = [];
  const excluded: Exclusion[] = [];
  const take = (drawn: Drawn): void => {
    if ('reason' in drawn) excluded.push(drawn);
    else scenarios.push(drawn);
  };
  const evalFiles = new Map(spec.evalFiles.map((file) => [file.tag, file]));
  for (const section of spec.sections) {
    for (const example of examplesOf(section)) {
      for (const drawn of drawExample(section, example)) take(drawn);
    }
    for (const tag of evalTagsOf(section)) {
      for (const prompt of evalFiles.get(tag)?.prompts ?? []) {
        take(drawPrompt(section, tag, prompt));
      }
      evalFiles.delete(tag);
    }
  }
  for (const [tag, file] of evalFiles) {
    for (const prompt of file.prompts) {
      excluded.push({
        reason: 'no_clause',
        id: `${tag}:${prompt.ordinal}`,
        clause: null,
        line: prompt.span.start.line,
      });
    }
  }
  return suiteOf(scenarios, excluded);
}

/** The marked replies to each scenario that was drawn from an example, by scenario id. */
export function markedReplies(spec: Spec): Map<string, MarkedReply[]> {
  const marked = new Map<string, MarkedReply[]>();
  for (const section of spec.sections) {
    for (const example of examplesOf(section)) {
      for (const [index, { replies }] of comparisonsOf(example).entries()) {
        marked.set(exampleScenarioId(example, index), replies);
      }
    }
  }
  return marked;
}

type Drawn = Scenario | Exclusion;

function exampleScenarioId(example: Example, comparison: number): string {
  const base = `${example.section}#${example.ordinal}`;
  return comparison === 0 ? base : `${base}.${comparison + 1}`;
}

function* drawExample(section: Section, example: Example): IterableIterator<Drawn> {
  const reference = `${section.id}#${example.ordinal}`;
  for (const [index, comparison] of comparisonsOf(example).entries()) {
    const history = messagesBefore(example, comparison);
    const id = exampleScenarioId(example, index);
    const { line } = comparison.span.start;
    if (!section.isClause) yield { reason: 'no_clause', id, clause: section.id, line };
    else if (isElided(example, history)) yield { reason: 'elided', id, clause: section.id, line };
    else if (isSilent(history)) yield { reason: 'no_messages', id, clause: section.id, line };
    else {
      yield scenarioOf(
        {
          id,
          title: example.title,
          clauses: [section.id],
          cluster: reference,
          source: { kind: 'example', reference, line },
        },
        history,
        example.settings,
      );
    }
  }
}

function drawPrompt(section: Section, tag: string, prompt: Example): Drawn {
  const id = `${tag}:${prompt.ordinal}`;
  const { line } = prompt.span.start;
  const history = prompt.turns.filter((turn) => turn.type === 'message');
  if (isElided(prompt, history)) return { reason: 'elided', id, clause: section.id, line };
  if (isSilent(history)) return { reason: 'no_messages', id, clause: section.id, line };
  return scenarioOf(
    {
      id,
      title: prompt.title,
      clauses: [section.id],
      cluster: `^${tag}`,
      source: { kind: 'eval', reference: tag, line },
    },
    history,
    prompt.settings,
  );
}

function isElided(example: Example, history: readonly ExampleMessage[]): boolean {
  return example.elided || history.some(({ elided }) => elided);
}

/** Messages without words are put to nobody. */
function isSilent(history: readonly ExampleMessage[]): boolean {
  return history.every(({ content }) => content === '');
}

function scenarioOf(
  about: Omit<Scenario, 'messages' | 'maxTokens'>,
  history: readonly ExampleMessage[],
  settings: Record<string, string>,
): Scenario {
  const maxTokens = Number(settings.max_tokens);
  return {
    ...about,
    messages: conversationOf(history, settings),
    ...(Number.isInteger(maxTokens) && maxTokens > 0 ? { maxTokens } : {}),
  };
}

/** The messages of an example as models are put them: those without words left out, its settings before them. */
export function conversationOf(
  history: readonly ExampleMessage[],
  settings: Record<string, string>,
): Message[] {
  const messages = history.map(messageOf).filter(({ content }) => content !== '');
  const { max_tokens: _, ...spoken } = settings;
  const lines = Object.entries(spoken).map(([key, value]) => `${key}: ${value}`);
  if (lines.length > 0) {
    // Settings reach a model in words: no provider has a field for them.
    messages.unshift({ role: 'system', content: `Settings:\n${lines.join('\n')}` });
  }
  return messages;
}

function messageOf(turn: ExampleMessage): Message {
  const message: Message = { role: turn.role, content: withUntrustedMarked(turn) };
  const { name, recipient } = turn.attributes;
  if (name !== undefined) message.name = name;
  if (recipient !== undefined) message.recipient = recipient;
  return message;
}

/** The eval tags of a section, in order, wherever in its text they stand. */
function evalTagsOf(section: Section): string[] {
  return walkInlines(section.blocks).flatMap((inline) =>
    inline.type === 'eval-tag' ? [inline.tag] : [],
  );
}
