/**
 * @module features/spec/resolve
 * Which clauses and instructions are in force in a conversation, and why; deployment profiles, and the spec that
 * applies under one.
 */
export { readConversation } from './conversation.ts';
export { effectiveSpec } from './profile/effective.ts';
export { compilePrompt } from './profile/prompt.ts';
export { readProfile } from './profile/read.ts';
export { resolve } from './resolve.ts';
export { resolveWith } from './with-judge.ts';
