/**
 * @module run/panel/agreement
 * How far the judges of a panel agree beyond chance, each two of them and all together.
 */
import { SEVERITIES } from '../../ledger/records.ts';
import {
  type Agreement,
  cohenKappa,
  fleissKappa,
  krippendorffAlpha,
  type Ratings,
} from '../../stats/index.ts';
import type { Case } from './cases.ts';
import type { Vote } from './consensus.ts';

/** Agreement on verdicts, and on how grave they are. */
export interface PanelAgreement {
  /** Each two judges, by their places in the plan. */
  pairs: { first: number; second: number; kappa: Agreement }[];
  /** Null with two judges, of whom Cohen's kappa says all. */
  fleiss: Agreement | null;
  alpha: Agreement;
  /** On the scale adheres, minor, major, critical. */
  severity: Agreement;
}

const VERDICTS: readonly Vote['outcome'][] = ['adheres', 'violates', 'not_applicable'];
const GRAVITY: readonly Vote['severity'][] = [null, ...SEVERITIES];

/**
 * Agreement over cases. Judges that decided nothing are missing; each case is of its scenario's seed.
 *
 * @param judges places of the panel's judges among the votes
 * @param clusters the cluster of each case
 */
export function agreementOf(
  cases: readonly Case[],
  judges: readonly number[],
  clusters: Int32Array,
): PanelAgreement {
  const verdicts = verdictRatings(cases, judges, clusters);
  return {
    pairs: judges.flatMap((first, a) =>
      judges.slice(a + 1).map((second, b) => ({
        first,
        second,
        kappa: cohenKappa(verdicts, a, a + 1 + b),
      })),
    ),
    fleiss: judges.length < 3 ? null : fleissKappa(verdicts),
    alpha: krippendorffAlpha(verdicts, 'nominal'),
    severity: krippendorffAlpha(
      ratingsOf(cases, judges, clusters, GRAVITY.length, gravityOf),
      'ordinal',
    ),
  };
}

/** Krippendorff's alpha of the verdicts alone, for a part of the cases. */
export function alphaOf(
  cases: readonly Case[],
  judges: readonly number[],
  clusters: Int32Array,
): Agreement {
  return krippendorffAlpha(verdictRatings(cases, judges, clusters), 'nominal');
}

function verdictRatings(
  cases: readonly Case[],
  judges: readonly number[],
  clusters: Int32Array,
): Ratings {
  return ratingsOf(cases, judges, clusters, VERDICTS.length, ({ outcome }) =>
    VERDICTS.indexOf(outcome),
  );
}

function gravityOf({ outcome, severity }: Vote): number {
  if (outcome === 'adheres') return 0;
  return outcome === 'violates' && severity !== null ? GRAVITY.indexOf(severity) : -1;
}

/** What judges said of cases as categories; −1 of those that `categoryOf` has none for. */
export function ratingsOf(
  cases: readonly Case[],
  judges: readonly number[],
  clusters: Int32Array,
  categories: number,
  categoryOf: (vote: Vote) => number,
): Ratings {
  const raters = judges.length;
  const values = new Int8Array(cases.length * raters);
  for (const [row, { votes }] of cases.entries()) {
    for (const [column, judge] of judges.entries()) {
      const vote = votes[judge] ?? null;
      values[row * raters + column] = vote === null ? -1 : categoryOf(vote);
    }
  }
  return { values, raters, categories, clusters };
}
