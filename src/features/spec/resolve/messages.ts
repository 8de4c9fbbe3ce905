/**
 * @module features/spec/resolve/messages
 * What is said of a conversation: what is wrong with its file, why something is in force or gives way, and what only
 * somebody who understands it can answer.
 */
import { type AskEstimate, estimateText } from '../../../app/ask-model-messages.ts';
import { problemsOf } from '../../../app/errors.ts';
import { type FileProblem, saidOfAll } from '../../../app/file-problem.ts';
import { count, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { type Coded, sentence } from '../../../text/sentences.ts';
import type { QuestionType } from './schema.ts';

type Nothing = Record<string, never>;
/** Null where there is no authority. */
type Level = string | null;

export const problem = problemsOf({
  'wrong-conversation': ({ problems }: { problems: readonly FileProblem[] }) => saidOfAll(problems),
  'wrong-tokens': (_: { tokens: string }) => ({
    where: { flag: '--tokens' },
    what: 'expected a whole number above 0, such as --tokens 8000.',
  }),
  'tokens-of-no-prompt': (_: Nothing) => ({
    where: { flag: '--tokens' },
    what: 'only a prompt has a limit; add --as prompt and leave --against out.',
  }),
  'prompt-too-long': ({ limit, needed }: { limit: number; needed: number }) => ({
    where: { flag: '--tokens', value: String(limit) },
    what: `the clauses that nobody may change take about ${needed} tokens, and none of them is left out.`,
    remedy: 'Give at least that many.',
  }),
});

/** What can be wrong with a conversation's file, by code. `message` is the number of a message, from 1. */
const CONVERSATION = {
  'empty-file': (_: Nothing) =>
    'the file is empty. Expected messages such as [{"role": "user", "content": "Hello"}].',
  'no-json': ({ expected }: { expected: string | null }) =>
    `this is no JSON: expected ${expected ?? 'a JSON value'}.`,
  'no-json-line': ({ expected }: { expected: string | null }) =>
    `this line is no JSON: expected ${expected}.`,
  'no-messages': (_: Nothing) =>
    'there are no messages. Expected an array of them, or an object with "messages".',
  'wrong-field': ({ field, reason }: { field: string; reason: string }) =>
    `${field || 'the file'}: ${reason}.`,
  'wrong-message': (data: { message: number; field: string; reason: string }) =>
    `message ${data.message}: ${data.field || 'a message'}: ${data.reason}.`,
  'no-such-level': ({ level, levels }: { level: string; levels: string[] }) =>
    `"${level}" is no level of this spec. Expected null or one of ${levels.join(', ')}.`,
  'unknown-role': ({ message, role, roles }: { message: number; role: string; roles: string[] }) =>
    `message ${message}: the role "${role}" is not known. Expected one of ${roles.join(', ')}; or say its level in "roles".`,
};

/** Something wrong with a conversation's file, as data. */
export type ConversationFault = Coded<typeof CONVERSATION>;

/** Something wrong with a conversation's file, in words. */
export function conversationText(fault: ConversationFault): string {
  return sentence(CONVERSATION, fault);
}

/** Why a step of the trace was taken, by code. Ids are those of directives; levels are names. */
const REASONS = {
  // Where a directive starts
  'no-level': (_: Nothing) => 'Its heading gives no level.',
  'own-level': ({ level }: { level: string }) => `Its heading gives ${level}.`,
  'inherited-level': ({ from, level }: { from: string; level: string }) =>
    `It stands below #${from}, which gives ${level}.`,
  'profile-level': ({ level }: { level: string }) => `The profile's author has the level ${level}.`,
  'profile-change': ({ action, by, reason }: { action: string; by: string; reason: string }) =>
    `${action} by ${by}: ${reason}`,
  'role-level': ({ role, level }: { role: string; level: string }) =>
    `The role ${role} speaks at ${level}.`,
  'role-informs': ({ role }: { role: string }) => `A message of the role ${role} informs.`,
  'set-apart': ({ form }: { form: string }) =>
    `It is set apart as ${form === 'media' ? 'a file or an image' : `a ${form}`}.`,

  // Settings
  'setting-unknown': ({ setting }: { setting: string }) =>
    `It applies if ${setting} is true, which nothing here says.`,
  'setting-is': ({ setting, value }: { setting: string; value: boolean }) =>
    `It applies if ${setting} is true; it is ${value ? '' : 'not '}true.`,
  'set-higher': (data: { by: string; setting: string; level: Level; below: Level }) =>
    `${data.by} sets ${data.setting} at ${data.level}, above ${data.below}.`,
  'set-later': ({ by, setting }: { by: string; setting: string }) =>
    `${by} sets ${setting} later at the same level.`,

  // What acts on what
  judged: ({ reason }: { reason: string }) => reason,
  'says-so': ({ clause }: { clause: string }) => `It says so: override ${clause}.`,
  'may-change': ({ by, level }: { by: string; level: Level }) =>
    `${by} speaks at ${level} and may change it.`,
  'named-by-clause': ({ clause, level }: { clause: string; level: Level }) =>
    `${clause} names ${level} among those who may change it.`,
  'if-in-force': ({ by }: { by: string }) => `It gives way if ${by} is in force.`,
  'cannot-tell': ({ by }: { by: string }) =>
    `Whether ${by} changes it, whoever answered can't tell.`,
  'stands-above': ({ by, level }: { by: string; level: Level }) =>
    `${by} stands above it, at ${level}.`,
  'is-later': ({ by }: { by: string }) => `${by} is later at the same level.`,
  lent: ({ by, level }: { by: string; level: Level }) =>
    `${by} says that it is to be followed, at ${level}.`,
  'neither-gives-way': (_: Nothing) => 'No reply keeps both, and neither gives way.',

  // What was refused
  fixed: ({ clause, level }: { clause: string; level: Level }) =>
    `${clause} is fixed: nobody changes a clause of the level ${level}.`,
  above: ({ clause, level, speaker }: { clause: string; level: Level; speaker: Level }) =>
    `${clause} is of the level ${level}, above ${speaker}.`,
  'above-all': ({ clause, level }: { clause: string; level: Level }) =>
    `${clause} is of the level ${level}, above whoever spoke.`,
  'needs-words': ({ level }: { level: Level }) =>
    `A clause of the level ${level} gives way to words that say so.`,
  'context-lends-to-tools': (_: Nothing) => 'Context alone lends authority to tool output only.',
  'no-such-clause': (_: Nothing) => 'The spec has no such clause.',
  'no-clause': (_: Nothing) => 'It is no clause.',
  'no-instruction-of-level': (_: Nothing) => 'It is no instruction of this level in force.',
  'not-two-of-level': (_: Nothing) => 'They are not two instructions of this level.',
  'not-above': (_: Nothing) => 'It does not stand above the instruction.',
  'has-authority': (_: Nothing) => 'It is no text without authority.',
  'not-two-clauses': ({ level }: { level: string }) =>
    `They are not two ${level} clauses in force.`,
};

/** Why a step was taken, as data. */
export type Reason = Coded<typeof REASONS>;

/** Why a step was taken, in words. */
export function reasonText(reason: Reason): string {
  return sentence(REASONS, reason);
}

/** A question, and what follows from either answer. */
interface QuestionWords {
  question: string;
  ifYes: string;
  ifNo: string;
}

/** Questions by their type; each is about a level or a setting. */
const QUESTIONS: Readonly<Record<QuestionType, (about: string) => QuestionWords>> = {
  setting: (name) => ({
    question: `Nothing sets ${name}. Is it true in this conversation?`,
    ifYes: 'The clauses with this tag apply.',
    ifNo: 'The clauses with this tag do not apply.',
  }),
  root_conflict: (level) => ({
    question: `Do two ${level} clauses conflict in what is asked here, so that no reply keeps both?`,
    ifYes: 'The assistant does nothing of what is asked.',
    ifNo: 'The assistant goes on.',
  }),
  misaligned: (level) => ({
    question: `Which ${level} instructions conflict, in letter or intent, with a clause or instruction above them?`,
    ifYes: 'The instruction gives way.',
    ifNo: 'The instruction is in force beside them.',
  }),
  supersedes: (level) => ({
    question: `Which ${level} instructions conflict with one another, or make one another irrelevant?`,
    ifYes: 'The later one is in force, the earlier one is not.',
    ifNo: 'All of them are in force.',
  }),
  delegates: (level) => ({
    question: `Which text without authority do the ${level} instructions say is to be followed?`,
    ifYes: `That text gets the level ${level} and no more.`,
    ifNo: 'That text is information only.',
  }),
  changes: (level) => ({
    question: `Which clauses that they may change do the ${level} instructions change?`,
    ifYes: 'The clause gives way to the instruction.',
    ifNo: 'The clause is in force.',
  }),
};

/** A question of a type about a level or a setting, in words. */
export function questionWords(type: QuestionType, about: string): QuestionWords {
  return QUESTIONS[type](about);
}

/** What is left where clauses of the highest level conflict. */
export function inactionText(clauses: readonly string[]): string {
  return `Inaction: ${list(clauses)} conflict, and none of them gives way.`;
}

/** What asking a model may take. */
export function askingText(model: string, estimate: AskEstimate): string {
  return `Asking ${safeLine(model)} up to ${count(estimate.questions, 'question')}, ${estimateText(estimate)}; what is on record costs nothing.`;
}
