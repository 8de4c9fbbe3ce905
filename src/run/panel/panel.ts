/**
 * @module run/panel/panel
 * Several judges of one run: the verdict that they come to in each case, how far they agree, and where they don't.
 */
import { CAUSES } from '../../ledger/records.ts';
import { type Agreement, type Because, wilson } from '../../stats/index.ts';
import { at, valueAt } from '../../text/at.ts';
import { zeros } from '../counts.ts';
import { numbered } from '../numbered.ts';
import { type Consensus, type Plan, sampleAt, voicesOf } from '../plan.ts';
import { agreementOf, alphaOf, type PanelAgreement } from './agreement.ts';
import { type Case, casesOf, type Spoken } from './cases.ts';
import { consensusOf, isDecision, type PanelCause, type PanelVerdict } from './consensus.ts';
import { byUrgency, type Disagreement, disagreementOf, votesOf } from './disagreement.ts';
import { isOwnFamily, isSelfJudged } from './families.ts';
import { fitLatent, type LatentErrors, type LatentPanel } from './latent.ts';

/** The verdict of a panel on one case; `by` holds places of judges in the plan. */
export interface PanelRow extends PanelVerdict {
  sample: number;
  clause: string;
}

/** A panel's verdicts, and what they were made of. */
export interface PanelReading {
  verdicts: PanelRow[];
  cases: Case[];
  /** The scenario's seed of each case, numbered from 0. */
  clusters: Int32Array;
  /** Null where the rule needs no model. */
  latent: LatentPanel | null;
}

/** What one judge of a panel did. */
export interface PanelJudge {
  /** Place in the plan. */
  judge: number;
  votes: { adheres: number; violates: number; not_applicable: number };
  /** Cases in which it gave no vote. */
  without: number;
  /** Votes that are not what the panel came to. */
  dissents: number;
  /** By the latent-class model; null where that was not asked for or could not be fitted. */
  errors: LatentErrors | null;
}

export interface PanelTally {
  consensus: Consensus;
  /** Why the latent-class model could not be fitted, so that the majority decides; null where nothing is wrong. */
  fallback: string | null;
  /** The same as data. */
  fallbackBecause: Because | null;
  judges: PanelJudge[];
  /** Cases with at least two votes, and how many of these are of one mind. */
  cases: number;
  unanimous: number;
  /** Why the panel could not judge, by cause. */
  cannotJudge: Record<PanelCause, number>;
  agreement: PanelAgreement;
  /** Clauses with disagreement, the most surely disputed first. */
  clauses: { clause: string; cases: number; disagreements: number; alpha: Agreement }[];
  /** The most divided first. */
  disagreements: Disagreement[];
}

/** Whether verdicts of several judges have to be made one. */
export function isPanel(plan: Pick<Plan, 'judges'>): boolean {
  return voicesOf(plan).length > 1;
}

/**
 * The panel's verdict in each case.
 *
 * @param spoken verdicts of all judges, ordered by transcript and clause; of the whole run where the rule is `latent`
 */
export function readPanel(plan: Plan, spoken: Iterable<Spoken>): PanelReading {
  return readCases(plan, casesOf(plan.judges.length, spoken));
}

/** The same of verdicts that have been put side by side. */
export function readCases(plan: Plan, cases: Case[]): PanelReading {
  const clusters = numbered(cases.map(({ sample }) => sampleAt(plan, sample).scenario.cluster));
  const rule = plan.consensus ?? 'majority';
  const latent = rule === 'latent' ? fitLatent(cases, voicePlaces(plan), clusters) : null;
  const alone = plan.subjects.map((_, subject) => isSelfJudged(plan, subject));
  const verdicts = cases.map(({ sample, clause, votes }, place): PanelRow => {
    const { subject } = sampleAt(plan, sample);
    const verdict = consensusOf(votes, {
      rule,
      ownFamily: alone[subject]
        ? undefined
        : (judge) => isOwnFamily(plan.subjects[subject], plan.judges[judge]),
      violates: latent?.ok === true ? at(latent.violates, place) : null,
    });
    return { sample, clause, ...verdict };
  });
  return { verdicts, cases, clusters, latent };
}

