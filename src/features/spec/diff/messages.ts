/**
 * @module features/spec/diff/messages
 * What a comparison says: why each change is of its class, what is left of past runs, what can go wrong.
 */
import { problemsOf } from '../../../app/errors.ts';
import type { Kind, Mark } from '../../../spec/types.ts';
import { list } from '../../../text/numbers.ts';
import type { Reason, Standing } from './schema.ts';

/** What a sentence without anything of its own to name is made from. */
type Nothing = Record<string, never>;
type Id = string | null;
type Came = 'added' | 'removed';

/** What became of a tag in a clause: `from` and `to` name the other clause. */
export interface TagNews {
  tag: string;
  change: Came | 'from' | 'to';
  clause: Id;
}

const named = (ids: readonly string[]): string => ids.map((id) => `#${id}`).join(', ');
const ofLevel = (level: string | null): string => (level === null ? '' : ` of level ${level}`);
const under = (id: Id): string => (id === null ? 'the top' : `#${id}`);
const quoted = (words: readonly string[]): string => `“${words.join('”, “')}”`;
/** Of which lists of words a sentence names only so many. */
const NAMED: Readonly<Record<string, number>> = { words: 3, lost: 4, gained: 4 };
const among = (words: readonly string[]): string =>
  words.length === 0 ? '' : ` (${quoted(words.slice(0, NAMED.words))})`;

function kindText(kind: Kind | null): string {
  if (kind === null) return 'of no kind';
  return kind === 'objective' ? 'an objective' : `a ${kind}`;
}

function tagText({ tag, change, clause }: TagNews): string {
  if (change === 'added' || change === 'removed') return `${tag} was ${change}`;
  return change === 'from' ? `${tag} came from #${clause}` : `${tag} went to #${clause}`;
}

function bindingText({
  lost,
  gained,
}: {
  lost: readonly string[];
  gained: readonly string[];
}): string {
  const then = quoted(lost.slice(0, NAMED.lost));
  const now = quoted(gained.slice(0, NAMED.gained));
  if (lost.length === 0) return `it now says ${now}`;
  if (gained.length === 0) return `it no longer says ${then}`;
  return `it says ${now} where it said ${then}`;
}

