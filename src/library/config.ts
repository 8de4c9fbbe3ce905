/**
 * @module library/config
 * What stands in `tenet.config.ts`, as a type: the arguments that capabilities let a project settle once, and the keys
 * that are no flags. It follows from the list.
 */
import type * as z from 'zod';
import type { Command } from '../app/command.ts';
import type { UnflaggedConfig } from '../app/config.ts';
import type * as listed from '../capabilities.ts';

type Listed = (typeof listed)[keyof typeof listed];

type Chosen<Args, Key> = Args extends unknown ? Pick<Args, Extract<keyof Args, Key>> : never;

/** What the commands of each capability let a project settle, as a union. */
type Flags<One = Listed> = One extends {
  config: readonly (infer Key)[];
  commands: readonly { load: () => Promise<Command<infer Args>> }[];
}
  ? Chosen<z.input<Args>, Key>
  : never;

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type ValueAt<Union, Key> = Union extends { [At in Key & PropertyKey]?: infer Value }
  ? Value
  : never;

/** One value may stand for a list of one. */
type Written<Value> = Value extends readonly (infer One)[] ? One | Value : Value;

/**
 * The flags of commands by their names, `prices` by `provider:model` in US dollars per million tokens, and `providers`
 * and `judges` of the user's own, which are named as models are.
 */
export type Config = {
  [Key in KeyOf<Flags> | keyof UnflaggedConfig]?: Key extends keyof UnflaggedConfig
    ? UnflaggedConfig[Key]
    : Written<ValueAt<Flags, Key>>;
};

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
