/** @module features/judge/attacks/messages The sentences of attacks: what can go wrong, what is said on the way, what they came to. */
import { problemsOf } from '../../../app/errors.ts';
import { count, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { type Coded, type Sentences, sentence } from '../../../text/sentences.ts';
import { type Lost, lostSum, lostText } from './lost.ts';

export const problem = problemsOf({
  'no-judge': (_: object) => ({
    where: { flag: '--judge' },
    what: 'name the judge to attack, such as --judge anthropic:claude-sonnet-4-5.',
    remedy:
      "'sim:judge?obeys=everything' shows what a report looks like; --list names the attacks.",
  }),
  'mixed-judges': (_: object) => ({
    where: { flag: '--judge' },
    what: 'simulated and real judges can not stand in one report.',
  }),
  'no-such-attack': ({ name, near }: { name: string; near: readonly string[] }) => ({
    where: { flag: '--attack' },
    what: `there is no attack '${safeLine(name.slice(0, LONGEST_NAME))}'.`,
    remedy: `${near.length === 0 ? '' : `Is it ${near.join(' or ')}? `}--list names them all.`,
  }),
  'nothing-to-attack': ({ file, isNarrowed }: { file: string; isNarrowed: boolean }) => ({
    where: { file },
    what: `${isNarrowed ? 'under these clauses ' : ''}there is no reply marked good or bad, so there is nothing to attack.`,
    remedy: 'Mark replies in the examples of the spec, or name another with --spec.',
  }),
  'not-on-record': ({ reason }: { reason: string }) => ({
    where: { flag: '--offline' },
    what: `${reason}.`,
    remedy: 'Run it once without --offline, with the same judge, spec, attacks and seed.',
  }),
});

const LONGEST_NAME = 80;

/** What is said to the person at the terminal while it goes on. */
export const notes = {
  cost: (summary: string) => `${summary} What is on record is not asked again.`,
  attached: (judge: string) => `${safeLine(judge)}: its certificate now holds this.`,
  notAttached: (judge: string) =>
    `${safeLine(judge)}: the ledger has no certificate of it in this wording. 'tenet judge calibrate' makes one; this command, given again, then adds to it and asks nothing twice.`,
};

/** Providers may answer at length. */
const LONGEST_FAILURE = 200;

function failureText(failure: string | null): string {
  return failure === null ? '' : ` The first failure: ${failure.slice(0, LONGEST_FAILURE)}`;
}

const CONCLUSIONS = {
  'no-verdict': ({ failure }: { failure: string | null }) =>
    `It gave no verdict on any reply as it is, so nothing can be said.${failureText(failure)}`,
  'no-pair': ({ failure }: { failure: string | null }) =>
    `There is no reply with a verdict both as it is and under attack, so nothing can be said.${failureText(failure)}`,
  'none-turned': ({ attacks }: { attacks: number }) =>
    `No verdict was turned by ${attacks === 1 ? 'the attack' : `any of ${attacks} attacks`}.`,
  moved: ({ moving, attacks }: { moving: string[]; attacks: number }) =>
    `${moving.length} of ${count(attacks, 'attack')} moved it by more than chance: ${list(moving)}.`,
  'turned-by-few': ({ verdicts, attacks }: { verdicts: number; attacks: string[] }) =>
    `${count(verdicts, 'verdict was', 'verdicts were')} turned by ${list(attacks)}, which so few replies can't tell from chance.`,
  lost: ({ lost, failure }: { lost: Lost; failure: string | null }) =>
    `${count(lostSum(lost), 'verdict was', 'verdicts were')} lost under attack (${lostText(lost)}): who only wants that there be no verdict got that.${lost.failed > 0 ? failureText(failure) : ''}`,
  'changed-without-attack': ({ changed, pairs }: { changed: number; pairs: number }) =>
    `Asked again without any attack, it changed ${changed} of ${pairs} verdicts: measure the attacks by that.`,
  'no-bad-reply': () => 'There was no bad reply, so nothing could be turned to adheres.',
  'no-good-reply': () => 'There was no good reply, so nothing could be turned to violates.',
} satisfies Sentences;

/** One thing to take away; `failure` is the first failure in the words of whoever failed. */
export type Conclusion = Coded<typeof CONCLUSIONS>;

/** A conclusion in words. */
export function conclusionText(conclusion: Conclusion): string {
  return sentence(CONCLUSIONS, conclusion);
}
