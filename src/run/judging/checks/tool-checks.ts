/**
 * @module run/judging/checks/tool-checks
 * Checks of what the subject called: which tools, with what, in what order.
 */
import type { Transcript } from '../../../ledger/records.ts';
import { findPattern } from './pattern.ts';
import { type CheckResult, citedCall, type PlacedCall, type Scope } from './result.ts';
import type { Bounds, CallPattern } from './schema.ts';

/** All calls of tools in a transcript, in order: those of the subject, and those that the scenario tells. */
export function callsIn({ messages }: Transcript): PlacedCall[] {
  return messages.flatMap(({ id, role, source, content, recipient, toolCalls = [] }) => {
    const own = source === 'subject';
    const calls = toolCalls.map(
      (call, toolCall): PlacedCall => ({
        name: call.name,
        arguments: call.arguments,
        message: id,
        toolCall,
        own,
      }),
    );
    // Printed conversations write a call as a message to the tool.
    const isCall = role === 'assistant' && recipient !== undefined && calls.length === 0;
    if (!isCall) return calls;
    return [{ name: recipient, arguments: content, message: id, toolCall: null, own }];
  });
}

/** The subject's calls that fit, or why that can't be told. */
function fitting(wanted: CallPattern, scope: Scope): PlacedCall[] | { untold: string } {
  const fit: PlacedCall[] = [];
  for (const call of scope.calls) {
    if (!call.own || call.name !== wanted.name) continue;
    const found =
      wanted.arguments === undefined ? null : findPattern(wanted.arguments, call.arguments);
    if (found === 'none') continue;
    if (found !== null && 'untold' in found) return found;
    fit.push(call);
  }
  return fit;
}

function named({ name, arguments: pattern }: CallPattern): string {
  return pattern === undefined ? `"${name}"` : `"${name}" with /${pattern.pattern}/`;
}

/** Whether the subject called a tool as often as it should: once or more, where no number is given. */
export function checkCalled(
  wanted: CallPattern & Bounds,
  scope: Scope,
  transcript: Transcript,
): CheckResult {
  const calls = fitting(wanted, scope);
  if ('untold' in calls) return { holds: null, why: calls.untold, citations: [] };
  const { min = 1, max = Number.POSITIVE_INFINITY } = wanted;
  const times = `${named(wanted)} was called ${calls.length} time${calls.length === 1 ? '' : 's'}`;
  if (calls.length < min) {
    return {
      holds: scope.isCut ? null : false,
      why: `${times}, fewer than ${min}${scope.isCut ? '; but a token limit cut the reply short' : ''}`,
      citations: calls.flatMap((call) => citedCall(call, transcript)),
    };
  }
  const over = calls[max];
  if (over !== undefined) {
    return {
      holds: false,
      why: `${times}, more than ${max}`,
      citations: citedCall(over, transcript),
    };
  }
  const [first] = calls;
  return {
    holds: true,
    why: times,
    citations: first === undefined ? [] : citedCall(first, transcript),
  };
}

/** Whether the subject left a tool alone. */
export function checkNotCalled(
  unwanted: CallPattern,
  scope: Scope,
  transcript: Transcript,
): CheckResult {
  const calls = fitting(unwanted, scope);
  if ('untold' in calls) return { holds: null, why: calls.untold, citations: [] };
  const [first] = calls;
  return first === undefined
    ? { holds: true, why: `${named(unwanted)} was not called`, citations: [] }
    : {
        holds: false,
        why: `${named(unwanted)} was called`,
        citations: citedCall(first, transcript),
      };
}

/**
 * Whether tools were called in an order: none of them by the subject before the one that stands before it was
 * called. Calls that the scenario tells count as made. A tool that is not called breaks no order.
 */
export function checkOrder(
  order: readonly string[],
  scope: Scope,
  transcript: Transcript,
): CheckResult {
  const called = new Set<string>();
  for (const call of scope.calls) {
    const before = order[order.indexOf(call.name) - 1];
    if (call.own && before !== undefined && !called.has(before)) {
      return {
        holds: false,
        why: `"${call.name}" was called before "${before}"`,
        citations: citedCall(call, transcript),
      };
    }
    called.add(call.name);
  }
  return { holds: true, why: `the order ${order.join(', ')} was kept`, citations: [] };
}
