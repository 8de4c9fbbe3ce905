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
import type { Scenario } from './scenario.ts';
import { type Exclusion, type Suite, suiteOf } from './suite.ts';

/** All scenarios that a spec holds, in document order: examples of a clause first, then its eval prompts. */
export function drawSuite(spec: Spec): Suite {
  const scenarios: Scenario[] = [];
  const excluded: Exclusion[] = [];
  const take = (one: Drawn): void => {
    if ('reason' in one) excluded.push(one);
    else scenarios.push(one);
  };
  const evalFiles = new Map(spec.evalFiles.map((file) => [file.tag, file]));
  for (const section of spec.sections) {
    for (const example of examplesOf(section)) {
      drawExample(section, example).forEach(take);
    }
    for (const tag of evalTagsOf(section)) {
      // A clause may name prompts that are not there, or that an earlier one has named.
      for (const prompt of evalFiles.get(tag)?.prompts ?? []) {
        take(drawPrompt(section, tag, prompt));
      }
      evalFiles.delete(tag);
    }
  }
  for (const [tag, file] of evalFiles) {
    for (const prompt of file.prompts) {
      const { line } = prompt.span.start;
      excluded.push({ reason: 'no_clause', id: `${tag}:${prompt.ordinal}`, clause: null, line });
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

function drawExample(section: Section, example: Example): Drawn[] {
  const reference = `${section.id}#${example.ordinal}`;
  return comparisonsOf(example).map((comparison, index) => {
    const id = exampleScenarioId(example, index);
    const { line } = comparison.span.start;
    if (!section.isClause) return { reason: 'no_clause', id, clause: section.id, line };
    const source = { kind: 'example' as const, reference, line };
    return drawn(
      section,
      example,
      { id, cluster: reference, source },
      messagesBefore(example, comparison),
    );
  });
}

function drawPrompt(section: Section, tag: string, prompt: Example): Drawn {
  const { line } = prompt.span.start;
  const source = { kind: 'eval' as const, reference: tag, line };
  const about = { id: `${tag}:${prompt.ordinal}`, cluster: `^${tag}`, source };
  return drawn(
    section,
    prompt,
    about,
    prompt.turns.filter((turn) => turn.type === 'message'),
  );
}

/** The scenario that a history opens, or why it can be put to nobody. */
function drawn(
  section: Section,
  example: Example,
  about: Pick<Scenario, 'id' | 'cluster' | 'source'>,
  history: readonly ExampleMessage[],
): Drawn {
  const left = { id: about.id, clause: section.id, line: about.source.line };
  if (isElided(example, history)) return { reason: 'elided', ...left };
  if (isSilent(history)) return { reason: 'no_messages', ...left };
  const maxTokens = Number(example.settings.max_tokens);
  const { id, ...origin } = about;
  return {
    id,
    title: example.title,
    clauses: [section.id],
    ...origin,
    messages: conversationOf(history, example.settings),
    ...(Number.isInteger(maxTokens) && maxTokens > 0 ? { maxTokens } : {}),
  };
}

function isElided(example: Example, history: readonly ExampleMessage[]): boolean {
  return example.elided || history.some(({ elided }) => elided);
}

/** Messages without words are put to nobody. */
function isSilent(history: readonly ExampleMessage[]): boolean {
  return history.every(({ content }) => content === '');
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
