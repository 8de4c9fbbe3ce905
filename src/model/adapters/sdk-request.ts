/**
 * @module model/adapters/sdk-request
 * A request in the words of the AI SDK's provider interface.
 */

import type { createAnthropic } from '@ai-sdk/anthropic';
import { withoutUndefined } from '../json.ts';
import type { Transcript } from '../roles.ts';
import type { PlacedMessage } from '../tool-calls.ts';
import type { Parameters as ModelParameters, ModelRequest, Tool } from '../types.ts';

/** A model of any of the SDK's providers; they share one interface. */
export type LanguageModel = ReturnType<ReturnType<typeof createAnthropic>>;
export type CallOptions = Parameters<LanguageModel['doGenerate']>[0];
export type CallResult = Awaited<ReturnType<LanguageModel['doGenerate']>>;
type Prompt = CallOptions['prompt'];
type JsonSchema = Extract<
  NonNullable<CallOptions['tools']>[number],
  { type: 'function' }
>['inputSchema'];

/** A parameter that must be found in the body that goes out, in one of these spellings. */
export interface Omission {
  what: string;
  marks: string[];
}

/**
 * What to look for in a body before it is sent. The marks cannot be found within a message's text:
 * JSON escapes the quotation marks there.
 *
 * @param parameters What is asked for.
 */
export function omissionsOf(parameters: ModelParameters): Omission[] {
  const { temperature, topP, stop } = parameters;
  const besides = temperature === undefined ? '' : ' together with a temperature';
  return [
    temperature !== undefined && {
      what: `a temperature of ${temperature}`,
      marks: [`"temperature":${temperature}`],
    },
    topP !== undefined && {
      what: `a top_p of ${topP}${besides}`,
      marks: [`"top_p":${topP}`, `"topP":${topP}`],
    },
    stop !== undefined && {
      what: 'stop sequences',
      marks: ['"stop_sequences":', '"stopSequences":', '"stop":'],
    },
  ].filter((omission) => omission !== false);
}

/**
 * The options of one call.
 *
 * @param conversation Messages and tools, placed.
 * @param parameters What is asked for.
 * @param schema Of the reply.
 */
export function writeOptions(
  conversation: Transcript,
  parameters: ModelParameters,
  schema: ModelRequest['schema'],
): CallOptions {
  return withoutUndefined({
    prompt: writePrompt(conversation.messages),
    maxOutputTokens: parameters.maxTokens,
    temperature: parameters.temperature,
    topP: parameters.topP,
    seed: parameters.seed,
    stopSequences: parameters.stop,
    tools: conversation.tools.length === 0 ? undefined : conversation.tools.map(writeTool),
    responseFormat: schema && {
      type: 'json',
      name: schema.name,
      schema: schema.schema as JsonSchema,
    },
  });
}

function writeTool(tool: Tool): NonNullable<CallOptions['tools']>[number] {
  return {
    type: 'function',
    name: tool.name,
    description: tool.description,
    inputSchema: tool.parameters as JsonSchema,
  };
}

function writePrompt(messages: readonly PlacedMessage[]): Prompt {
  const prompt: Prompt = [];
  for (const message of messages) {
    switch (message.role) {
      case 'system':
      case 'developer':
        prompt.push({ role: 'system', content: message.content });
        break;
      case 'user':
        prompt.push({ role: 'user', content: [{ type: 'text', text: message.content }] });
        break;
      case 'assistant':
        prompt.push({ role: 'assistant', content: writeAssistant(message) });
        break;
      case 'tool':
        addResult(prompt, message);
    }
  }
  return prompt;
}

type AssistantContent = Extract<Prompt[number], { role: 'assistant' }>['content'];

function writeAssistant(message: PlacedMessage & { role: 'assistant' }): AssistantContent {
  const content: AssistantContent = [];
  if (message.content !== '') content.push({ type: 'text', text: message.content });
  for (const call of message.toolCalls ?? []) {
    content.push({
      type: 'tool-call',
      toolCallId: call.id,
      toolName: call.name,
      input: JSON.parse(call.arguments),
    });
  }
  return content;
}

/** The results of calls made side by side belong into one message, or the protocols refuse them. */
function addResult(prompt: Prompt, message: PlacedMessage & { role: 'tool' }): void {
  const result = {
    type: 'tool-result' as const,
    toolCallId: message.toolCallId,
    toolName: message.name,
    output: { type: 'text' as const, value: message.content },
  };
  const last = prompt.at(-1);
  if (last?.role === 'tool') last.content.push(result);
  else prompt.push({ role: 'tool', content: [result] });
}
