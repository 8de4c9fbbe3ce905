/**
 * @module features/judge/calibration/messages
 * The sentences of a calibration: what can go wrong, what is said on the way, and why a figure is missing.
 */
import { problemsOf } from '../../../app/errors.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';

export const problem = problemsOf({
  'batch-too-large': (batch: { size: number; file: string; clauses: number }) => ({
    where: { flag: '--batch', value: String(batch.size) },
    what: `${batch.file} has ${batch.clauses} clauses that a model judges.`,
    remedy: `Give --batch ${batch.clauses} or less.`,
  }),
  'cutoff-no-date': ({ cutoff }: { cutoff: string }) => ({
    where: { flag: '--cutoff', value: cutoff },
    what: 'write a date, such as 2025-09-01.',
  }),
  'release-undated': ({ file, version }: { file: string; version: string | null }) => ({
    where: { file },
    what: `its version is ${version ?? 'not known'}, so its examples can't be dated.`,
    remedy: `Put it into a folder named after the date of its release, such as 2025-09-12/${file.split('/').at(-1)}.`,
  }),
  'release-not-earlier': (late: { file: string; version: string | null; own: string | null }) => ({
    where: { flag: '--earlier', value: late.file },
    what: `it is from ${late.version}, no earlier than the spec itself (${late.own}).`,
  }),
  'nothing-to-ask': (asked: { file: string; isNarrowed: boolean; replies: number }) => {
    const all = asked.replies === 0 ? '' : ` that can be put to a judge (of ${asked.replies})`;
    const where = asked.isNarrowed ? ' under these clauses' : '';
    return {
      where: { file: asked.file },
      what: `there is no marked reply${all}${where}, so there is nothing to measure a judge on.`,
      remedy:
        "Mark replies in the spec's examples as GOOD and BAD, or give people's labels with --run.",
    };
  },
  'nothing-for-function': ({ judge }: { judge: string }) => ({
    where: { flag: '--judge', value: judge },
    what: 'there is nothing to measure it on under the clauses that it judges.',
    remedy: "Mark replies in the examples of these clauses, or give people's labels with --run.",
  }),
  'nothing-on-record': ({ judges }: { judges: readonly string[] }) => ({
    where: { flag: '--offline' },
    what: `nothing of this is on record for ${judges.join(', ')}.`,
    remedy: 'Run it once without --offline.',
  }),
  'mixed-measurement': ({ run, isJudgeSimulated }: { run: string; isJudgeSimulated: boolean }) => ({
    what: `run ${run}: its subjects are ${isJudgeSimulated ? 'real and the judge is simulated' : 'simulated and the judge is real'}.`,
    remedy: "The two can't be in one measurement.",
  }),
  'nobody-labelled': ({ run }: { run: string }) => ({
    where: { flag: '--run', value: run },
    what: 'nobody has labelled a transcript of this run.',
    remedy: `'tenet label ${run}' lets people do it.`,
  }),
  'label-without-run': ({ file, line }: { file: string; line: number }) => ({
    where: { file, line },
    what: 'this label does not say of which run it is.',
    remedy: "Name the run with --run, once, or in a column 'run'.",
  }),
  // Issues of a file of labels, one in a line with its place.
  'label-issues': ({ issues }: { issues: readonly string[] }) => ({
    where: { flag: '--labels' },
    what: `nothing was taken from this file, since not all of it is right.\n${issues.map(safeLine).join('\n')}`,
  }),
});

/** What is said to the person at the terminal while it goes on. */
export const notes = {
  cost: (summary: string) => `${summary} What is on record is not asked again.`,
  silent: (judge: string) =>
    `${judge} gave no verdict that says whether a clause was kept; nothing can be said of its errors.`,
  /** What becomes of certificates, of which so many say nothing of their judge's errors. */
  kept: ({ certificates, telling }: { certificates: number; telling: number }) => {
    if (telling === certificates) return 'Kept in the ledger, where reports of its runs find it.';
    const which =
      telling === 0 ? 'no rate is corrected by it' : 'by some of these no rate is corrected';
    return `Kept in the ledger, but ${which}: it takes verdicts on two examples with a reply that violates, and on two with one that adheres.`;
  },
  written: (file: string) => `Written to ${file}.`,
  unread: (certificates: number) =>
    `${count(certificates, 'certificate')} of another version of Tenet can't be read.`,
};

