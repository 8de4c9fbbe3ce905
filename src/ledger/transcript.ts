/**
 * @module ledger/transcript
 * What happened in one scenario with one subject: a list of events to which events are only added. It may have
 * branches, where a conversation was taken back, begun again or went on in two ways.
 */
import { withoutUndefined } from '../model/json.ts';
import type { Role, Tool, ToolCall, Usage } from '../model/types.ts';

/** How a sample ended. `replied` is the only one that has verdicts. */
export const SAMPLE_OUTCOMES = ['replied', 'refused', 'filtered', 'unsupported', 'failed'] as const;

export type SampleOutcome = (typeof SAMPLE_OUTCOMES)[number];

/** `e1`, `e2`, … in the order in which they happened. */
export type EventId = string;
/** `b1` is the branch that everything begins in. */
export type BranchId = string;
/** Of a message, over all branches: `m7`, `b2.m3`. */
export type MessageId = string;

/** Who did it. */
export type Actor = 'scenario' | 'subject' | 'auditor' | 'world' | 'judge';

/** What was said: `name` is that of whoever speaks, `recipient` whom it is for, where that was told. */
export interface MessageEvent {
  type: 'message';
  message: MessageId;
  role: Role;
  content: string;
  name?: string | undefined;
  recipient?: string | undefined;
  /** Leading characters that were put into the subject's mouth. */
  prefilled?: number;
}

/** An operation of JSON Patch (RFC 6902). */
export type PatchOperation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: unknown }
  | { op: 'remove'; path: string }
  | { op: 'move' | 'copy'; from: string; path: string };

/** What can happen. There are no times among it, so that a replay has the same bytes. */
export type Happening =
  | { type: 'system'; text: string }
  | { type: 'tools'; add?: Tool[]; remove?: string[] }
  | MessageEvent
  | { type: 'tool-call'; message: MessageId; callId: string; name: string; arguments: string }
  | {
      type: 'tool-result';
      callId: string;
      content: string;
      origin: 'code' | 'simulated' | 'recorded' | 'real';
      trust: 'trusted' | 'untrusted';
      error?: string;
    }
  | { type: 'state'; patch: PatchOperation[] }
  | {
      type: 'model-call';
      role: 'subject' | 'auditor' | 'world' | 'judge' | 'decider';
      usage: Usage;
      cost: number | null;
      /** How the model's turn ended, as its provider says; absent where it gave none. */
      finish?: string;
    }
  | { type: 'branch'; from: EventId; why: 'rollback' | 'restart' | 'fork' }
  | { type: 'note'; code: string; data: unknown }
  | { type: 'limit'; which: 'turns' | 'tokens' | 'cost' | 'time' | 'calls'; value: number }
  | { type: 'error'; code: string; message: string }
  | { type: 'end'; outcome: SampleOutcome; reason: string | null };

export type TranscriptEvent = {
  id: EventId;
  branch: BranchId;
  actor: Actor;
  /** Hash of the call that it came from. */
  call?: string;
} & Happening;

export type TranscriptLog = readonly TranscriptEvent[];

/** A message with its calls of tools, as one speaks and readers see it. */
export interface TranscriptMessage {
  id: MessageId;
  role: Role;
  content: string;
  name?: string | undefined;
  recipient?: string | undefined;
  toolCalls?: ToolCall[] | undefined;
  /** Who wrote it. */
  source: Actor;
}

/** How a conversation without branches came about and ended. */
export interface Ending {
  outcome: SampleOutcome;
  reason: string | null;
  /** Of the call that the subject's last message came from. */
  call?: string | undefined;
  usage: Usage;
  cost: number | null;
  finish: string | null;
}

/** The events of a conversation without branches: its messages, the subject's call, and how it ended. */
export function logOf(messages: readonly TranscriptMessage[], ending: Ending): TranscriptLog {
  const events: TranscriptEvent[] = [];
  const add = (actor: Actor, what: Happening): void => {
    const call = actor === 'subject' && ending.call !== undefined ? { call: ending.call } : {};
    events.push({ id: `e${events.length + 1}`, branch: 'b1', actor, ...call, ...what });
  };
  for (const { id, source, role, content, name, recipient, toolCalls = [] } of messages) {
    const said: Happening = { type: 'message', message: id, role, content };
    const isPlain = name === undefined && recipient === undefined;
    add(source, isPlain ? said : withoutUndefined({ ...said, name, recipient }));
    for (const { id: callId, ...called } of toolCalls) {
      add(source, { type: 'tool-call', message: id, callId, ...called });
    }
  }
  const { outcome, reason, usage, cost, finish } = ending;
  add('subject', {
    type: 'model-call',
    role: 'subject',
    usage,
    cost,
    ...(finish === null ? {} : { finish }),
  });
  add('scenario', { type: 'end', outcome, reason });
  return events;
}

/** How the subject's last turn ended; null where it gave none. */
export function finishOf(transcript: TranscriptLog): string | null {
  const last = transcript.findLast(
    (event) => event.type === 'model-call' && event.role === 'subject',
  );
  return (last?.type === 'model-call' ? last.finish : undefined) ?? null;
}
