/**
 * @module run/panel/latent
 * Dawid and Skene's model over a run: how often each judge errs, and how likely each case violates, from the votes alone.
 */
import { dawidSkene, type LatentClasses, type LatentResult } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import { ratingsOf } from './agreement.ts';
import type { Case } from './cases.ts';
import { isDecision } from './consensus.ts';

/** A chance with its standard error; null where the votes don't tell it. */
export interface Chance {
  estimate: number;
  standardError: number | null;
}

/** What the model makes of one judge. */
export interface LatentErrors {
  /** Chance of saying `violates` of what violates. */
  sensitivity: Chance;
  /** Chance of saying `adheres` of what adheres. */
  specificity: Chance;
}

export type LatentPanel =
  | {
      ok: true;
      /** By the places given. */
      errors: LatentErrors[];
      /** The chance that each case violates; null where no vote says that its clause applies. */
      violates: (number | null)[];
    }
  | Extract<LatentResult, { ok: false }>;

const ADHERES = 0;
const VIOLATES = 1;

/**
 * Fits the model to all cases of a run with `violates` and `adheres` as categories. Whether a clause applies at all
 * is no part of it: cases that most judges hold it not applicable to are left out.
 *
 * @param judges places of the panel's judges among the votes
 * @param clusters the cluster of each case
 */
export function fitLatent(
  cases: readonly Case[],
  judges: readonly number[],
  clusters: Int32Array,
): LatentPanel {
  const fitted = cases.flatMap((one, place) => (applies(one, judges) ? [place] : []));
  const result = dawidSkene(
    ratingsOf(
      fitted.map((place) => at(cases, place)),
      judges,
      Int32Array.from(fitted, (place) => at(clusters, place)),
      2,
      ({ outcome }) => (outcome === 'adheres' ? ADHERES : outcome === 'violates' ? VIOLATES : -1),
    ),
  );
  if (!result.ok) return result;
  const { raters, posterior } = result.classes;
  const violates: (number | null)[] = cases.map(() => null);
  for (const [row, place] of fitted.entries()) violates[place] = at(posterior, row * 2 + VIOLATES);
  return {
    ok: true,
    errors: raters.map((rater) => ({
      sensitivity: chanceOf(rater, VIOLATES),
      specificity: chanceOf(rater, ADHERES),
    })),
    violates,
  };
}

/** Some judge says whether the clause is kept, and not most of them that it does not apply. */
function applies({ votes }: Case, judges: readonly number[]): boolean {
  const outcomes = judges.map((judge) => votes[judge]?.outcome);
  const inapplicable = outcomes.filter((outcome) => outcome === 'not_applicable').length;
  const deciding = outcomes.filter(isDecision).length - inapplicable;
  return deciding > 0 && inapplicable <= deciding;
}

function chanceOf(
  { confusion, standardErrors }: LatentClasses['raters'][number],
  category: number,
): Chance {
  return {
    estimate: confusion[category]?.[category] ?? Number.NaN,
    standardError: standardErrors?.[category]?.[category] ?? null,
  };
}