/** Why a share has no figure or no interval. */
const SHARE_REASONS = {
  'none-decided': 'no such reply was decided',
  'none-named': 'no answer names a reply',
  'none-asked-both-ways': 'no such item was asked about both ways',
  'one-cluster': 'a single example cannot show how examples differ',
} as const;

export type ShareReason = keyof typeof SHARE_REASONS;

/** The reason of a share in words and as a code. */
export function lackingShare(missing: ShareReason): { reason: string; missing: ShareReason } {
  return { reason: SHARE_REASONS[missing], missing };
}

const PAIRS = 'ordering of pairs, position and length bias';
const RETEST = 'test–retest';
const FAMILY = 'self-family bias';
const TRANSFER = 'transfer to transcripts';
const NEEDS_FAMILIES = 'it needs transcripts of its own and of other families that people labelled';

/** What was not measured, and why, by code. */
const ABSENCES = {
  'pairs-left-out': { figure: PAIRS, reason: 'left out by --no-pairs' },
  'no-pair': {
    figure: PAIRS,
    reason: 'no comparison among the items has a reply marked good and one marked bad',
  },
  'function-compares-nothing': {
    figure: PAIRS,
    reason: 'a function is asked about one reply at a time',
  },
  'no-pair-asked': { figure: PAIRS, reason: 'no pair was put to the judge' },
  'retest-left-out': { figure: RETEST, reason: 'left out by --retest 0' },
  'nothing-asked-twice': { figure: RETEST, reason: 'nothing was asked a second time' },
  'family-unknown': { figure: FAMILY, reason: 'whose family the judge is of is not known' },
  'no-labelled-transcript': { figure: FAMILY, reason: `${NEEDS_FAMILIES} (--run)` },
  'no-transcript-of-own-family': {
    figure: FAMILY,
    reason: `${NEEDS_FAMILIES}, and there are none of its own family`,
  },
  'no-transcript-of-other-family': {
    figure: FAMILY,
    reason: `${NEEDS_FAMILIES}, and there are none of another family`,
  },
  'no-labels': {
    figure: TRANSFER,
    reason:
      "nobody has labelled transcripts, so it is not known whether what holds on the spec's marks holds on them (--run)",
  },
  'no-marks': {
    figure: TRANSFER,
    reason: "there are no items from the spec's marks to compare with",
  },
  undated: {
    figure: 'older and newer examples',
    reason: 'earlier releases would date the examples (--earlier)',
  },
  'measured-for-each': {
    figure: 'ordering of pairs, test–retest and biases',
    reason: 'measured for each judge, not for the panel',
  },
} as const;

export type Absence = keyof typeof ABSENCES;

/** What was not measured, in words and as a code. */
export function absent(code: Absence): { figure: string; reason: string; code: Absence } {
  return { ...ABSENCES[code], code };
}

/** What is still to be tried where nothing is known of attacks on a judge. */
export function attackUntried(isPanel: boolean): { figure: string; reason: string } {
  return {
    figure: 'what misleads it',
    reason: isPanel
      ? "a panel is not attacked as one, 'tenet judge attack' tries each judge"
      : "'tenet judge attack' tries",
  };
}

/** Why marked replies and labelled transcripts are no items, by the words of a certificate. */
const EXCLUSIONS: Readonly<Record<string, string>> = {
  no_clause: 'under a section that is no clause',
  no_mark: 'without a mark',
  no_messages: 'without a conversation before them',
  empty_reply: 'without words',
  by_code: 'under a clause that code judges',
  not_applicable: 'to which people say the clause does not apply',
  cannot_judge: 'that people could not judge',
  tied: 'on which people are tied',
  other_words: 'labelled against other words of the clause',
  chosen: 'chosen for labelling, not drawn by chance',
  no_transcript: 'without a reply',
};

/** `3 without a mark and 2 without words`. */
export function exclusionsText(excluded: Readonly<Record<string, number>>): string {
  return list(
    Object.entries(excluded).map(
      ([reason, number]) => `${grouped(number)} ${EXCLUSIONS[reason] ?? reason}`,
    ),
  );
}
