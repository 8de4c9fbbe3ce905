/**
 * @module run/judging/checks/pattern
 * Regular expressions from a rubric, on text from a model. Some take longer than a life on the wrong text;
 * none gets more than a moment here.
 */
import { createContext, Script } from 'node:vm';

/** So long may one search take. A pattern that needs more needs far more: its time grows without bound. */
const SEARCH_MILLISECONDS = 500;

/** Longer texts are searched to here only, and then nothing is said of what was not found. */
const LONGEST_SEARCHED = 200_000;

interface Sandbox {
  search: Script;
  context: { pattern: RegExp | null; text: string };
}

let sandbox: Sandbox | undefined;

/** Made when it is first needed: most runs search for no pattern, and it takes milliseconds. */
function openSandbox(): Sandbox {
  const context = { pattern: null, text: '' };
  createContext(context);
  return { search: new Script('pattern.exec(text)'), context };
}

/** A pattern as a rubric writes it. */
export interface Pattern {
  pattern: string;
  /** Of i, m, s and u. */
  flags?: string;
}

/** Where a pattern was found first, `none`, or why that can't be said. */
export type Found = { start: number; end: number } | 'none' | { untold: string };

/** What is wrong with a pattern, or null. */
export function patternProblem({ pattern, flags }: Pattern): string | null {
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The first place where a pattern fits. Takes half a second at most, whatever the pattern. */
export function findPattern({ pattern, flags }: Pattern, text: string): Found {
  sandbox ??= openSandbox();
  const { search, context } = sandbox;
  context.pattern = new RegExp(pattern, flags);
  context.text = text.slice(0, LONGEST_SEARCHED);
  let match: RegExpExecArray | null;
  try {
    match = search.runInContext(context, {
      timeout: SEARCH_MILLISECONDS,
    }) as RegExpExecArray | null;
  } catch {
    return { untold: `the pattern /${pattern}/ took too long on this text; write a simpler one` };
  } finally {
    context.pattern = null;
    context.text = '';
  }
  if (match !== null) return { start: match.index, end: match.index + match[0].length };
  if (text.length > LONGEST_SEARCHED) {
    return {
      untold: `the text is longer than the ${LONGEST_SEARCHED} characters that are searched`,
    };
  }
  return 'none';
}
