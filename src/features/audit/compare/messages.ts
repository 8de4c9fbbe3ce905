/** @module features/audit/compare/messages The sentences of a comparison: why there is none, and what else differs. */
import { problemsOf } from '../../../app/errors.ts';
import { list } from '../../../text/numbers.ts';
import { type Coded, type Sentences, sentence } from '../../../text/sentences.ts';

type TwoRuns = { first: string; second: string };

const NOT_COMPARABLE = {
  'nothing-judged': ({ run }: { run: string }) => `nothing was judged in run ${run}`,
  'no-question-in-common': ({ first, second }: TwoRuns) =>
    `runs ${first} and ${second} have no question, clause and repeat in common`,
  'no-clause-in-common': ({ first, second }: TwoRuns) =>
    `runs ${first} and ${second} judged no clause in common`,
  'no-subject-in-common': ({ first, second }: { first: string[]; second: string[] }) =>
    `the runs have no subject in common. The first has ${list(first)}, the second ${list(second)}; name one of each.`,
  'no-such-subject': (wanted: { which: 'first' | 'second'; name: string; known: string[] }) =>
    `the ${wanted.which} run has no subject '${wanted.name}'. It has ${list(wanted.known)}.`,
} satisfies Sentences;

/** Why two runs, or two subjects of them, have nothing to compare. */
export type NotComparable = Coded<typeof NOT_COMPARABLE>;

/** The reason in words, without a full stop where it is part of a sentence. */
export function whyNot(reason: NotComparable): string {
  return sentence(NOT_COMPARABLE, reason);
}

const NOTES = {
  'judges-differ': ({ first, second }: TwoRuns) =>
    `The judges differ (${first}; ${second}): a difference may be theirs.`,
  'judges-asked-differently': () =>
    'The judges were asked differently (wording, parameters, rubrics or consensus).',
  'system-prompts-differ': () => 'The system prompts differ.',
  'parameters-differ': () => "The subjects' parameters differ.",
  'specs-differ': ({ first, second }: TwoRuns) => `The specs differ: ${first} and ${second}.`,
  'spec-versions-differ': ({ first, second }: { first: string | null; second: string | null }) =>
    `The spec's versions differ: ${first ?? 'unnamed'} and ${second ?? 'unnamed'}. Clauses whose words changed are marked and counted in no level.`,
  'sequential-run': () =>
    'A run drew its samples until it knew enough. The intervals here are for numbers of samples settled beforehand, and may be too narrow.',
} satisfies Sentences;

/** What differs besides who is under test, or what the figures take for granted. */
export type Note = Coded<typeof NOTES>;

/** A note in words. */
export function noteText(note: Note): string {
  return sentence(NOTES, note);
}

export const problem = problemsOf({
  'simulated-and-real': ({ first, second }: TwoRuns) => ({
    where: { value: `${first}, ${second}` },
    what: "one run is simulated and the other is not. They can't be compared.",
  }),
  'no-subjects-to-compare': ({ reason }: { reason: NotComparable }) => ({
    where: { flag: '--subject' },
    what: whyNot(reason),
  }),
  'not-comparable': ({ reason }: { reason: NotComparable }) => ({ what: `${whyNot(reason)}.` }),
});
