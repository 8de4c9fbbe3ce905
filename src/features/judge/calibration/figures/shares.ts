/**
 * @module features/judge/calibration/figures/shares
 * Shares of right verdicts with intervals that know which items are alike.
 */
import type { VerdictOutcome } from '../../../../ledger/records.ts';
import { inWordsOfExamples } from '../../../../report/certificate/messages.ts';
import type {
  CertificateDifference,
  ErrorShares,
  Kappa,
  Outcomes,
  Share,
} from '../../../../report/certificate/schema.ts';
import { numbered } from '../../../../run/numbered.ts';
import {
  cohenKappa,
  differenceOfRates,
  estimateRates,
  type Rate,
  sum,
  toldCautions,
  wilson,
} from '../../../../stats/index.ts';
import type { CalibrationItem } from '../items/items.ts';
import { lackingShare, type ShareReason } from '../messages.ts';

/** The confidence of every interval here. */
export const CONFIDENCE = 0.95;

/** An item with what the judge, or the panel, said of it; null where it was not asked. */
export interface Scored {
  item: CalibrationItem;
  verdict: { outcome: VerdictOutcome; cause: string | null } | null;
}

/** One trial of a share. */
export interface Trial {
  hit: boolean;
  cluster: string;
  weight?: number;
}

/**
 * The share of hits in each group, all groups' replies of one example being taken for alike to the same degree (see
 * `estimateRates`). Weighted trials are worth (Σw)²/Σw² of them.
 *
 * @param nothing why a group without trials has no share
 *
 * Source: Horvitz and Thompson (1952), JASA 47, 663–685 (weights); Kish (1965), Survey Sampling, §11.7 (their price).
 */
export function sharesOf<const Groups extends readonly (readonly Trial[])[]>(
  groups: Groups,
  nothing: ShareReason = 'none-decided',
): { -readonly [Place in keyof Groups]: Share } {
  const flat = groups.flatMap((trials, group) => trials.map((trial) => ({ ...trial, group })));
  const table = estimateRates(
    {
      outcomes: Uint8Array.from(flat, ({ hit }) => (hit ? 1 : 0)),
      clauses: Int32Array.from(flat, ({ group }) => group),
      clusters: numbered(flat.map(({ cluster }) => cluster)),
    },
    groups.length,
    CONFIDENCE,
  );
  const shares = groups.map((trials, group): Share => {
    const rate = table.ofClause(group);
    const { method, clusters } = rate;
    const none = { estimate: null, low: null, high: null };
    if (trials.length === 0) {
      const counted = { hits: 0, trials: 0, effective: 0, clusters };
      return { ...counted, ...none, method, ...lackingShare(nothing) };
    }
    const weights = trials.map(({ weight = 1 }) => weight);
    const whole = sum(weights);
    const estimate = sum(weights.filter((_, place) => trials[place]?.hit)) / whole;
    const even = weights.every((weight) => weight === weights[0]);
    const worth = even ? trials.length : whole ** 2 / sum(weights.map((weight) => weight ** 2));
    const effective = worth / rate.designEffect;
    const counted = {
      hits: even ? rate.successes : estimate * trials.length,
      trials: trials.length,
      effective,
      clusters,
      estimate: Math.min(1, estimate),
      method: even ? method : `${method}, weighted by the chance of being drawn`,
    };
    if (clusters < 2) {
      return { ...counted, low: null, high: null, ...lackingShare('one-cluster') };
    }
    const { low, high } = wilson(counted.estimate * effective, effective, CONFIDENCE);
    return { ...counted, low, high, ...toldCautions(rate.cautions, 'replies of one example') };
  });
  return shares as { -readonly [Place in keyof Groups]: Share };
}

/** The share of hits of one group. */
export function shareOf(trials: readonly Trial[], nothing?: ShareReason): Share {
  return sharesOf([trials], nothing)[0];
}

/** Sensitivity and specificity in each group of items. */
export function errorsOf(groups: readonly (readonly Scored[])[]): ErrorShares[] {
  const sensitivities = sharesOf(groups.map((rows) => trialsOf(rows, 'violates')));
  const specificities = sharesOf(groups.map((rows) => trialsOf(rows, 'adheres')));
  return groups.map((rows, group) => ({
    items: rows.length,
    outcomes: outcomesOf(rows),
    sensitivity: sensitivities[group] as Share,
    specificity: specificities[group] as Share,
  }));
}

/** Decided items of one truth, a hit where the judge says the same. */
export function trialsOf(rows: readonly Scored[], truth: CalibrationItem['truth']): Trial[] {
  return rows.flatMap(({ item, verdict }) => {
    if (item.truth !== truth || !isDecided(verdict)) return [];
    return [{ hit: verdict?.outcome === truth, cluster: item.cluster, weight: item.weight }];
  });
}

/** Whether it says that the clause was kept or broken. */
export function isDecided(verdict: Scored['verdict']): boolean {
  return verdict?.outcome === 'adheres' || verdict?.outcome === 'violates';
}

/** How often each thing was said. */
export function outcomesOf(rows: readonly Scored[]): Outcomes {
  const outcomes: Outcomes = {
    adheres: 0,
    violates: 0,
    not_applicable: 0,
    unsupported: 0,
    cannot_judge: {},
    missing: 0,
  };
  for (const { verdict } of rows) {
    if (verdict === null) outcomes.missing++;
    else if (verdict.outcome !== 'cannot_judge') outcomes[verdict.outcome]++;
    else {
      const cause = verdict.cause ?? 'judge';
      // A cause that was not met yet has no count.
      outcomes.cannot_judge[cause] = (outcomes.cannot_judge[cause] ?? 0) + 1;
    }
  }
  return outcomes;
}

/** Agreement of two verdicts, by their numbers from 0, on items beyond what chance gives. */
export function kappaOf(
  rows: readonly { first: number; second: number; cluster: string }[],
  categories: number,
): Kappa {
  const { confidence: _, ...kappa } = cohenKappa(
    {
      values: Int8Array.from(rows.flatMap(({ first, second }) => [first, second])),
      raters: 2,
      categories,
      clusters: numbered(rows.map(({ cluster }) => cluster)),
    },
    0,
    1,
    CONFIDENCE,
  );
  return inWordsOfExamples(kappa);
}

/** A first share minus a second one of other items, each worth its effective trials. */
export function differenceOf(first: Share, second: Share): CertificateDifference {
  const { confidence: _, ...difference } = differenceOfRates(
    rateOf(first),
    rateOf(second),
    CONFIDENCE,
  );
  return inWordsOfExamples(difference);
}

/** As `stats/` takes it; why it has no figure is said of the difference anew. */
function rateOf({ hits, effective, reason: _, missing: __, caution: ___, ...of }: Share): Rate {
  const { assumes, ...share } = of;
  return {
    ...share,
    ...(assumes === undefined ? {} : { cautions: assumes }),
    successes: hits,
    confidence: CONFIDENCE,
    designEffect: effective > 0 ? share.trials / effective : 1,
  };
}
