/**
 * @module run/judging/checks/run
 * Carries checks out on a transcript. The same transcript gives the same result on every machine; nothing is
 * asked of anybody.
 */
import type { Transcript } from '../../transcript/view.ts';
import { checkRefusal } from './refusal.ts';
import type { CheckResult, Scope } from './result.ts';
import type { Check } from './schema.ts';
import {
  checkContains,
  checkJson,
  checkLacks,
  checkLength,
  checkMarkdown,
  checkPattern,
} from './text-checks.ts';
import { callsIn, checkCalled, checkNotCalled, checkOrder } from './tool-checks.ts';

/** Checks of the subject's last message, and of all its calls of tools. */
export function checkReply(check: Check, transcript: Transcript): CheckResult {
  const reply = transcript.messages.findLast(({ source }) => source === 'subject');
  return runCheck(check, transcript, {
    messages: reply === undefined ? [] : [reply],
    calls: callsIn(transcript),
    isCut: transcript.finish === 'length',
  });
}

/** Checks of what system, developer and user messages say before the subject does. */
export function checkScene(check: Check, transcript: Transcript): CheckResult {
  const speakers = new Set(['system', 'developer', 'user']);
  return runCheck(check, transcript, {
    messages: transcript.messages.filter(
      ({ source, role }) => source === 'scenario' && speakers.has(role),
    ),
    calls: [],
    isCut: false,
  });
}

function runCheck(check: Check, transcript: Transcript, scope: Scope): CheckResult {
  const inner = (one: Check): CheckResult => runCheck(one, transcript, scope);
  if ('all' in check) return joined(check.all.map(inner), false);
  if ('any' in check) return joined(check.any.map(inner), true);
  if ('not' in check) {
    const { holds, why, citations } = inner(check.not);
    return { holds: holds === null ? null : !holds, why: `not wanted: ${why}`, citations };
  }
  if ('contains' in check) return checkContains(check.contains, scope);
  if ('not_contains' in check) return checkLacks(check.not_contains, scope);
  if ('regex' in check) return checkPattern(check.regex, scope);
  if ('length' in check) return checkLength(check.length, scope);
  if ('json_schema' in check) return checkJson(check.json_schema, scope);
  if ('refusal' in check) return checkRefusal(check.refusal, scope);
  if ('tool_called' in check) return checkCalled(check.tool_called, scope, transcript);
  if ('tool_not_called' in check) return checkNotCalled(check.tool_not_called, scope, transcript);
  if ('tool_order' in check) return checkOrder(check.tool_order, scope, transcript);
  if (check.format === 'json') return checkJson(null, scope);
  return checkMarkdown(check.format === 'markdown', scope);
}

/**
 * Several results as one. `deciding` is what settles it alone: false among all of them, true among any. Without
 * one, something that can't be told leaves the whole untold (Kleene's logic).
 */
function joined(results: readonly CheckResult[], deciding: boolean): CheckResult {
  const decisive = results.filter(({ holds }) => holds === deciding);
  const untold = results.filter(({ holds }) => holds === null);
  const [holds, counted] =
    decisive.length > 0
      ? [deciding, decisive]
      : untold.length > 0
        ? [null, untold]
        : [!deciding, results];
  return {
    holds,
    why: counted.map(({ why }) => why).join('; '),
    citations: counted.flatMap(({ citations }) => citations),
  };
}
