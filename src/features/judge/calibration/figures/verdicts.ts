/**
 * @module features/judge/calibration/figures/verdicts
 * The parts of a certificate that come from verdicts on items.
 */
import type { Certificate } from '../../../../report/certificate/schema.ts';
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

type VerdictFigures = Pick<
  Certificate,
  | 'overall'
  | 'sources'
  | 'levels'
  | 'clauses'
  | 'marks'
  | 'lengths'
  | 'print'
  | 'releases'
  | 'cutoff'
  | 'abstention'
  | 'kappa'
  | 'wrong'
>;

/** What of an item a group is made by. */
type KeyOf<Key> = (item: CalibrationItem) => Key;

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
): VerdictFigures {
  const plain = rows.filter(({ item: { mark } }) => mark !== 'ok' && mark !== 'elsewhere');
  const dated = plain.filter(({ item }) => item.release !== null);
  return {
    overall: errorsOf([plain])[0] as Certificate['overall'],
    sources: grouped<'marks' | 'labels'>(
      plain,
      ({ mark }) => (mark === null ? 'labels' : 'marks'),
      ['marks', 'labels'],
    ).map(({ key, ...errors }) => ({ source: key, ...errors })),
    levels: grouped(plain, ({ clause }) => clause.level, [...levels, null]).map(
      ({ key, ...errors }) => ({ level: key, ...errors }),
    ),
    clauses: grouped(plain, ({ clause }) => clause.id).map(({ key, ...errors }) => ({
      clause: key,
      ...errors,
    })),
    marks: markFigures(rows),
    lengths: lengthFigures(plain),
    print: grouped<'whole' | 'abridged'>(
      plain,
      ({ abridged }) => (abridged ? 'abridged' : 'whole'),
      ['whole', 'abridged'],
    ).map(({ key, ...errors }) => ({ print: key, ...errors })),
    releases: grouped(dated, ({ release }) => release ?? '')
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, ...errors }) => ({ release: key, ...errors })),
    cutoff: cutoff === null ? null : cutoffFigures(dated, cutoff),
    abstention: {
      undecided: shareOf(
        plain.flatMap(({ item, verdict }) =>
          verdict === null
            ? []
            : [
                {
                  hit: !isDecided(verdict) && verdict.outcome !== 'not_applicable',
                  cluster: item.cluster,
                },
              ],
        ),
      ),
      notApplicable: shareOf(
        plain.flatMap(({ item, verdict }) =>
          verdict === null
            ? []
            : [{ hit: verdict.outcome === 'not_applicable', cluster: item.cluster }],
        ),
      ),
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

/** The groups that there are, in the order of `order` or else of the items. */
function grouped<const Key>(
  rows: readonly Scored[],
  keyOf: KeyOf<Key>,
  order: readonly Key[] = [],
) {
  const groups = Map.groupBy(rows, ({ item }) => keyOf(item));
  const rest = [...groups.keys()].filter((key) => !order.includes(key));
  const keys = [...order, ...rest].filter((key) => groups.has(key));
  const errors = errorsOf(keys.map((key) => groups.get(key) ?? []));
  return keys.flatMap((key, place) => {
    const own = errors[place];
    return own === undefined ? [] : [{ key, ...own }];
  });
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
  const lengths = rows.map(({ item }) => lengthOf(item)).toSorted((a, b) => a - b);
  const median = lengths[Math.floor((lengths.length - 1) / 2)];
  if (median === undefined) return [];
  return grouped<'short' | 'long'>(rows, (item) => (lengthOf(item) <= median ? 'short' : 'long'), [
    'short',
    'long',
  ]).map(({ key, ...errors }) => ({
    length: key,
    characters:
      key === 'short'
        ? { from: lengths[0] ?? 0, to: median }
        : { from: median + 1, to: lengths.at(-1) ?? 0 },
    ...errors,
  }));
}

function cutoffFigures(rows: readonly Scored[], version: string): Certificate['cutoff'] {
  const isOlder = ({ item }: Scored): boolean => (item.release ?? '') <= version;
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
