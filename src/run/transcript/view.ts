/**
 * @module run/transcript/view
 * A transcript as one of its readers sees it. All that anybody is shown of a transcript goes through here.
 */
import {
  type BranchId,
  finishOf,
  type TranscriptEvent,
  type TranscriptLog,
  type TranscriptMessage,
} from '../../ledger/transcript.ts';
import type { Tool, ToolCall } from '../../model/types.ts';

/** Whoever reads a transcript. */
export type Reader = 'subject' | 'auditor' | 'judge' | 'world';

/** What was said, with the calls of tools. */
export interface Transcript {
  messages: TranscriptMessage[];
  /** How the subject's last turn ended: `length` where a limit cut it short; null where it gave none. */
  finish: string | null;
}

/** What is there to be read. */
export interface View extends Transcript {
  /** What can be called at the end of it. */
  tools: Tool[];
}

/**
 * A branch of a transcript as a reader sees it: what was said in it, and before it in those that it comes from. What a
 * judge says on the way is not shown to the subject.
 *
 * @param branch the one in which the last event happened unless said
 */
export function view(
  transcript: TranscriptLog,
  { reader, branch = transcript.at(-1)?.branch ?? FIRST }: { reader: Reader; branch?: BranchId },
): View {
  const messages = new Map<string, TranscriptMessage>();
  const tools = new Map<string, Tool>();
  const events = eventsOf(transcript, branch);
  for (const event of events) {
    const { id, actor: source } = event;
    switch (event.type) {
      case 'system':
        messages.set(id, { id, role: 'system', content: event.text, source });
        break;
      case 'message': {
        const { message, role, content, name, recipient } = event;
        messages.set(message, { id: message, role, content, name, recipient, source });
        break;
      }
      case 'tool-call': {
        const caller = messages.get(event.message);
        if (caller === undefined) throw new RangeError(`there is no message ${event.message}`);
        const call = { id: event.callId, name: event.name, arguments: event.arguments };
        caller.toolCalls = [...callsOf(caller), call];
        break;
      }
      case 'tool-result':
        messages.set(id, { id, role: 'tool', content: event.error ?? event.content, source });
        break;
      case 'tools':
        // Either may be left out:
        for (const name of event.remove ?? []) tools.delete(name);
        // what is not said changes nothing.
        for (const tool of event.add ?? []) tools.set(tool.name, tool);
        break;
      // What happened without being said is shown to nobody who takes part, nor judged.
      case 'state':
      case 'model-call':
      case 'branch':
      case 'note':
      case 'limit':
      case 'error':
      case 'end':
        break;
    }
  }
  const shown = [...messages.values()];
  return {
    messages: reader === 'subject' ? shown.filter(({ source }) => source !== 'judge') : shown,
    tools: [...tools.values()],
    finish: finishOf(events),
  };
}

/** The calls of tools in a message. */
export function callsOf({ toolCalls }: Pick<TranscriptMessage, 'toolCalls'>): readonly ToolCall[] {
  // A message that calls nothing has no list.
  return toolCalls ?? [];
}

const FIRST: BranchId = 'b1';

/** The events of a branch, after those of the branches that it comes from, up to where it left them. */
function eventsOf(transcript: TranscriptLog, branch: BranchId): TranscriptEvent[] {
  const start = transcript.find((event) => event.type === 'branch' && event.branch === branch);
  const own = transcript.filter((event) => event.branch === branch);
  if (start?.type !== 'branch') return own;
  const from = transcript.findIndex(({ id }) => id === start.from);
  const origin = transcript[from];
  if (origin === undefined) throw new RangeError(`there is no event ${start.from}`);
  return [...eventsOf(transcript.slice(0, from + 1), origin.branch), ...own];
}
