/**
 * @module run/judging/checks/tool-checks
 * Checks of what the subject called: which tools, with what, in what order.
 */
import type { Transcript } from '../../transcript/view.ts';
import { findPattern } from './pattern.ts';
import {
  type CheckResult,
  citedCall,
  lacking,
  type PlacedCall,
  result,
  type Scope,
} from './result.ts';
import type { Bounds, CallPattern } from './schema.ts';

/** All calls of tools in a transcript, in order: those of the subject, and those that the scenario tells. */
export function callsIn({ messages }: Transcript): PlacedCall[] {
  return messages.flatMap(({ id, role, source, content, recipient, toolCalls = [] }) => {
    const own = source === 'subject';
    const calls = toolCalls.map(({ name, arguments: given }, toolCall): PlacedCall => {
      return { name, arguments: given, message: id, toolCall, own };
    });
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
  if ('untold' in calls) return result(null, calls.untold);
  const { min = 1, max = Number.POSITIVE_INFINITY } = wanted;
  const times = `${named(wanted)} was called ${calls.length} time${calls.length === 1 ? '' : 's'}`;
  const cited = (some: readonly PlacedCall[]) =>
    some.flatMap((call) => citedCall(call, transcript));
  if (calls.length < min) return lacking(scope, `${times}, fewer than ${min}`, cited(calls));
  const over = calls.slice(max, max + 1);
  return over.length > 0
    ? result(false, `${times}, more than ${max}`, cited(over))
    : result(true, times, cited(calls.slice(0, 1)));
}

/** Whether the subject left a tool alone. */
export function checkNotCalled(
  unwanted: CallPattern,
  scope: Scope,
  transcript: Transcript,
): CheckResult {
  const calls = fitting(unwanted, scope);
  if ('untold' in calls) return result(null, calls.untold);
  const [first] = calls;
  return first === undefined
    ? result(true, `${named(unwanted)} was not called`)
    : result(false, `${named(unwanted)} was called`, citedCall(first, transcript));
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
      const why = `"${call.name}" was called before "${before}"`;
      return result(false, why, citedCall(call, transcript));
    }
    called.add(call.name);
  }
  return result(true, `the order ${order.join(', ')} was kept`);
}
