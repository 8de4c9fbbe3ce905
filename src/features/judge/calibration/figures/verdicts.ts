/**
 * @module features/judge/calibration/figures/verdicts
 * The parts of a certificate that come from verdicts on items.
 */

import type { Certificate, ErrorShares, Share } from '../../../../report/certificate/schema.ts';
import { at, valueAt } from '../../../../text/at.ts';
import { type CalibrationItem, type ItemMark, lengthOf } from '../items/items.ts';
import {
  differenceOf,
  errorsOf,
  isDecided,
  kappaOf,
  outcomesOf,
  type Scored,
  shareOf,
  sharesOf,
  trialsOf,
} from './shares.ts';

const MARKS: readonly ItemMark[] = ['good', 'ok', 'bad', 'elsewhere'];

/**
 * Everything that verdicts on items say of a judge. Replies marked ok, and those marked bad for another clause, stand
 * under `marks` and nowhere else: what is right to say of them is a matter of degree.
 *
 * @param levels the spec's levels, highest first
 * @param cutoff releases after this one are newer than a model's training; null: not told apart
 */
export function verdictFigures(
  rows: readonly Scored[],
  levels: readonly string[],
  cutoff: string | null,
) {
  const plain = rows.filter(({ item: { mark } }) => mark !== 'ok' && mark !== 'elsewhere');
  const dated = plain.filter(({ item }) => item.release !== null);
  const shareOfAsked = (isHit: (verdict: NonNullable<Scored['verdict']>) => boolean): Share =>
    shareOf(
      plain.flatMap(({ item: { cluster }, verdict }) =>
        verdict === null ? [] : [{ hit: isHit(verdict), cluster }],
      ),
    );
  return {
    overall: errorsOf([plain])[0] as Certificate['overall'],
    sources: grouped('source', plain, ({ mark }) => (mark === null ? 'labels' : 'marks'), [
      'marks',
      'labels',
    ]),
    levels: grouped('level', plain, ({ clause }) => clause.level, [...levels, null]),
    clauses: grouped('clause', plain, ({ clause }) => clause.id),
    marks: markFigures(rows),
    lengths: lengthFigures(plain),
    print: grouped('print', plain, ({ abridged }) => (abridged ? 'abridged' : 'whole'), [
      'whole',
      'abridged',
    ]),
    releases: grouped('release', dated, ({ release }) => release)
      .flatMap(({ release, ...errors }) => (release === null ? [] : [{ release, ...errors }]))
      .toSorted((a, b) => (a.release < b.release ? -1 : 1)),
    cutoff: cutoff === null ? null : cutoffFigures(dated, cutoff),
    abstention: {
      undecided: shareOfAsked(
        (verdict) => !isDecided(verdict) && verdict.outcome !== 'not_applicable',
      ),
      notApplicable: shareOfAsked(({ outcome }) => outcome === 'not_applicable'),
    },
    kappa: kappaOf(
      plain.flatMap(({ item, verdict }) =>
        isDecided(verdict)
          ? [{ first: number(item.truth), second: number(verdict?.outcome), cluster: item.cluster }]
          : [],
      ),
      2,
    ),
    wrong: plain.flatMap(({ item: { id, clause, mark, truth }, verdict }) =>
      isDecided(verdict) && verdict?.outcome !== truth
        ? [{ item: id, clause: clause.id, mark, truth, said: opposite(truth) }]
        : [],
    ),
  };
}

function number(outcome: string | undefined): number {
  return outcome === 'adheres' ? 0 : 1;
}

function opposite(truth: CalibrationItem['truth']): CalibrationItem['truth'] {
  return truth === 'adheres' ? 'violates' : 'adheres';
}

/** The groups that there are, each with its key under `name`, in the order of `order` or else of the items. */
function grouped<const Name extends string, Key extends string | null>(
  name: Name,
  rows: readonly Scored[],
  keyOf: (item: CalibrationItem) => Key,
  order: readonly NoInfer<Key>[] = [],
): (Record<Name, Key> & ErrorShares)[] {
  const groups = Map.groupBy(rows, ({ item }) => keyOf(item));
  const keys = [...new Set([...order, ...groups.keys()])].filter((key) => groups.has(key));
  return errorsOf(keys.map((key) => valueAt(groups, key))).map(
    (errors, place) => ({ [name]: keys[place], ...errors }) as Record<Name, Key> & ErrorShares,
  );
}

function markFigures(rows: readonly Scored[]): Certificate['marks'] {
  const byMark = MARKS.map((mark) => rows.filter(({ item }) => item.mark === mark));
  const right = sharesOf(
    byMark.map((own) => [...trialsOf(own, 'adheres'), ...trialsOf(own, 'violates')]),
  );
  return MARKS.flatMap((mark, place) => {
    const [own = [], share] = [byMark[place], right[place]];
    if (own.length === 0 || share === undefined) return [];
    return [{ mark, items: own.length, outcomes: outcomesOf(own), right: share }];
  });
}

/** Up to the median length, and above it. */
function lengthFigures(rows: readonly Scored[]): Certificate['lengths'] {
  if (rows.length === 0) return [];
  const lengths = rows.map(({ item }) => lengthOf(item)).toSorted((a, b) => a - b);
  const last = lengths.length - 1;
  const median = at(lengths, Math.floor(last / 2));
  const [shortest, longest] = [at(lengths, 0), at(lengths, last)];
  return grouped('length', rows, (item) => (lengthOf(item) <= median ? 'short' : 'long'), [
    'short',
    'long',
  ]).map(({ length, ...errors }) => ({
    length,
    characters:
      length === 'short' ? { from: shortest, to: median } : { from: median + 1, to: longest },
    ...errors,
  }));
}

function cutoffFigures(rows: readonly Scored[], version: string): Certificate['cutoff'] {
  const isOlder = ({ item }: Scored): boolean => item.release !== null && item.release <= version;
  const [older, newer] = errorsOf([rows.filter(isOlder), rows.filter((row) => !isOlder(row))]);
  if (older === undefined || newer === undefined) return null;
  return {
    version,
    older,
    newer,
    sensitivity: differenceOf(newer.sensitivity, older.sensitivity),
    specificity: differenceOf(newer.specificity, older.specificity),
  };
}
