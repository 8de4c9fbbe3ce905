/**
 * @module features/judge/calibration/batching/figures
 * What asking about several clauses at once costs a judge in right verdicts.
 */

import { LOSS_MARGIN } from '../../../../report/certificate/batch-permission.ts';
import { type BatchFigures, differenceSchema } from '../../../../report/certificate/schema.ts';
import { fieldsOf } from '../../../../report/schema-parts.ts';
import { BATCH_PROMPT, batchPromptHash } from '../../../../run/judging/batch/prompt.ts';
import { numbered } from '../../../../run/numbered.ts';
import { estimateDifferences, toldCautions } from '../../../../stats/index.ts';
import { CONFIDENCE, outcomesOf, type Scored, shareOf } from '../figures/shares.ts';
import type { CalibrationItem } from '../items/items.ts';
import type { Batches } from './batched-items.ts';

interface Pair {
  item: CalibrationItem;
  batched: NonNullable<Scored['verdict']>;
  single: NonNullable<Scored['verdict']>;
}

/**
 * The verdicts on items in batches beside those on the same items one clause a call. Right is the true verdict alone:
 * one that can't be used is as much of a loss as a wrong one, and so these shares are not those of decided items.
 *
 * Source: non-inferiority by the lower end of a two-sided 95 % interval, ICH E9 (1998), §3.3.2; the interval is
 * `estimateDifferences`'s.
 */
export function batchFigures(
  { items, batches }: { items: readonly CalibrationItem[]; batches?: Batches },
  answers: { verdicts: readonly Scored['verdict'][]; batched?: readonly Scored['verdict'][] },
): BatchFigures | null {
  if (batches === undefined) return null;
  const pairs = batches.items.flatMap(({ item: place }, index): Pair[] => {
    const item = items[place];
    const single = answers.verdicts[place] ?? null;
    const batched = answers.batched?.[index] ?? null;
    return item === undefined || single === null || batched === null
      ? []
      : [{ item, single, batched }];
  });
  const sides = sidesOf(pairs);
  return {
    size: batches.size,
    prompt: { name: BATCH_PROMPT, hash: batchPromptHash() },
    margin: LOSS_MARGIN,
    items: pairs.length,
    outcomes: outcomesOf(pairs.map(({ item, batched }) => ({ item, verdict: batched }))),
    ...sides,
    noLoss: [sides.sensitivity, sides.specificity].every(
      ({ difference: { low } }) => low !== null && low > -LOSS_MARGIN,
    ),
  };
}

const TRUTHS = ['violates', 'adheres'] as const;

function sidesOf(pairs: readonly Pair[]): Pick<BatchFigures, 'sensitivity' | 'specificity'> {
  const isRight = (pair: Pair, how: 'batched' | 'single'): boolean =>
    pair[how].outcome === pair.item.truth;
  const bits = (how: 'batched' | 'single'): Uint8Array =>
    Uint8Array.from(pairs, (pair) => (isRight(pair, how) ? 1 : 0));
  const table = estimateDifferences(
    {
      first: bits('batched'),
      second: bits('single'),
      clauses: Int32Array.from(pairs, ({ item }) => TRUTHS.indexOf(item.truth)),
      clusters: numbered(pairs.map(({ item }) => item.cluster)),
    },
    TRUTHS.length,
    CONFIDENCE,
  );
  const sideOf = (truth: (typeof TRUTHS)[number]): BatchFigures['sensitivity'] => {
    const own = pairs.filter(({ item }) => item.truth === truth);
    const share = (how: 'batched' | 'single') =>
      shareOf(
        own.map((pair) => ({ hit: isRight(pair, how), cluster: pair.item.cluster })),
        'none-asked-both-ways',
      );
    const of = table.ofClause(TRUTHS.indexOf(truth));
    return {
      batched: share('batched'),
      single: share('single'),
      lost: of.onlySecond,
      gained: of.onlyFirst,
      difference: fieldsOf(differenceSchema, { ...of, ...toldCautions(of.cautions) }),
    };
  };
  return { sensitivity: sideOf('violates'), specificity: sideOf('adheres') };
}