/** Reasons by code: halves of sentences that say what changed. */
const REASONS = {
  // The document
  'level-renamed': ({ from, to }: { from: string; to: string }) =>
    `the level ${from} is called ${to} now; its rank is the same`,
  'levels-added': ({ levels }: { levels: readonly string[] }) =>
    `new in the order of levels: ${levels.join(', ')}`,
  'levels-removed': ({ levels }: { levels: readonly string[] }) =>
    `gone from the order of levels: ${levels.join(', ')}`,
  'levels-reordered': ({ levels }: { levels: readonly string[] }) =>
    `levels in another order: ${levels.join(', ')}`,
  'level-overridable': ({ level, may }: { level: string; may: boolean }) =>
    `clauses of the level ${level} ${may ? 'may be overridden now' : 'may not be overridden any more'}`,
  priority: (_: Nothing) => 'what decides between clauses that pull apart changed',
  preamble: (_: Nothing) => 'what stands before the first heading changed; it belongs to no clause',
  'prompts-of-no-clause': ({ tags }: { tags: readonly string[] }) =>
    `eval prompts of tags that stand nowhere changed: ${tags.join(', ')}`,
  'line-ends': (_: Nothing) => 'only line ends or blank lines differ',

  // Sections that came and went
  'clause-added': ({ level }: { level: string | null }) => `a new clause${ofLevel(level)}`,
  'section-added': ({ directs }: { directs: boolean }) =>
    `a new section that ${directs ? 'has a directing sentence' : 'directs nothing'}`,
  'split-from': ({ clauses }: { clauses: readonly string[] }) =>
    `new id; made from a part of ${named(clauses)}`,
  'merged-from': ({ clauses }: { clauses: readonly string[] }) =>
    `new id; holds what was ${named(clauses)}`,
  'clause-removed': ({ level }: { level: string | null }) =>
    `a clause${ofLevel(level)} that is no more`,
  'section-removed': ({ directs }: { directs: boolean }) =>
    `a section that ${directs ? 'had a directing sentence' : 'directed nothing'} is no more`,
  'lives-on': ({ clauses }: { clauses: readonly string[] }) =>
    `gone; its text lives on in ${named(clauses)}`,

  // Headings
  renamed: ({ from, to }: { from: string; to: string }) =>
    `#${from} is called #${to} now; what refers to it must follow`,
  'level-vocabulary': ({ from, to }: { from: string | null; to: string | null }) =>
    `its level ${from} is called ${to} now, as for the whole spec`,
  'level-rank': ({ from, to }: { from: string | null; to: string | null }) =>
    `its authority changed from ${from ?? 'none'} to ${to ?? 'none'}`,
  kind: ({ from, to }: { from: Kind | null; to: Kind | null }) =>
    `it is ${kindText(to)} now and was ${kindText(from)}`,
  'title-typed': (_: Nothing) => 'its title is typed otherwise',
  title: ({ from, to }: { from: string; to: string }) => `its title was “${from}” and is “${to}”`,
  attributes: ({ names }: { names: readonly string[] }) =>
    `attributes in its heading changed (${names.join(', ')}), which say where it applies`,
  provenance: (_: Nothing) => 'it says otherwise where its words come from',
  moved: ({ from, to }: { from: Id; to: Id }) =>
    `it stood under ${under(from)} and stands under ${under(to)}`,
  order: (_: Nothing) => 'it stands in another place among its neighbours',
  depth: ({ from, to }: { from: number; to: number }) =>
    `its heading is of depth ${to} and was of ${from}`,
  'heading-typed': (_: Nothing) => 'its heading is written otherwise and says the same',
  layout: (_: Nothing) => 'only layout differs: line breaks, list markers or blank lines',

  // Eval tags and prompts
  'eval-tags': ({ tags }: { tags: readonly TagNews[] }) =>
    `eval tags: ${tags.map(tagText).join(', ')}; tags test a duty and state none`,
  'eval-prompts': ({ tags }: { tags: readonly string[] }) =>
    `other eval prompts for ${tags.join(', ')}`,

  // Sentences
  'of-definition': ({ change }: { change: Came }) => `a sentence of a definition was ${change}`,
  'of-ranking': ({ change }: { change: Came }) => `a ranking was ${change}`,
  'unknown-script': ({ change }: { change: Came | 'changed' }) =>
    `${change === 'changed' ? 'words changed' : change} in a script whose directing words are not known here; taken as normative`,
  directing: ({ change, words }: { change: Came; words: readonly string[] }) =>
    `a sentence that directs${among(words)} was ${change}`,
  'not-directing': ({ change }: { change: Came }) =>
    `a sentence without a directing word was ${change}`,
  'stands-elsewhere': (_: Nothing) => 'the sentence stands elsewhere in its section',
  'white-space': (_: Nothing) => 'only white space differs',
  'quotation-marks': (_: Nothing) => 'only quotation marks differ',
  'link-addresses': (_: Nothing) => 'only addresses of links differ',
  punctuation: (_: Nothing) => 'only punctuation or emphasis differs',
  'names-only': (_: Nothing) => 'only the new name of a level or clause',
  'definition-words': (_: Nothing) => 'a definition’s words changed',
  'ranking-words': (_: Nothing) => 'what ranks above what changed',
  binding: bindingText,
  'same-words': (_: Nothing) => 'the same words with other signs or references',
  'same-modality': ({ words }: { words: readonly string[] }) =>
    `other words with the same modality${among(words)}`,
  'directs-nothing': (_: Nothing) => 'a sentence that does not direct',
  commentary: (_: Nothing) => 'commentary does not direct behaviour',

  // Examples
  'example-moved': (_: Nothing) => 'an example shows another clause now',
  example: ({ change }: { change: Came }) =>
    `an example was ${change}; examples show a duty and state none`,
  'example-title-typed': (_: Nothing) => 'its title is typed otherwise',
  'example-title': (_: Nothing) => 'it has another title',
  'example-settings': (_: Nothing) => 'its settings changed',
  'conversation-typed': (_: Nothing) => 'its conversation is typed otherwise',
  conversation: (_: Nothing) => 'its conversation changed',
  'replies-set': (_: Nothing) => 'its replies are set otherwise',
  mark: ({ from, to }: { from: Mark | null; to: Mark | null }) =>
    `a reply marked ${from ?? 'nothing'} is marked ${to ?? 'nothing'} now`,
  'mark-target': (_: Nothing) => 'a mark points to another clause',
  'note-typed': (_: Nothing) => 'a note is typed otherwise',
  note: (_: Nothing) => 'a note on a reply changed',
  'reply-typed': (_: Nothing) => 'a reply is typed otherwise',
  reply: (_: Nothing) => 'a reply changed',
  'reply-removed': (_: Nothing) => 'a reply was removed',
  'reply-added': (_: Nothing) => 'a reply was added',

  // Verdicts of past runs
  'no-such-clause': (_: Nothing) => 'the newer version has no such clause',
  'level-shaken': ({ level }: { level: string }) =>
    `the level ${level} has another rank or may be overridden otherwise`,
  same: (_: Nothing) => 'not a letter changed',
  'in-neither-version': (_: Nothing) => 'it was judged against words that are in neither version',
  'beside-the-clause': (_: Nothing) => 'only what stands beside the clause changed',
} as const;