/** The verdicts that count, one for each transcript and clause: of several judges the panel's. */
export function countedVerdicts(
  plan: Plan,
  rows: Iterable<Spoken>,
): Iterable<Pick<Spoken, 'sample' | 'clause' | 'outcome' | 'severity'>> {
  return isPanel(plan) ? readPanel(plan, rows).verdicts : rows;
}

/** What there is to say of a panel beside its verdicts. */
export function tallyPanel(plan: Plan, reading: PanelReading): PanelTally {
  const { cases, clusters, latent, verdicts } = reading;
  const judges = voicePlaces(plan);
  // What code alone judges is no panel's work.
  const own = cases.flatMap(({ votes }, place) =>
    judges.some((judge) => votes[judge] !== null) ? [place] : [],
  );
  const pick = (places: readonly number[]): { cases: Case[]; clusters: Int32Array } => ({
    cases: places.map((place) => at(cases, place)),
    clusters: Int32Array.from(places, (place) => at(clusters, place)),
  });
  const shared = own.filter((place) => votesOf(cases[place], judges).length > 1);
  const divided = shared.filter((place) => new Set(votesOf(cases[place], judges)).size > 1);
  const cannotJudge = zeros([...CAUSES, 'split', 'own_family'] as const);
  for (const { cause } of verdicts) if (cause !== null) cannotJudge[cause]++;
  const all = pick(own);
  return {
    consensus: plan.consensus ?? 'majority',
    fallback: latent?.ok === false ? latent.reason : null,
    fallbackBecause: latent?.ok === false ? latent.because : null,
    judges: judges.map((judge, place) => ({
      ...recordOf(judge, own, reading),
      errors: latent?.ok === true ? at(latent.errors, place) : null,
    })),
    cases: shared.length,
    unanimous: shared.length - divided.length,
    cannotJudge,
    agreement: agreementOf(all.cases, judges, all.clusters),
    clauses: disputedClauses(cases, shared, divided).map((disputed) => {
      const part = pick(own.filter((place) => at(cases, place).clause === disputed.clause));
      return { ...disputed, alpha: alphaOf(part.cases, judges, part.clusters) };
    }),
    disagreements: pick(divided)
      .cases.map((one) => disagreementOf(one, judges))
      .toSorted(byUrgency),
  };
}

function voicePlaces(plan: Plan): number[] {
  return plan.judges.flatMap(({ by }, place) => (by === 'code' ? [] : [place]));
}

function recordOf(
  judge: number,
  own: readonly number[],
  { cases, verdicts }: PanelReading,
): Omit<PanelJudge, 'errors'> {
  const votes = { adheres: 0, violates: 0, not_applicable: 0 };
  let without = 0;
  let dissents = 0;
  for (const place of own) {
    const outcome = at(cases, place).votes[judge]?.outcome;
    if (!isDecision(outcome)) {
      without++;
      continue;
    }
    votes[outcome]++;
    const held = at(verdicts, place).outcome;
    if (held !== 'cannot_judge' && held !== outcome) dissents++;
  }
  return { judge, votes, without, dissents };
}

function disputedClauses(
  cases: readonly Case[],
  shared: readonly number[],
  divided: readonly number[],
): { clause: string; cases: number; disagreements: number }[] {
  const byClause = (places: readonly number[]): Map<string, number[]> =>
    Map.groupBy(places, (place) => at(cases, place).clause);
  const totals = byClause(shared);
  // By the lower end of the share's interval: one case of one proves less than eight of ten.
  const least = ({ disagreements, cases: of }: { disagreements: number; cases: number }): number =>
    // Of no case there is no interval, and nothing is proven.
    wilson(disagreements, of).low ?? 0;
  return [...byClause(divided)]
    .map(([clause, own]) => {
      return { clause, cases: valueAt(totals, clause).length, disagreements: own.length };
    })
    .toSorted((a, b) => least(b) - least(a));
}
