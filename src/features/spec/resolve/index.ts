/** @module features/spec/resolve Which clauses and instructions are in force in a conversation, and why. */
export { authorityOf } from '../../../spec/authority.ts';
export { readConversation } from './conversation.ts';
export { candidatesOf, type MeaningJudge, resolveWith } from './judge.ts';
export { type ResolveOptions, resolve } from './resolve.ts';
export { RULES } from './rules.ts';
export { resolutionSchema } from './schema.ts';
export type * from './types.ts';
