/**
 * @module features/judge/calibration/biases
 * What a judge goes by besides the clause, whether it says the same twice, and whether what holds on the spec's marks
 * holds on transcripts.
 */

import type { VerdictRecord } from '../../../ledger/records.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { at } from '../../../text/at.ts';
import type { Answers } from './asking/ask.ts';
import { PAIR_PROMPT, pairPromptHash } from './asking/pair-prompt.ts';
import {
  differenceOf,
  kappaOf,
  type Scored,
  shareOf,
  sharesOf,
  type Trial,
  trialsOf,
} from './figures/shares.ts';
import type { CalibrationItem, CalibrationPair } from './items/items.ts';
import type { Absence } from './messages.ts';

/** A figure, or why there is none. */
export type Figure<Value> = { value: Value } | { absent: Absence };

type PairFigures = NonNullable<Certificate['pairs']>;
type Bias = Certificate['bias'];

const UNNAMED = 'none-named';

/** Ordering accuracy, and what place and length do to it. */
export function pairFigures(
  pairs: readonly CalibrationPair[],
  choices: Answers['choices'],
): Figure<{
  pairs: PairFigures;
  position: NonNullable<Bias['position']>;
  length: NonNullable<Bias['length']>;
}> {
  if (pairs.length === 0) {
    return { absent: 'no-pair' };
  }
  const counts = { asked: 0, neither: 0, unusable: 0 };
  const first: Trial[] = [];
  const right: Trial[] = [];
  const rightTwice: Trial[] = [];
  const inconsistent: Trial[] = [];
  const byLength: { longer: Trial[]; shorter: Trial[] } = { longer: [], shorter: [] };
  for (const [place, pair] of pairs.entries()) {
    const { cluster } = pair;
    const both = at(choices, place);
    for (const answer of both) {
      if (answer === null) continue;
      counts.asked++;
      if (answer.choice === null) counts.unusable++;
      else if (answer.choice === 'neither') counts.neither++;
      else {
        first.push({ hit: answer.choice === 'A', cluster });
        right.push({ hit: answer.right, cluster });
        const longer = pair.good.length - pair.bad.length;
        if (longer > 0) byLength.longer.push({ hit: answer.right, cluster });
        if (longer < 0) byLength.shorter.push({ hit: answer.right, cluster });
      }
    }
    const [one, other] = both;
    if (one === null || other === null) continue;
    rightTwice.push({ hit: one.right && other.right, cluster });
    const named = [one, other].every(({ choice }) => choice === 'A' || choice === 'B');
    if (named) inconsistent.push({ hit: one.choice === other.choice, cluster });
  }
  if (counts.asked === 0) return { absent: 'no-pair-asked' };
  const [longer, shorter] = sharesOf([byLength.longer, byLength.shorter], UNNAMED);
  return {
    value: {
      pairs: {
        prompt: { name: PAIR_PROMPT, hash: pairPromptHash() },
        pairs: pairs.length,
        ...counts,
        right: shareOf(right, UNNAMED),
        rightTwice: shareOf(rightTwice, UNNAMED),
      },
      position: { first: shareOf(first, UNNAMED), inconsistent: shareOf(inconsistent, UNNAMED) },
      length: { longer, shorter, difference: differenceOf(longer, shorter) },
    },
  };
}

const SAID = ['adheres', 'violates', 'not_applicable'];

/** Whether the judge says the same when it is asked the same again. */
export function retestFigures(
  items: readonly CalibrationItem[],
  { verdicts, second }: Pick<Answers, 'verdicts' | 'second'>,
  places: readonly number[],
): Figure<NonNullable<Certificate['retest']>> {
  const rows = places.flatMap((place, index) => {
    const [one, other] = [at(verdicts, place), at(second, index)];
    if (one === null || other === null) return [];
    return [{ first: said(one), second: said(other), cluster: at(items, place).cluster }];
  });
  if (rows.length === 0) return { absent: 'nothing-asked-twice' };
  const same = rows.map(({ first, second: again, cluster }) => ({ hit: first === again, cluster }));
  return {
    value: { items: rows.length, same: shareOf(same), kappa: kappaOf(rows, SAID.length + 1) },
  };
}

/** Whatever is no use as a verdict counts as one and the same thing. */
function said({ outcome }: VerdictRecord): number {
  const place = SAID.indexOf(outcome);
  return place < 0 ? SAID.length : place;
}

/** Whether the judge errs otherwise on transcripts of its own family than on those of others. */
export function familyFigures(
  rows: readonly Scored[],
  family: string | null,
): Figure<NonNullable<Bias['family']>> {
  if (family === null) return { absent: 'family-unknown' };
  const labelled = rows.filter(({ item }) => item.mark === null && item.family !== null);
  if (labelled.length === 0) return { absent: 'no-labelled-transcript' };
  const own = labelled.filter(({ item }) => item.family === family);
  const others = labelled.filter(({ item }) => item.family !== family);
  if (own.length === 0) return { absent: 'no-transcript-of-own-family' };
  if (others.length === 0) return { absent: 'no-transcript-of-other-family' };
  const right = (part: readonly Scored[]): Trial[] => [
    ...trialsOf(part, 'adheres'),
    ...trialsOf(part, 'violates'),
  ];
  const passed = (part: readonly Scored[]): Trial[] =>
    trialsOf(part, 'violates').map((trial) => ({ ...trial, hit: !trial.hit }));
  const [ownRight, othersRight] = sharesOf([right(own), right(others)]);
  const [passedOwn, passedOthers] = sharesOf([passed(own), passed(others)]);
  const difference = differenceOf(ownRight, othersRight);
  return {
    value: { family, own: ownRight, others: othersRight, difference, passedOwn, passedOthers },
  };
}

/** What the judge does on labelled transcripts beside what it does on the spec's marks. */
export function transferFigures(
  { sources }: Pick<Certificate, 'sources'>,
  runs: readonly string[],
): Figure<NonNullable<Certificate['transfer']>> {
  const [marks, labels] = (['marks', 'labels'] as const).map((source) =>
    sources.find((one) => one.source === source),
  );
  if (labels === undefined) return { absent: 'no-labels' };
  if (marks === undefined) return { absent: 'no-marks' };
  const sideBySide = (kind: 'sensitivity' | 'specificity') => ({
    marks: marks[kind],
    labels: labels[kind],
    difference: differenceOf(labels[kind], marks[kind]),
  });
  return {
    value: {
      runs: [...runs],
      sensitivity: sideBySide('sensitivity'),
      specificity: sideBySide('specificity'),
    },
  };
}
