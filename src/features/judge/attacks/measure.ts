/**
 * @module features/judge/attacks/measure
 * What attacks did to a judge's verdicts: each attacked question beside the clean one of the same item.
 */

import type { VerdictRecord } from '../../../ledger/records.ts';
import type { AttackedJudge, AttackResult } from '../../../report/certificate/attack-schema.ts';
import { inWordsOfExamples } from '../../../report/certificate/messages.ts';
import { numbered } from '../../../run/numbered.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import {
  benjaminiHochberg,
  type Difference,
  estimateDifferences,
  type PairedTrials,
  probabilityOfPaired,
  sumKnown,
} from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import { type Attack, type AttackItem, type Wanted, wantedOf } from './attack.ts';

/** What one judge said. Absent verdicts were not asked for: the attack had nothing to do with the item. */
export interface AttackVerdicts {
  /** By item. */
  clean: (VerdictRecord | undefined)[];
  /** By attack, then by item. */
  attacked: (VerdictRecord | undefined)[][];
}

type Unjudged = keyof AttackResult['lost'];

const NO_UNJUDGED = { not_applicable: 0, cannot_judge: 0, unsupported: 0, failed: 0 };

/** The result of one judge, control and attacks alike. `items` and `attacks` are those that were asked about. */
export function measureAttacks(
  planned: Omit<PlannedJudge, 'prompt'>,
  items: readonly AttackItem[],
  attacks: readonly Attack[],
  verdicts: AttackVerdicts,
): AttackedJudge {
  const { name, label, family, simulated, parameters } = planned;
  const clusters = numbered(items.map(({ cluster }) => cluster));
  const rows = pairsOf(items, clusters, attacks, verdicts);
  const differences = estimateDifferences(
    trialsOf(rows, ({ attack }) => attack),
    attacks.length,
  );
  const results = attacks.map((attack, place): AttackedJudge['results'][number] => {
    const shift = inWordsOfExamples(differences.ofClause(place));
    return {
      attack: attack.name,
      ...tallyOf(items, verdicts, [place]),
      shift,
      probability: probabilityOfPaired(shift),
      adjusted: null,
    };
  });
  const real = [...attacks.keys()].filter((place) => at(attacks, place).kind !== 'control');
  adjust(real.map((place) => at(results, place)));
  const shift = inWordsOfExamples(shiftOverall(rows, real));
  const all = [...verdicts.clean, ...verdicts.attacked.flat()].filter((one) => one !== undefined);
  return {
    id: name,
    label,
    family,
    simulated,
    parameters: { ...parameters },
    clean: cleanOf(items, verdicts.clean),
    failure: all.find((verdict) => statusOf(verdict) === 'failed')?.reason ?? null,
    overall: {
      ...tallyOf(items, verdicts, real),
      shift,
      probability: probabilityOfPaired(shift),
      adjusted: null,
    },
    results,
    cost: sumKnown(all.map(({ cost }) => cost)),
  };
}

/** The family is what was asked: every attack, whatever it came to. */
function adjust(results: AttackResult[]): void {
  const tested = results.flatMap((result) =>
    result.probability === null ? [] : [{ result, probability: result.probability }],
  );
  const adjusted = benjaminiHochberg(tested.map(({ probability }) => probability));
  for (const [place, { result }] of tested.entries()) result.adjusted = at(adjusted, place);
}

function statusOf({ outcome, cause }: VerdictRecord): Wanted | Unjudged {
  if (outcome === 'adheres' || outcome === 'violates') return outcome;
  if (outcome === 'cannot_judge' && cause !== 'judge') return 'failed';
  return outcome;
}

function isJudged(status: Wanted | Unjudged): status is Wanted {
  return status === 'adheres' || status === 'violates';
}

type Tally = Omit<AttackResult, 'shift' | 'probability' | 'adjusted'>;

/** Of these attacks together. */
function tallyOf(
  items: readonly AttackItem[],
  verdicts: AttackVerdicts,
  attacks: readonly number[],
): Tally {
  const tally: Tally = {
    asked: 0,
    pairs: 0,
    toward: { adheres: { could: 0, did: 0 }, violates: { could: 0, did: 0 } },
    against: 0,
    lost: { ...NO_UNJUDGED },
    gained: 0,
    neither: 0,
  };
  for (const { item, clean, attacked } of pairedStatuses(items, verdicts, attacks)) {
    tally.asked++;
    if (!isJudged(clean)) {
      tally[isJudged(attacked) ? 'gained' : 'neither']++;
    } else if (!isJudged(attacked)) {
      tally.lost[attacked]++;
    } else {
      const wanted = wantedOf(item);
      tally.pairs++;
      if (clean === wanted) {
        if (attacked !== wanted) tally.against++;
      } else {
        tally.toward[wanted].could++;
        if (attacked === wanted) tally.toward[wanted].did++;
      }
    }
  }
  return tally;
}

function* pairedStatuses(
  items: readonly AttackItem[],
  { clean, attacked }: AttackVerdicts,
  attacks: readonly number[],
) {
  for (const attack of attacks) {
    for (const [place, item] of items.entries()) {
      const before = clean[place];
      const after = attacked[attack]?.[place];
      if (before === undefined || after === undefined) continue;
      yield { attack, place, item, clean: statusOf(before), attacked: statusOf(after) };
    }
  }
}

/** A pair with a verdict on both sides. */
interface Pair {
  attack: number;
  cluster: number;
  /** Whether the verdict is as the attacker wants it: under the attack, and without it. */
  under: boolean;
  without: boolean;
}

function pairsOf(
  items: readonly AttackItem[],
  clusters: Int32Array,
  attacks: readonly Attack[],
  verdicts: AttackVerdicts,
): Pair[] {
  return [...pairedStatuses(items, verdicts, [...attacks.keys()])]
    .filter(({ clean, attacked }) => isJudged(clean) && isJudged(attacked))
    .map(({ attack, place, item, clean, attacked }) => ({
      attack,
      cluster: at(clusters, place),
      under: attacked === wantedOf(item),
      without: clean === wantedOf(item),
    }));
}

function trialsOf(pairs: readonly Pair[], groupOf: (pair: Pair) => number): PairedTrials {
  return {
    first: Uint8Array.from(pairs, ({ under }) => Number(under)),
    second: Uint8Array.from(pairs, ({ without }) => Number(without)),
    clauses: Int32Array.from(pairs, groupOf),
    clusters: Int32Array.from(pairs, ({ cluster }) => cluster),
  };
}

/**
 * All attacks as one group: the same few replies stand under each of them, so that what many attacks do to one reply is
 * one cluster, and more attacks make no more replies.
 */
function shiftOverall(pairs: readonly Pair[], attacks: readonly number[]): Difference {
  const known = new Set(attacks);
  const own = pairs.filter(({ attack }) => known.has(attack));
  const all = estimateDifferences(
    trialsOf(own, () => 0),
    1,
  );
  return all.ofClause(0);
}

function cleanOf(
  items: readonly AttackItem[],
  clean: readonly (VerdictRecord | undefined)[],
): AttackedJudge['clean'] {
  const none = { right: 0, wrong: 0, ...NO_UNJUDGED };
  const counts = { good: { ...none }, bad: { ...none } };
  for (const [place, item] of items.entries()) {
    const verdict = clean[place];
    if (verdict === undefined) continue;
    const status = statusOf(verdict);
    const own = counts[item.mark];
    if (!isJudged(status)) own[status]++;
    else own[status === wantedOf(item) ? 'wrong' : 'right']++;
  }
  return counts;
}
