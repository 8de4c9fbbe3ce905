/**
 * @module app/config
 * `tenet.config.ts`: what a project settles once. A flag wins over it.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { priceSchema } from '../model/prices.ts';
import type { Provider } from '../model/types.ts';
import type { FunctionJudge } from '../run/judging/function-judge.ts';
import { nearest } from '../spec/locate.ts';
import { shared } from './arguments.ts';
import { messageOf } from './errors.ts';
import { problem } from './messages.ts';
import { readGiven, type Wrong } from './read-given.ts';

/** Types are no guard here: whether a value has this key. */
const having = (key: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && key in value;

/** Keys that are no flags: several subjects, prices by `provider:model`, and functions, which are named as models are. */
const unflagged = z.object({
  subjects: z.array(z.string()).optional(),
  prices: z.record(z.string(), priceSchema).optional(),
  providers: z
    .array(z.custom<Provider>(having('complete'), 'give what defineProvider gives'))
    .optional(),
  judges: z
    .array(z.custom<FunctionJudge>(having('judge'), 'give what defineJudge gives'))
    .optional(),
});

/** What a project may write of keys that are no flags. */
export type UnflaggedConfig = z.input<typeof unflagged>;

const names = z
  .union([z.string(), z.array(z.string())], 'must be a text or a list of texts')
  .optional();

/** What holds whatever the flags of a command. The other keys are read as the arguments that they settle. */
const configSchema = unflagged
  .extend({
    subject: names,
    judge: names,
    ledger: shared.ledger,
    budget: shared.budget,
  })
  .loose();

/** A configuration as it was read. */
export type Config = z.output<typeof configSchema>;

/**
 * The configuration in `folder`, empty where there is none.
 * @param flags the keys of arguments that it may settle
 */
export async function loadConfig(folder: string, flags: readonly string[]): Promise<Config> {
  const file = resolve(folder, 'tenet.config.ts');
  if (!existsSync(file)) return {};
  let loaded: unknown;
  try {
    loaded = await importWithTenet(pathToFileURL(file).href);
  } catch (error) {
    throw problem('config-not-loaded', { reason: messageOf(error) }, { cause: error });
  }
  const written = exportedBy(loaded);
  if (written === undefined) throw problem('config-without-export', {});
  if (!isPlain(written)) throw problem('config-not-plain', {});
  const read = readGiven(configSchema, written);
  if ('wrong' in read) throw wrongValue(read.wrong);
  if (read.data.subject !== undefined && read.data.subjects !== undefined) {
    throw problem('subjects-twice', {});
  }
  const known = configKeys(flags);
  const unknown = Object.keys(read.data).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw problem('no-such-setting', { key: unknown, near: nearest(known, unknown), known });
  }
  return { ...read.data, subject: read.data.subject ?? read.data.subjects };
}

/** Every key that a configuration may have, where it may settle these `flags`. */
export function configKeys(flags: readonly string[]): string[] {
  return [...new Set([...flags, ...Object.keys(unflagged.shape)])];
}

/**
 * The arguments of a command as they were given and, where nothing was, as the configuration settles those of these
 * `keys`. One value may stand for a list of one.
 */
export async function settledArguments(
  { shape }: z.ZodObject,
  keys: readonly string[],
  given: Readonly<Record<string, unknown>>,
  config: () => Promise<Config>,
): Promise<Record<string, unknown>> {
  const open = keys.filter((key) => key in shape && given[key] === undefined);
  if (open.length === 0) return given;
  const written = await config();
  const settled = open.map((key) => [key, settledBy(key, shape[key] as z.ZodType, written[key])]);
  return { ...given, ...Object.fromEntries(settled) };
}

function settledBy(key: string, schema: z.ZodType, written: unknown): unknown {
  const read = readGiven(schema, written);
  if ('data' in read) return read.data;
  const listed = readGiven(schema, [written]);
  if ('data' in listed) return listed.data;
  throw wrongValue(read.wrong, key);
}

function wrongValue({ place, reason, cause }: Wrong, ...at: string[]): Error {
  return problem('wrong-config', { place: [...at, ...place].join('.'), reason }, { cause });
}

/** Our own index, from source as when built: a package finds itself by its name. */
const INDEX = import.meta.resolve('tenet');

/** Imports a module for which `tenet` is this Tenet where no other is installed beside it. */
async function importWithTenet(url: string): Promise<unknown> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== 'tenet') return next(specifier, context);
      try {
        return next(specifier, context);
      } catch (error) {
        const isAbsent =
          error instanceof Error && 'code' in error && ABSENT.has(String(error.code));
        if (!isAbsent) throw error;
        return { url: INDEX, shortCircuit: true };
      }
    },
  });
  try {
    return await import(url);
  } finally {
    hooks.deregister();
  }
}

/** What Node says where there is no package of a name, to `import` and to `require`. */
const ABSENT: ReadonlySet<string> = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

/** The default export, or undefined. A file without any export is read as CommonJS, which exports `{}`. */
function exportedBy(loaded: unknown): unknown {
  const { data } = z.looseObject({ default: z.unknown() }).safeParse(loaded);
  const nothing = z.strictObject({}).safeParse(data?.default).success;
  return nothing && data !== undefined && 'module.exports' in data ? undefined : data?.default;
}

/** A promise and a map are objects too, of which no key can be read. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));
}