type Reasons = typeof REASONS;

/** A reason in words, with the data that they were made from. */
export interface Said extends Reason {
  reason: string;
}

/** Says a reason. */
export function because<Code extends keyof Reasons>(
  code: Code,
  data: Parameters<Reasons[Code]>[0],
): Said {
  const say = REASONS[code] as (data: unknown) => string;
  return { reason: say(data), code, data: data as Reason['data'] };
}

/**
 * Those that differ in what they say, the last of each in the place of the first: two reasons are the same where their
 * codes are, and what their sentences name.
 */
export function eachOnce<Item>(
  items: readonly Item[],
  reasonsOf: (item: Item) => readonly Reason[],
): Item[] {
  const keyOf = (item: Item): string =>
    JSON.stringify(
      reasonsOf(item).map(({ code, data }) => [code, data]),
      (name, value) => (Array.isArray(value) ? value.slice(0, NAMED[name]) : value),
    );
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Several reasons as one: each once, `most` of them in words. */
export function together(
  said: readonly Said[],
  most = Number.POSITIVE_INFINITY,
): { reason: string; reasons: Reason[] } {
  const once = eachOnce(said, (one) => [one]);
  const shown = once.slice(0, most).map(({ reason }) => reason);
  const more = once.length - shown.length;
  return {
    reason: `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    reasons: once.map(({ code, data }) => ({ code, data })),
  };
}

/** What each standing means, in words that follow a number of verdicts. */
export const STANDING_TEXTS: Readonly<Record<Standing, string>> = {
  same: 'on clauses that did not change',
  editorial: 'on clauses that are only typed, named or placed otherwise',
  normative: 'on clauses whose duty changed',
  clarifying: 'on clauses that are worded, explained or shown otherwise',
  relevelled: 'on clauses of another authority',
  removed: 'on clauses that are gone',
  unknown: 'on words that are in neither version',
};

/** What the command that runs a suite again cannot know. */
const MISSING = {
  'rubric-files': ({ rubrics }: { rubrics: readonly string[] }) =>
    `The run was judged by the rubrics ${list(rubrics, 4)}: put their files for RUBRIC_FILES.`,
  'system-prompt-file': (_: Nothing) =>
    'The run had a system prompt: put the name of its file for SYSTEM_PROMPT_FILE.',
} as const;

/** Says what a command is still to be given. */
export function missing<Code extends keyof typeof MISSING>(
  code: Code,
  data: Parameters<(typeof MISSING)[Code]>[0],
): { note: string } & Reason {
  const say = MISSING[code] as (data: unknown) => string;
  return { note: say(data), code, data: data as Reason['data'] };
}

export const problem = problemsOf({
  'changelog-is-markdown': ({ given }: { given: string }) => ({
    what: `--changelog prints Markdown only; leave out ${given}, or leave out --changelog.`,
  }),
});
