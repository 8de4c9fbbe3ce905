/**
 * @module model/options
 * What may stand behind the `?` of a model's name, and how its values are read.
 */

import { withoutUndefined } from './json.ts';

export interface Options {
  /** Address of the provider, without a trailing slash. */
  base?: string;
  /** Name of the environment variable that holds the key. */
  key?: string;
  /** Seconds for one attempt. */
  timeout?: number;
  /** Seconds for a call with all its attempts. */
  deadline?: number;
  attempts?: number;
  api?: 'chat' | 'responses';
  temperature?: number;
  maxTokens?: number;
  family?: string;
}

type Check = { ok: true } | { ok: false; message: string };

const fine: Check = { ok: true };

function wrong(message: string): Check {
  return { ok: false, message };
}

function matching(
  form: RegExp,
  what: string,
  accepts: (text: string) => boolean = () => true,
): (text: string) => Check {
  return (text) =>
    form.test(text) && accepts(text) ? fine : wrong(`must be ${what}, not "${text}"`);
}

function number(what: string, accepts: (value: number) => boolean): (text: string) => Check {
  return matching(/^\d+(\.\d+)?$/, what, (text) => accepts(Number(text)));
}

/**
 * Checks an address: http or https, and nothing in it that could be a secret or that would be lost.
 *
 * @param text What the user wrote.
 */
export function checkBase(text: string): Check {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return wrong(`must be an http or https address, such as http://127.0.0.1:8000/v1`);
  }
  // Not echoed below: what stands before the @ or behind the ? may well be a key.
  if (url.username || url.password) {
    return wrong(
      'must not hold a user name or password; put the key into an environment variable and name it with key=',
    );
  }
  if (url.search || url.hash) return wrong('must be an address without "?" and "#"');
  return fine;
}

function checkKey(text: string): Check {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return fine;
  // Not echoed: it may be the key itself.
  return wrong('must be the name of an environment variable which holds the key, not the key');
}

const seconds = number('a number of seconds above 0', (value) => value > 0 && value <= 86_400);
const count = number('a whole number above 0', (value) => Number.isSafeInteger(value) && value > 0);

const checks: Record<string, (text: string) => Check> = {
  base: checkBase,
  key: checkKey,
  timeout: seconds,
  deadline: seconds,
  attempts: count,
  temperature: number('a number from 0 to 2', (value) => value <= 2),
  max_tokens: count,
  family: matching(/^[a-z0-9][a-z0-9._-]*$/, 'a word in lower case, such as "meta"'),
  api: matching(/^(?:chat|responses)$/, '"chat" or "responses"'),
};

/** The options that any provider with a wire takes. */
export const commonOptions: readonly string[] = Object.keys(checks).filter((key) => key !== 'api');

/**
 * Is this value one that the option takes?
 *
 * @param key An option that is known.
 * @param value Its value, decoded.
 */
export function checkOption(key: string, value: string): Check {
  return checks[key]?.(value) ?? fine;
}

/**
 * The options of a checked name as values.
 *
 * @param options As `ModelName.options` holds them.
 */
export function readOptions(options: Readonly<Record<string, string>>): Options {
  const numberOf = (key: string): number | undefined => {
    const text = options[key];
    return text === undefined ? undefined : Number(text);
  };
  const { base, key, family, api } = options;
  return withoutUndefined({
    base: base?.replace(/\/+$/, ''),
    key,
    timeout: numberOf('timeout'),
    deadline: numberOf('deadline'),
    attempts: numberOf('attempts'),
    temperature: numberOf('temperature'),
    maxTokens: numberOf('max_tokens'),
    family,
    api: api === 'chat' || api === 'responses' ? api : undefined,
  });
}
