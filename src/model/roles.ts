/**
 * @module model/roles
 * What becomes of a role that a provider has no place for. A conversation is only ever sent as
 * another one where both say the same; else the outcome is `unsupported`, and is counted as that.
 */

import { linkTools, type PlacedMessage } from './tool-calls.ts';
import type { Message, Tool } from './types.ts';

/** Messages and tools, placed. */
export interface Transcript {
  messages: PlacedMessage[];
  tools: readonly Tool[];
}

export type Placed = Transcript | { unsupported: string };

/** What one protocol does with roles. Data, so that the documentation can print it. */
export interface RoleRule {
  /** Providers that this rule is for. */
  providers: readonly string[];
  /** How the protocol is called in a message to the user. */
  called: string;
  developer: 'kept' | 'as system';
  /** Where system and developer texts may stand. */
  instructions: 'anywhere' | 'first, joined into one';
  /** Who may speak first, instructions aside. */
  opens: 'anyone' | 'user';
  /** Can instructions stand alone, without a conversation? */
  instructionsAlone: 'accepted' | 'unsupported';
  /** A history that ends with the assistant. */
  endsWithAssistant: 'accepted' | 'unsupported';
  /** Several messages of one role in a row. */
  sameRoleInARow: 'kept' | 'merged';
  userAfterTool: 'accepted' | 'unsupported';
  emptyMessages: 'kept' | 'unsupported';
  /** Must tools that the history uses be declared, also where the request offers none? */
  usedTools: 'need no declaration' | 'are declared';
  /** Which ids a tool call may have; others are renumbered. */
  callIds: RegExp;
}

/** What those share that speak OpenAI's protocol. */
const LIKE_OPENAI = {
  opens: 'anyone',
  instructionsAlone: 'accepted',
  sameRoleInARow: 'kept',
  userAfterTool: 'accepted',
  emptyMessages: 'kept',
  usedTools: 'need no declaration',
  callIds: /^.{1,64}$/s,
} as const;

/** What those share in whose protocol user and assistant take turns. */
const BY_TURNS = {
  developer: 'as system',
  instructions: 'first, joined into one',
  opens: 'user',
  instructionsAlone: 'unsupported',
  // Anthropic's older models go on with the text (a prefill), newer ones refuse it.
  endsWithAssistant: 'unsupported',
  sameRoleInARow: 'merged',
  userAfterTool: 'accepted',
  emptyMessages: 'unsupported',
  usedTools: 'need no declaration',
} as const;

/** The rules, by protocol. */
export const roleRules: readonly RoleRule[] = [
  {
    ...LIKE_OPENAI,
    providers: ['openai'],
    called: 'OpenAI',
    developer: 'kept',
    instructions: 'anywhere',
    // The model then speaks once more; it does not go on with its own text.
    endsWithAssistant: 'accepted',
  },
  {
    ...LIKE_OPENAI,
    providers: ['compatible', 'ollama', 'vllm'],
    called: 'an OpenAI-compatible server',
    // Chat templates drop or refuse roles and places that they do not know, often in silence.
    developer: 'as system',
    instructions: 'first, joined into one',
    // Some servers begin a new message, others go on with the last: two different questions.
    endsWithAssistant: 'unsupported',
  },
  {
    ...BY_TURNS,
    providers: ['anthropic'],
    called: 'Anthropic',
    usedTools: 'are declared',
    callIds: /^[a-zA-Z0-9_-]{1,64}$/,
  },
  { ...BY_TURNS, providers: ['google'], called: 'Google', callIds: /^.{1,64}$/s },
  {
    ...BY_TURNS,
    providers: ['mistral'],
    called: 'Mistral',
    userAfterTool: 'unsupported',
    callIds: /^[a-zA-Z0-9]{9}$/,
  },
];

const ruleOf = new Map(
  roleRules.flatMap((rule) => rule.providers.map((provider) => [provider, rule] as const)),
);

/**
 * Puts a conversation into the roles that a provider has, or says why that cannot be done without
 * changing what is asked.
 *
 * @param provider A provider's name, as in `ModelName.provider`.
 * @param messages The conversation.
 * @param tools The tools that the request offers.
 */
