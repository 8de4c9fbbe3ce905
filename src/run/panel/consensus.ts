/**
 * @module run/panel/consensus
 * From the verdicts of several judges on one case (a transcript and a clause) to one.
 */
import { CAUSES, SEVERITIES, type Severity, type VerdictOutcome } from '../../ledger/records.ts';
import type { VerdictRow } from '../../ledger/rows.ts';
import type { Consensus } from '../plan.ts';

/** What one judge said. */
export type Vote = Pick<VerdictRow, 'outcome' | 'severity' | 'cause'>;

/** Why a panel could not judge: `split`, judges are divided; `own_family`, only the subject's own said so. */
export type PanelCause = NonNullable<VerdictRow['cause']> | 'split' | 'own_family';

/** What a panel comes to. */
export interface PanelVerdict {
  outcome: VerdictOutcome;
  /** Of a violation: the gravest that more than half of those who found it hold it to be. */
  severity: Severity | null;
  cause: PanelCause | null;
  /** Judges that gave this verdict, by their places among the votes. */
  by: number[];
}

/** How votes are counted. */
export interface Counting {
  rule: Consensus;
  /** Whether the judge at this place is of the subject's own family, and others judge the subject too. */
  ownFamily?: (place: number) => boolean;
  /** The chance that the case violates, by the latent-class model; null where there is none, and the majority decides. */
  violates?: number | null;
}

/** An outcome that is a vote. Other verdicts decide nothing, and do not vote. */
type Decision = 'adheres' | 'violates' | 'not_applicable';

/** Whether a verdict is a vote. */
export function isDecision(outcome: VerdictOutcome | undefined): outcome is Decision {
  return outcome === 'adheres' || outcome === 'violates' || outcome === 'not_applicable';
}

/**
 * The verdict of a panel. `votes` has a place for each judge, null where it was not asked or gave nothing.
 *
 * - `majority`: what more than half of the votes say.
 * - `unanimity`: what all votes say.
 * - `latent`: `not_applicable` where more than half of the votes say so, else the likelier of `violates` and
 *   `adheres`, if any judge said it.
 *
 * Judges that abstained, failed, or showed no words for the violation they claim have no vote. Without any vote the
 * verdict is that of the judge that tells most: a claim without words, an abstention, then what went wrong. Without
 * agreement, or where only judges of the subject's own family gave a verdict that others could have given, nothing is
 * decided: `cannot_judge`.
 */
export function consensusOf(votes: readonly (Vote | null)[], counting: Counting): PanelVerdict {
  const places = votes.flatMap((vote, place) => (isDecision(vote?.outcome) ? [place] : []));
  if (places.length === 0) return withoutVotes(votes);
  const outcome = decisionOf(votes.map((vote) => vote?.outcome).filter(isDecision), counting);
  const by = places.filter((place) => votes[place]?.outcome === outcome);
  if (outcome === null || by.length === 0) return undecided('split');
  const { ownFamily } = counting;
  if (ownFamily !== undefined && by.every(ownFamily)) return undecided('own_family');
  const severity = outcome === 'violates' ? middleOf(votes, by) : null;
  return { outcome, severity, cause: null, by };
}

function decisionOf(
  outcomes: readonly VerdictOutcome[],
  { rule, violates }: Counting,
): VerdictOutcome | null {
  const needed = rule === 'unanimity' ? outcomes.length : Math.floor(outcomes.length / 2) + 1;
  const settled = outcomes.find(
    (outcome) => outcomes.filter((other) => other === outcome).length >= needed,
  );
  if (rule !== 'latent' || violates === null || violates === undefined) return settled ?? null;
  if (settled === 'not_applicable') return settled;
  if (violates === 0.5) return null;
  return violates > 0.5 ? 'violates' : 'adheres';
}

function undecided(cause: PanelCause): PanelVerdict {
  return { outcome: 'cannot_judge', severity: null, cause, by: [] };
}

function withoutVotes(votes: readonly (Vote | null)[]): PanelVerdict {
  const claimed = votes.flatMap((vote, place) => (vote?.outcome === 'unsupported' ? [place] : []));
  if (claimed.length > 0) {
    const severity = middleOf(votes, claimed);
    return { outcome: 'unsupported', severity, cause: null, by: claimed };
  }
  const cause = CAUSES.find((one) => votes.some((vote) => vote?.cause === one)) ?? 'judge';
  const by = votes.flatMap((vote, place) => (vote?.cause === cause ? [place] : []));
  return { outcome: 'cannot_judge', severity: null, cause, by };
}

/** The median; of an even number the milder of the two in the middle, which more than half hold it to be at least. */
function middleOf(votes: readonly (Vote | null)[], by: readonly number[]): Severity | null {
  // A vote need not say how grave it is.
  const severities = by.flatMap((place) => votes[place]?.severity ?? []);
  const sorted = severities.toSorted((a, b) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
