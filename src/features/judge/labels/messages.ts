/**
 * @module features/judge/labels/messages
 * The sentences of labelling: what is wrong with a file of labels, what can't be done, and what is said beside it.
 */
import { problemsOf } from '../../../app/errors.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { transcriptId } from '../../../run/plan.ts';
import { count, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { LabelIssues, ReadingIssues } from './formats/issues.ts';
import type { FittingIssues } from './import.ts';
import type { DesignKind } from './sample.ts';
import type { LabelProgress } from './schema.ts';

type Issues = ReadingIssues & FittingIssues;

export type IssueCode = keyof Issues;

const ISSUES: { [Code in IssueCode]: (data: Issues[Code]) => string } = {
  'no-utf8': () => 'this is no UTF-8 text. Save the file as UTF-8 and try again.',
  'no-label': () => 'there is no label in this file.',
  'no-csv': ({ reason }) => `this is no CSV: ${reason}`,
  'no-columns': () =>
    "the first row must name the columns: 'transcript', 'clause' and 'outcome', or 'id' and 'target'.",
  'column-twice': ({ field, name }) => `a second column for the ${field}: '${name}'. Rename one.`,
  'no-json': ({ reason }) => `this is no JSON: ${reason}`,
  'no-json-line': ({ reason }) => `this line is no JSON: ${reason}`,
  'no-object': () =>
    'a label must be an object such as {"transcript":"t17","clause":"…","outcome":"adheres"}.',
  'no-text': ({ key, found }) =>
    `'${key}' must be a text, and not ${found === 'list' ? 'a list' : 'an object'}.`,
  'field-twice': ({ field }) => `the ${field} stands here twice. Keep one.`,
  'no-task': ({ path, reason }) => `this is no task of Label Studio: ${path}: ${reason}.`,
  choices: ({ choices }) => {
    const found = choices.length === 0 ? 'none' : `'${choices.join("', '").slice(0, 80)}'`;
    return `an annotation must have one choice for the outcome (and one severity at most); here: ${found}.`;
  },
  'foreign-id': ({ id }) => `the id '${id}' is none of ours. Write t17#clause or RUN/t17#clause.`,
  'no-item': ({ transcript, clause }) => {
    const missing = [
      ...(transcript === null ? ["no transcript (such as 't17')"] : []),
      ...(clause === null ? ['no clause'] : []),
    ];
    return `there is ${missing.join(' and ')}. Give both, or an id such as t17#clause.`;
  },
  'no-outcome': () => 'there is no outcome. Leave the row out where nobody labelled it.',
  'unknown-outcome': ({ word, near, outcomes }) =>
    `there is no outcome '${word}'. ${near === null ? `Write ${outcomes.join(', ')}.` : `Is it '${near}'?`}`,
  'unknown-severity': ({ word, severities }) =>
    `there is no severity '${word}'. Write ${severities.join(', ')}.`,
  'severity-without-violation': ({ outcome }) =>
    `what is '${outcome}' has no severity. Leave it empty.`,
  'no-chance': ({ word }) => `the inclusion '${word}' is no chance from 0 to 1.`,
  'other-run': ({ named, run }) => `this label is of run ${named}, and not of ${run}.`,
  'no-transcript': ({ word }) => `'${word}' is no transcript. Write it as t17.`,
  beyond: ({ transcript, run, last }) =>
    `there is no transcript ${transcript}: run ${run} has t1 to ${last}.`,
  'unknown-clause': ({ clause, near }) =>
    `the spec has no clause #${clause}.${near === null ? '' : ` Is it #${near}?`}`,
  'other-words': ({ clause }) =>
    `it was labelled against other words of #${clause} than this run is judged by. Label it anew.`,
  'no-reply': ({ transcript, run }) =>
    `${transcript} has no reply to label. 'tenet show ${run} ${transcript}' says why.`,
  'not-tested': ({ transcript, clause }) => `${transcript} does not test #${clause}.`,
  contradiction: ({ person, outcome, transcript, clause, other }) =>
    `${person} says '${outcome}' of ${transcript}#${clause}, and line ${other.line}:${other.column} '${other.outcome}'. Keep one.`,
};

/** Issues as lines `file:line:column: what is wrong`, harmless in a terminal. */
export function issueLines(file: string, { issues, more }: LabelIssues<IssueCode>): string[] {
  const lines = issues.map(({ code, line, column, data }) => {
    const say = ISSUES[code] as (data: object) => string;
    return `${file}:${line}:${column}: ${say(data)}`;
  });
  return [...lines, ...(more > 0 ? [`${file}: ${more} more like these.`] : [])].map(safeLine);
}

export const problem = problemsOf({
  'two-modes': ({ first, second }: { first: string; second: string }) => ({
    what: `--${first} and --${second} are two commands: give one.`,
  }),
  'flag-without-use': ({ flag, mode }: { flag: string; mode: string }) => ({
    what: `--${flag} says nothing where --${mode} is given.`,
    remedy: 'Leave one out.',
  }),
  'json-without-progress': (_: object) => ({ what: '--json goes with --progress.' }),
  'no-account-name': (_: object) => ({
    what: 'This account has no name to label by.',
    remedy: 'Say who labels with --as NAME.',
  }),
  'no-name': ({ longest }: { longest: number }) => ({
    where: { flag: '--as' },
    what: `a name has 1 to ${longest} characters, on one line.`,
  }),
  'no-terminal': ({ run }: { run: string }) => ({
    what: 'labelling needs a terminal, and this is none.',
    remedy: `Take labels from a file with: tenet label ${run} --import FILE`,
  }),
  'nothing-replied': ({ run }: { run: string }) => ({ what: `run ${run} has no reply to label.` }),
  'no-sample': ({ sample }: { sample: string }) => ({
    where: { flag: '--sample' },
    what: `'${safeLine(sample)}' is no sample.`,
    remedy: 'Write random:200, stratified:200, disagreements:50 or narrowing:50.',
  }),
  'nothing-to-draw': (data: { run: string; design: DesignKind }) => ({ what: nothingToDraw(data) }),
  'file-refused': ({ file, ...issues }: LabelIssues<IssueCode> & { file: string }) => ({
    what: `nothing was taken from this file, since not all of it is right.\n${issueLines(file, issues).join('\n')}`,
  }),
  'no-labels': ({ run }: { run: string }) => ({
    what: `run ${run} has no labels yet.`,
    remedy: `Label it with: tenet label ${run}`,
  }),
  'no-format': ({ file, extensions }: { file: string; extensions: readonly string[] }) => ({
    where: { flag: '--export' },
    what: `'${safeLine(file)}' must end in ${extensions.join(' or ')}.`,
  }),
});

const WHICH: Readonly<Record<DesignKind, string>> = {
  stratified: 'no case',
  random: 'no case',
  disagreements: 'no case on which judges disagree',
  narrowing: 'no case, of those whose label would narrow the interval,',
};

/** That a person was given all that a design draws from. */
export function nothingToDraw({ run, design }: { run: string; design: DesignKind }): string {
  return `run ${run} has ${WHICH[design]} that you have not been given.`;
}

/** Why labels of a part of the judged cases correct no rate of all. */
export function drawnFromPart({ drawn, judged }: { drawn: number; judged: number }): string {
  return `labels were drawn from ${drawn} of ${judged} judged cases only`;
}

/** What the labels that are worth giving next would do to the corrected rate's interval, widths 0 to 1. */
export function narrowingText({ labels, before, after }: LabelProgress['next']): string {
  if (after === null) return 'no more label would narrow the interval';
  const does =
    before === null
      ? `give an interval of about ${points(after)}`
      : `narrow the interval from ${points(before)} to about ${points(after)}`;
  return `${count(labels, 'more label')} would ${does}: --sample narrowing:${labels}`;
}

function points(width: number): string {
  return `${Math.round(width * 100)} points`;
}

/** What is said to whoever labels, beside the screen or the file. */
export const notes = {
  imported: ({ run, records, known, repeated, changed }: Imported) => {
    const also = [
      ...(changed.length > 0 ? [changedText(changed)] : []),
      ...(known > 0 ? [`${count(known, 'label')} known already`] : []),
      ...(repeated > 0 ? [`${count(repeated, 'row')} repeated`] : []),
    ];
    const which = records.length === 0 ? '' : `: ${outcomesOf(records)}`;
    return [`${count(records.length, 'label')} added to run ${run}${which}`, ...also].join('; ');
  },
  drawnUnknown: () =>
    'Nobody says how these cases were drawn: they are taken as drawn by chance among those of the same verdict. If they were picked otherwise, give a column inclusion (0: picked).',
  exported: ({ run, labels, file }: { run: string; labels: number; file: string }) =>
    `${count(labels, 'label')} of run ${run} written to ${file}`,
  notFinished: ({ run }: { run: string }) =>
    `Run ${run} is not finished: what it comes to later was not drawn from.`,
  allLabelledBefore: ({ total, goOn }: { total: number; goOn: string }) =>
    `You have labelled all ${total}. More: ${goOn} --sample stratified:${total + 100}`,
  allLabelled: ({ total, progress }: { total: number; progress: string }) =>
    `All ${total} labelled. ${notes.progress({ progress })}`,
  labelled: ({ done, total, goOn }: { done: number; total: number; goOn: string }) =>
    `${done} of ${total} labelled, all saved. Go on with: ${goOn}`,
  /** `progress` and `goOn` are commands to be copied. */
  progress: ({ progress }: { progress: string }) => `What they come to: ${progress}`,
};

interface Imported {
  run: string;
  records: readonly LabelRecord[];
  known: number;
  repeated: number;
  changed: readonly LabelRecord[];
}

const NAMED = 5;

/** Which labels were changed, and what they said: nobody should find out later that an import took theirs. */
function changedText(changed: readonly LabelRecord[]): string {
  const named = changed
    .slice(0, NAMED)
    .map(
      ({ sample, clause, person, outcome }) =>
        `${transcriptId(sample)} #${clause}, ${safeLine(person)} said ${outcomeText(outcome)} before`,
    );
  const rest = changed.length - named.length;
  const more = rest > 0 ? `; and ${rest} more` : '';
  return `${count(changed.length, 'earlier label')} changed (${named.join('; ')}${more})`;
}

function outcomesOf(records: readonly LabelRecord[]): string {
  const counts = Map.groupBy(records, ({ outcome }) => outcome);
  return list([...counts].map(([outcome, of]) => `${of.length} ${outcomeText(outcome)}`));
}

function outcomeText(outcome: LabelRecord['outcome']): string {
  // Null is a label that was taken back, which says nothing.
  return (outcome ?? '').replaceAll('_', ' ');
}