export function placeMessages(
  provider: string,
  messages: readonly Message[],
  tools: readonly Tool[] = [],
): Placed {
  const rule = ruleOf.get(provider);
  if (!rule) return { unsupported: `no rule says which roles "${provider}" has.` };
  if (messages.length === 0) return { unsupported: 'there is no message to send.' };

  const linked = linkTools(messages, rule.callIds);
  if ('unsupported' in linked) return linked;
  const gathered = gatherInstructions(linked.messages, rule);
  if ('unsupported' in gathered) return gathered;
  const merged =
    rule.sameRoleInARow === 'merged' ? mergeSameRoles(gathered.messages) : gathered.messages;
  const fault = findFault(merged, rule);
  if (fault !== null) return { unsupported: fault };
  return {
    messages: merged,
    tools: rule.usedTools === 'are declared' ? declareUsed(merged, tools) : tools,
  };
}

interface Instruction {
  role: 'system' | 'developer';
  content: string;
}

function isInstruction(message: PlacedMessage): message is Instruction {
  return message.role === 'system' || message.role === 'developer';
}

function gatherInstructions(
  messages: PlacedMessage[],
  rule: RoleRule,
): { messages: PlacedMessage[] } | { unsupported: string } {
  if (rule.instructions === 'anywhere') return { messages };
  const leading: Instruction[] = [];
  const rest: PlacedMessage[] = [];
  for (const message of messages) {
    if (!isInstruction(message)) rest.push(message);
    else if (rest.length === 0) leading.push(message);
    else {
      const when = 'only before the conversation, and here one stands within it';
      return { unsupported: `${rule.called} takes ${message.role} messages ${when}.` };
    }
  }
  const content = joinInstructions(leading);
  return { messages: content === '' ? rest : [{ role: 'system', content }, ...rest] };
}

function joinInstructions(messages: readonly Instruction[]): string {
  const textOf = (role: string) =>
    messages
      .filter((message) => message.role === role && message.content.trim() !== '')
      .map((message) => message.content)
      .join('\n\n');
  const system = textOf('system');
  const developer = textOf('developer');
  // Headed, so that the model can tell the two authorities apart although they share one place.
  return system !== '' && developer !== ''
    ? `# System message\n\n${system}\n\n# Developer message\n\n${developer}`
    : system + developer;
}

function mergeSameRoles(messages: PlacedMessage[]): PlacedMessage[] {
  const merged: PlacedMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role === 'user' && message.role === 'user') {
      merged[merged.length - 1] = { role: 'user', content: join(last.content, message.content) };
    } else if (last?.role === 'assistant' && message.role === 'assistant') {
      const toolCalls = [...(last.toolCalls ?? []), ...(message.toolCalls ?? [])];
      merged[merged.length - 1] = {
        role: 'assistant',
        content: join(last.content, message.content),
        ...(toolCalls.length > 0 && { toolCalls }),
      };
    } else {
      merged.push(message);
    }
  }
  return merged;
}

function join(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first}\n\n${second}`;
}

function findFault(messages: PlacedMessage[], rule: RoleRule): string | null {
  const conversation = messages.filter((message) => !isInstruction(message));
  const first = conversation[0];
  if (!first) {
    return rule.instructionsAlone === 'accepted'
      ? null
      : `${rule.called} needs a message from the user, and here are only instructions.`;
  }
  if (rule.opens === 'user' && first.role !== 'user') {
    return `${rule.called} needs the user to speak first, and here the ${first.role} does.`;
  }
  if (rule.endsWithAssistant === 'unsupported' && conversation.at(-1)?.role === 'assistant') {
    return `the conversation ends with the assistant, and ${rule.called} would go on with that message or refuse it instead of answering.`;
  }
  for (const [index, message] of conversation.entries()) {
    if (rule.emptyMessages === 'unsupported' && isEmpty(message)) {
      return `${rule.called} takes no empty message, and message ${index + 1} of the conversation (${message.role}) is empty.`;
    }
    const next = conversation[index + 1];
    if (rule.userAfterTool === 'unsupported' && message.role === 'tool' && next?.role === 'user') {
      return `${rule.called} takes no user message right after a tool's result.`;
    }
  }
  return null;
}

function isEmpty(message: PlacedMessage): boolean {
  if (message.role === 'tool' || message.content.trim() !== '') return false;
  return message.role !== 'assistant' || message.toolCalls === undefined;
}

function declareUsed(messages: readonly PlacedMessage[], tools: readonly Tool[]): readonly Tool[] {
  const declared = new Map(tools.map((tool) => [tool.name, tool]));
  for (const message of messages) {
    if (message.role !== 'assistant') continue;
    for (const { name } of message.toolCalls ?? []) {
      if (!declared.has(name)) {
        declared.set(name, { name, description: '', parameters: { type: 'object' } });
      }
    }
  }
  return declared.size === tools.length ? tools : [...declared.values()];
}
