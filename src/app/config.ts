/**
 * @module app/config
 * `tenet.config.ts`: what a project settles once. A flag wins over it.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { priceSchema } from '../model/prices.ts';
import type { Provider } from '../model/types.ts';
import type { FunctionJudge } from '../run/judging/function-judge.ts';
import { messageOf } from './errors.ts';
import { problem } from './messages.ts';

function isProvider(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'complete' in value;
}

function isJudge(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'judge' in value;
}

const configSchema = z.strictObject({
  spec: z.string().optional(),
  subject: z.union([z.string(), z.array(z.string())]).optional(),
  subjects: z.array(z.string()).optional(),
  judge: z.union([z.string(), z.array(z.string())]).optional(),
  consensus: z.enum(['majority', 'unanimity', 'latent']).optional(),
  rubric: z.union([z.string(), z.array(z.string())]).optional(),
  suite: z.string().optional(),
  clauses: z.string().optional(),
  repeats: z.int().positive().optional(),
  limit: z.int().positive().optional(),
  concurrency: z.union([z.literal('auto'), z.int().positive()]).optional(),
  budget: z.number().nonnegative().optional(),
  maxTokens: z.int().positive().optional(),
  temperature: z.number().nonnegative().optional(),
  system: z.string().optional(),
  seed: z.int().optional(),
  ledger: z.string().optional(),
  prices: z.record(z.string(), priceSchema).optional(),
  providers: z.array(z.custom<Provider>(isProvider, 'give what defineProvider gives')).optional(),
  judges: z.array(z.custom<FunctionJudge>(isJudge, 'give what defineJudge gives')).optional(),
});

/**
 * The flags of `tenet audit` by their names, `prices` by `provider:model` in US dollars per million tokens, and
 * `providers` and `judges` of the user's own, which are named as models are.
 */
export type Config = z.input<typeof configSchema>;

/**
 * Gives a configuration its type.
 *
 * @example
 * // tenet.config.ts
 * import { defineConfig } from 'tenet';
 * export default defineConfig({ spec: 'spec.md', subjects: ['openai:gpt-5'], judge: 'anthropic:claude-sonnet-4-5' });
 */
export function defineConfig(config: Config): Config {
  return config;
}

const CONFIG_FILE = 'tenet.config.ts';

/** The configuration in `folder`, empty where there is none. Capabilities add keys of their own. */
export async function loadConfig(
  folder: string,
  parts: readonly z.ZodObject[] = [],
): Promise<Config> {
  const file = resolve(folder, CONFIG_FILE);
  if (!existsSync(file)) return {};
  let loaded: unknown;
  try {
    loaded = await importWithTenet(pathToFileURL(file).href);
  } catch (error) {
    throw problem(
      'config-not-loaded',
      { file: CONFIG_FILE, reason: messageOf(error) },
      { cause: error },
    );
  }
  const written = exportedBy(loaded);
  if (written === undefined) {
    throw problem('config-without-export', { file: CONFIG_FILE });
  }
  const schema = parts.reduce(
    (whole, part) => whole.extend(part.shape),
    configSchema as z.ZodObject,
  );
  const config = schema.safeParse(written);
  if (config.success) return config.data as Config;
  const issue = config.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw problem('wrong-config', {
    file: CONFIG_FILE,
    place,
    reason: issue?.message ?? 'unknown form',
    known: issue?.code === 'unrecognized_keys' && place === '' ? Object.keys(schema.shape) : null,
  });
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
