/**
 * @module run/rollout
 * Puts one scenario to one subject and makes a transcript of it.
 */
import type { SampleRecord } from '../ledger/records.ts';
import { logOf, type TranscriptMessage } from '../ledger/transcript.ts';
import type { Caller, Stopped } from '../model/call.ts';
import type { Answer, Message, ModelRequest } from '../model/types.ts';
import type { Plan, PlannedSample, PlannedSubject } from './plan.ts';
import type { Scenario } from './suite/scenario.ts';

/** The messages that open a scenario for a subject: its system prompt stands first. */
export function openingMessages(scenario: Scenario, system: string | null): Message[] {
  if (system === null) return scenario.messages;
  return [{ role: 'system', content: system }, ...scenario.messages];
}

/** What the subject is asked in a sample. */
function subjectRequest(subject: PlannedSubject, sample: PlannedSample): ModelRequest {
  const { scenario, repeat } = sample;
  const parameters = { ...subject.parameters };
  if (scenario.maxTokens !== undefined) {
    parameters.maxTokens = Math.min(scenario.maxTokens, parameters.maxTokens ?? scenario.maxTokens);
  }
  // Providers that honour a seed would give the same reply to every repeat of it.
  if (parameters.seed !== undefined) parameters.seed += repeat;
  return {
    messages: openingMessages(scenario, subject.system),
    tools: scenario.tools,
    parameters,
    repeat,
  };
}

/** A sample before it is judged, or word that it was not asked. */
export type RolloutResult = { type: 'sample'; sample: SampleRecord } | Stopped;

/** Where a planned sample's transcript comes from. */
export type Rollout = (planned: PlannedSample, signal: AbortSignal) => Promise<RolloutResult>;

/** Rollouts that ask the plan's subjects; the callers come in the plan's order. */
export function askingRollout(plan: Plan, callers: readonly Caller[]): Rollout {
  return (planned, signal) => {
    const subject = plan.subjects[planned.subject];
    const caller = callers[planned.subject];
    if (subject === undefined || caller === undefined) {
      throw new RangeError(`the plan has no subject ${planned.subject}`);
    }
    return askSubject(caller, subject, planned, signal);
  };
}

/** Asks the subject and makes the transcript. Every answer there is becomes a sample with an outcome. */
async function askSubject(
  caller: Caller,
  subject: PlannedSubject,
  planned: PlannedSample,
  signal: AbortSignal,
): Promise<RolloutResult> {
  const request = subjectRequest(subject, planned);
  const result = await caller.call(request, signal);
  if (result.type === 'stopped') return result;
  const { answer, hash, cost } = result;
  const ended = outcomeOf(answer);
  const usage = answer.type === 'failure' ? { input: null, output: null } : answer.usage;
  const finish = answer.type === 'reply' ? answer.finish : null;
  return {
    type: 'sample',
    sample: {
      index: planned.index,
      scenario: planned.scenario.id,
      subject: planned.subject,
      repeat: planned.repeat,
      ...ended,
      transcript: logOf(messagesOf(request.messages, answer), {
        ...{ ...ended, call: hash, usage, cost, finish },
      }),
      usage,
      cost,
      calls: [hash],
    },
  };
}

function outcomeOf(answer: Answer): Pick<SampleRecord, 'outcome' | 'reason'> {
  switch (answer.type) {
    case 'reply':
      return { outcome: 'replied', reason: null };
    case 'failure':
      return { outcome: 'failed', reason: `${answer.kind}: ${answer.message}` };
    default:
      return { outcome: answer.type, reason: answer.reason };
  }
}

function messagesOf(opening: readonly Message[], answer: Answer): TranscriptMessage[] {
  const messages = opening.map((message, index): TranscriptMessage => {
    const { role, content, name, recipient, toolCalls } = message;
    return { id: `m${index + 1}`, role, content, name, recipient, toolCalls, source: 'scenario' };
  });
  if (answer.type !== 'reply') return messages;
  messages.push({
    id: `m${messages.length + 1}`,
    role: 'assistant',
    content: answer.text,
    toolCalls: answer.toolCalls,
    source: 'subject',
  });
  return messages;
}
