/**
 * @module features/spec/lint/messages
 * What lint says: the sentence of every finding by its rule and its code, the titles of fixes, what was put right,
 * and what can go wrong.
 */
import { problemsOf } from '../../../app/errors.ts';
import { shortened } from '../../../spec/diagnostics.ts';
import type { Mark } from '../../../spec/types.ts';
import { count, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { LintFinding, LintFix } from './types.ts';

/** What a sentence without anything of its own to name is made from. */
type Nothing = Record<string, never>;
type Level = string | null;
interface InClause {
  clause: string;
}
interface OfLevel extends InClause {
  level: Level;
}
interface OfWord {
  word: string;
}
interface AtLine {
  line: number;
}

const marks = (given: readonly Mark[]): string =>
  given.map((mark) => mark.toUpperCase()).join(' or ');

/**
 * Sentences by rule and code. A rule that passes on what the reader of the spec remarked has the reader's. Baselines
 * know findings by their sentences as well: what is worded otherwise here is new to every baseline there is.
 */
const FINDINGS = {
  E701: {
    missing: (_: Nothing) =>
      'No clause here says what the model should do: the principles it is meant to follow are missing.',
  },
  E702: {
    missing: (_: Nothing) =>
      'Nothing here says which principle or instruction comes first where two of them differ.',
  },
  E703: {
    missing: (_: Nothing) => 'Nothing here says on which topics the model is meant to refuse.',
  },
  E704: {
    missing: (_: Nothing) =>
      'No section here is about the system prompt: give its words, or say where they are published.',
  },
  S001: {
    'heading-without-id': (data: { title: string; id: string; proposal: string }) =>
      `"${data.title}" has no id; #${data.id} was made from its title. Add {#${data.proposal}} so that it survives a new title.`,
    'duplicate-id': (data: { id: string; line: number; readAs: string; proposal: string }) =>
      `#${data.id} is the id of the heading in line ${data.line} already; this one is read as #${data.readAs}. Call it #${data.proposal}.`,
    'duplicate-id-of-record': (data: { id: string; readAs: string; proposal: string }) =>
      `#${data.id} is the id of an earlier section already; this one is read as #${data.readAs}. Call it #${data.proposal}.`,
  },
  S002: {
    'dangling-reference': ({ target, near }: { target: string; near: readonly string[] }) => {
      const hint = near.length === 0 ? '' : ` Is it ${near.map((id) => `#${id}`).join(' or ')}?`;
      return `There is no section #${target}.${hint}`;
    },
  },
  S012: {
    unescaped: ({ sign, entity }: { sign: string; entity: string }) =>
      `"${sign}" stands here unescaped; write ${entity}.`,
  },
  S013: {
    'unclosed-code': (_: Nothing) => 'A code fence in this message is opened and never closed.',
  },
  S014: {
    'comma-after-mark': (_: Nothing) =>
      'A mark and its note are joined by a colon, not by a comma.',
  },
  S015: {
    'no-contrast': ({ given, missing }: { given: readonly Mark[]; missing: 'good' | 'bad' }) =>
      `Every reply here is ${marks(given)}; add one that ${missing === 'bad' ? 'breaks the clause (BAD)' : 'keeps it (GOOD)'}.`,
  },
  S016: {
    'points-to-no-level': ({ target }: { target: string }) =>
      `This mark points to #${target}, which has no level and so binds nobody; point to the clause under it that the reply breaks.`,
    'points-to-lower-level': (data: { target: string; level: Level; own: Level }) =>
      `This mark points to #${data.target}, whose level (${data.level}) is below that of this clause (${data.own}).`,
  },
  S017: {
    elided: (_: Nothing) =>
      'Part of this reply is left out ([...]), so it cannot be shown to a judge as an exact sample.',
  },
  S020: {
    'no-level': ({ clause }: InClause) =>
      `This says what must or should be done, but #${clause} has no level: may anybody override it?`,
  },
  S021: {
    untested: ({ clause, level }: OfLevel) =>
      `#${clause} (${level}) has neither an example nor an eval prompt: nothing shows what it asks for, and nothing tests it.`,
    'no-example': ({ clause, level }: OfLevel) => `#${clause} (${level}) has no example.`,
    'no-eval-prompt': ({ clause, level }: OfLevel) => `#${clause} (${level}) has no eval prompt.`,
  },
  S022: {
    hedge: ({ word }: OfWord) => `"${word}" leaves open when this holds. Say when it does not.`,
    'hedge-in-fixed-clause': ({ word, level }: OfWord & { level: Level }) =>
      `"${word}" leaves open when this holds, in a clause of level ${level} that nobody below may change. Name the exceptions, or lower the level.`,
  },
  S023: {
    'several-duties': ({ words }: { words: readonly string[] }) =>
      `This sentence holds ${words.length} duties (${words.map((word) => `"${word}"`).join(' and ')}). Give each a sentence of its own, so that a verdict says which one was broken.`,
  },
  S024: {
    long: ({ words, most }: { words: number; most: number }) =>
      `This sentence has ${words} words; above ${most} few readers keep hold of it. Split it.`,
  },
  S025: {
    weak: ({ word }: OfWord) =>
      `Two readers will draw the line of "${word}" in two places. Say what it depends on, or show it in an example.`,
  },
  S026: {
    'hidden-ranking': ({ ranked }: { ranked: number }) =>
      `This ranks ${ranked} things by signs in the text. Write an ordered list, best first, so that each of them can be referred to.`,
  },
  S027: {
    'defined-twice': ({ term, line }: { term: string } & AtLine) =>
      `"${term}" is defined in line ${line} already.`,
    unused: ({ term }: { term: string }) => `"${term}" is defined here and used nowhere.`,
  },
  S028: {
    'odd-character': ({ name, code, times }: { name: string; code: string; times: number }) =>
      `There is ${name} (${code}) in this line${times === 1 ? '' : `, ${times} times`}.`,
    'mixed-apostrophes': (data: {
      usual: string;
      usualTimes: number;
      rare: string;
      rareTimes: number;
    }) =>
      `Apostrophes are mixed: ${data.usualTimes} are ${data.usual} and ${data.rareTimes} are ${data.rare}, so a search for "don${data.usual}t" misses some.`,
  },
  S029: {
    'not-public': ({ host }: { host: string | null }) =>
      `${host ?? 'This address'} is a place that most readers of a spec cannot open.`,
    'short-address': ({ host }: { host: string | null }) =>
      `${host ?? 'This address'} hides where it leads, and may stop leading there.`,
    insecure: (_: Nothing) =>
      'This address is not secure (http:); write https: if the place has it.',
    'curly-quote-in-id': (_: Nothing) =>
      'There is a curly quotation mark in this id; no tool makes ids with one from a title, so the link leads nowhere.',
  },
  S030: {
    'words-forbid': ({ clause, level }: OfLevel) =>
      `The words say that nobody may change this; the level of #${clause} (${level}) says that somebody may.`,
    'words-allow': ({ clause, level }: OfLevel) =>
      `The words say that this may be overridden; the level of #${clause} (${level}) says that it may not.`,
    'other-level': ({ named, clause, level }: OfLevel & { named: string }) =>
      `The words call this ${named}-level; the heading of #${clause} says ${level}.`,
  },
  S031: {
    exception: ({ word, clause, comparisons }: OfWord & InClause & { comparisons: number }) => {
      const lack =
        comparisons === 0
          ? 'has no comparison'
          : comparisons === 1
            ? 'has one comparison'
            : 'has no example that speaks of it';
      return `This duty has an exception ("${word}"), and #${clause} ${lack}: show both sides, where it holds and where it does not.`;
    },
    condition: ({ word, clause }: OfWord & InClause) =>
      `This duty has a condition ("${word}"), and #${clause} has no example that speaks of it with a reply that is wrong: show what is right where the condition is not met.`,
  },
  S033: {
    'duty-in-commentary': (_: Nothing) =>
      'This is commentary, which directs nothing; move the duty into the text, or say it without "should" and "must".',
  },
  S034: {
    'other-level': ({ level, levels }: { level: string; levels: readonly string[] }) =>
      `This spec has no level "${level}"; its levels are ${levels.slice(0, 8).join(', ')}.`,
  },
  S035: {
    'prompt-given-away': ({ tag }: { tag: string }) =>
      `This example asks what a prompt of [^${tag}] asks; keep one of them.`,
  },
  S036: {
    'same-title': ({ line }: AtLine) => `The example in line ${line} has this title too.`,
  },
  S037: {
    'no-duty': ({ clause }: InClause) =>
      `#${clause} has a level and no sentence that says what must or should be done.`,
  },
  S038: {
    'no-text': ({ clause }: InClause) => `#${clause} has no text.`,
    'level-without-text': ({ clause, hasClausesBelow }: InClause & { hasClausesBelow: boolean }) =>
      `#${clause} has a level and no text${hasClausesBelow ? '; it does not say what the clauses below are' : ''}.`,
  },
  S039: {
    'skipped-depth': ({ steps, depth }: { steps: number; depth: number }) =>
      `This heading is ${steps} steps below the one before it; write ${'#'.repeat(depth)}.`,
  },
  S040: {
    'no-reason': (_: Nothing) =>
      'This suppression needs rules and a reason: <!-- tenet-ignore S022: reason -->. It suppresses nothing until then.',
  },
  S041: {
    'no-such-rule': ({ rule }: { rule: string }) =>
      `There is no rule ${shortened(rule)}, so this suppresses nothing.`,
    'not-needed': ({ rules }: { rules: readonly string[] }) =>
      `${rules.join(', ')} ${rules.length === 1 ? 'finds' : 'find'} nothing here, so this suppression is not needed.`,
  },
  S042: {
    empty: ({ what }: { what: 'message' | 'reply' }) => `This ${what} is empty.`,
  },
  S043: {
    absolute: ({ word, level }: OfWord & { level: Level }) =>
      `"${word}" allows no exception, and a clause of level ${level} gives way to anybody. Write "should", or raise the level.`,
  },
  S044: {
    placeholder: ({ words }: { words: string }) => `"${words}" was left here to be filled in.`,
  },
  S045: {
    'same-title': ({ title, clause, line }: { title: string } & InClause & AtLine) =>
      `"${title}" is the title of #${clause} in line ${line} too.`,
  },
  S046: {
    unexplained: ({ acronym }: { acronym: string }) =>
      `${acronym} is not explained; write it out once, with the short form in brackets.`,
  },
  S047: {
    twice: ({ word }: OfWord) => `"${word}" stands here twice.`,
  },
  S048: {
    'contradicting-mark': ({ mark, line }: { mark: Mark } & AtLine) =>
      `The same reply to the same conversation is marked ${mark.toUpperCase()} in line ${line}.`,
  },
  S049: {
    'small-letters': ({ word }: OfWord) =>
      `"${word}" is in small letters here and in capitals elsewhere; is it less of a duty?`,
    capitals: ({ word }: OfWord) =>
      `"${word}" is in capitals here and in small letters elsewhere; is it more of a duty?`,
  },
  S051: {
    'refers-to-itself': ({ clause }: InClause) =>
      `#${clause} refers to itself; is another clause meant?`,
  },
} as const;

/** The titles of fixes by their code. */
const FIXES = {
  'add-id': ({ id }: { id: string }) => `Add {#${id}}`,
  'write-id': ({ id }: { id: string }) => `Write #${id}`,
  'write-title': ({ title }: { title: string }) => `Write "${title}"`,
  'write-entity': ({ entity }: { entity: string }) => `Write ${entity}`,
  'write-mark': (data: { mark: Mark; violates: string | null; hasNote: boolean }) =>
    `Write ${data.mark.toUpperCase()}${data.violates === null ? '' : `[#${data.violates}]`}${data.hasNote ? ': …' : ''}`,
  'write-character': ({ instead, name }: { instead: string; name: string }) =>
    `Write "${instead}" for ${name}`,
  'leave-out-character': ({ name }: { name: string }) => `Leave out ${name}`,
  'leave-out-repetition': ({ word }: OfWord) => `Leave out the second "${word}"`,
  'leave-tag-alone': (_: Nothing) => 'Leave the tag alone on its line',
} as const;

/** What is said, as data and in words. */
export interface Remark {
  /** Which of the rule's sentences it is. */
  code: string;
  data: Readonly<Record<string, unknown>>;
  message: string;
}

type Findings = typeof FINDINGS;
type DataOf<Sentence> = Sentence extends (data: infer Data) => string ? Data : never;
type Sentence = (data: unknown) => string;

/** What a rule says with one of its codes. */
export function remark<Rule extends keyof Findings, Code extends keyof Findings[Rule] & string>(
  rule: Rule,
  code: Code,
  data: DataOf<Findings[Rule][Code]>,
): Remark {
  const say = FINDINGS[rule][code] as Sentence;
  return { code, data: data as Remark['data'], message: say(data) };
}

/** A fix with its title. */
export function fixOf<Code extends keyof typeof FIXES>(
  code: Code,
  data: DataOf<(typeof FIXES)[Code]>,
  edits: LintFix['edits'],
): LintFix {
  const say = FIXES[code] as Sentence;
  return { title: say(data), code, data: data as LintFix['data'], edits };
}

/** What `--fix` did to a file: rules and lines. */
export function fixedText(file: string, applied: readonly LintFinding[]): string {
  const byRule = Map.groupBy(applied, ({ rule }) => rule);
  const parts = [...byRule].map(([rule, own]) => {
    const lines = own.map(({ span }) => String(span.start.line));
    return `${rule} in ${own.length === 1 ? 'line' : 'lines'} ${list(lines, 8)}`;
  });
  return safeLine(`${file}: ${count(applied.length, 'finding')} put right: ${parts.join('; ')}`);
}

/** What became of `--baseline` where there was no such file. */
export function baselineMadeText(file: string, findings: number): string {
  return `${file}: made, with ${findings} findings that are overlooked from now on.`;
}

export const problem = problemsOf({
  'no-file': (_: Nothing) => ({ what: "Name a spec: 'tenet spec lint FILE'." }),
  'fixes-in-no-file': (_: Nothing) => ({
    where: { flag: '--fix' },
    what: 'what comes from standard input is in no file to put right.',
    remedy: 'Name one.',
  }),
  'fixes-in-folder': ({ file }: { file: string }) => ({
    where: { flag: '--fix', value: file },
    what: 'this is a folder, and files are put right one by one.',
    remedy: 'Name a file in it.',
  }),
  'no-such-rule': ({ flag, id, ids }: { flag: string; id: string; ids: readonly string[] }) => ({
    where: { flag },
    what: `there is no rule ${id}.`,
    remedy: `Rules are ${ids.join(', ')}.`,
  }),
  'no-such-setting': ({ given, settings }: { given: string; settings: readonly string[] }) => ({
    where: { flag: '--rule', value: given },
    what: `write the rule and one of ${settings.join(', ')}, such as S024=off.`,
  }),
  'changed-meanwhile': ({ file }: { file: string }) => ({
    where: { file },
    what: 'the file changed while it was linted, so nothing was put right.',
    remedy: 'Try again.',
  }),
  'not-writable': ({ file, reason }: { file: string; reason: string }) => ({
    where: { file },
    what: `can't be written: ${reason}`,
  }),
  'baseline-not-readable': ({ file, reason }: { file: string; reason: string }) => ({
    where: { flag: '--baseline', value: file },
    what: `can't be read: ${reason}`,
  }),
  'baseline-not-writable': ({ file, reason }: { file: string; reason: string }) => ({
    where: { flag: '--baseline', value: file },
    what: `can't be written: ${reason}`,
  }),
  'no-baseline': ({ file }: { file: string }) => ({
    where: { flag: '--baseline', value: file },
    what: 'this is no baseline.',
    remedy: 'Delete the file to have one made, or name another.',
  }),
});
