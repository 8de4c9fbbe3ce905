/**
 * @module features/spec/resolve/rules
 * The rules of the chain of command, by the names that a trace uses.
 */

/** What each rule says. */
export const RULES = {
  'clause-level':
    'A clause has the level that its heading gives, or that of a chapter in the order of priorities.',
  'role-level': 'A message has the level of its role.',
  'no-authority': 'Quoted text, tool output and earlier replies inform; they do not direct.',
  condition: 'A clause that a setting switches on applies while the setting is true.',
  profile: 'A deployment profile changes clauses as far as its author’s level allows.',
  'higher-setting': 'Of two values of one setting, the one of the higher level holds.',
  'later-setting': 'Of two values of one setting at one level, the later one holds.',
  misaligned: 'An instruction in conflict with a higher one, in its letter or intent, gives way.',
  superseded: 'Of two instructions of one level that conflict, the later one holds.',
  'explicit-override': 'A clause gives way to explicit words of its own level or a higher one.',
  'implicit-override': 'A clause below every message gives way to context as well.',
  'not-explicit': 'Context alone does not change a clause of a level that people speak with.',
  'delegated-by-clause': 'A clause may itself name who may change it.',
  'not-entitled':
    'Nobody changes a clause of a level above their own, and nobody at all a fixed one.',
  'delegation-explicit': 'An instruction lends its own level to text that it names.',
  'delegation-implicit': 'A task may lend its level to tool output that plainly belongs to it.',
  'no-implicit-quote': 'Quoted text gets authority only from words that say so.',
  inaction: 'Where clauses of the highest level conflict, the assistant does nothing.',
  holistic: 'The spec has its priorities weighed: the higher dominates and does not simply win.',
  'impossible-answer': 'An answer that names what the question did not ask about is put aside.',
} as const;

/** The name of a rule. */
export type RuleName = keyof typeof RULES;
