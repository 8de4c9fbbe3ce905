/**
 * @module features/audit/health/judge-reliability
 * Which judges can be believed elsewhere: held against people's labels and the authors' marks under other clauses.
 */

import { wilson } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import type { HealthEvidence } from './evidence.ts';
import { decisionsOf, peopleSay } from './votes.ts';

/** A judge that is right at least this often on what is known can be believed. */
const RELIABLE_SHARE = 0.85;

/** With fewer known cases nothing is said of a judge. */
const KNOWN_LEAST = 20;

/** True: measured and good; false: measured and not; null: not measured enough. */
export type Reliability = boolean | null;

/**
 * What is known of each judge under every clause but one. Labels of transcripts come first; its calibration stands
 * where there are too few: then both its sensitivity and its specificity must reach the share.
 */
export function judgeReliability(
  evidence: HealthEvidence,
): (judge: number, clause: number) => Reliability {
  const labelled = evidence.cases.flatMap((one) => {
    const said = peopleSay(one);
    return said === null ? [] : [{ clause: one.clause, said, decisions: decisionsOf(one) }];
  });
  return (judge, clause) => {
    let trials = 0;
    let right = 0;
    for (const one of labelled) {
      const decision = one.decisions.get(judge);
      if (one.clause === clause || decision === undefined) continue;
      trials++;
      if (decision === one.said) right++;
    }
    if (trials >= KNOWN_LEAST) return reaches(right, trials);
    const { name } = at(evidence.judges, judge);
    const overall = evidence.calibrations.find((one) => one.judge === name)?.body.overall;
    if (overall === undefined) return null;
    const shares = [overall.sensitivity, overall.specificity];
    if (shares.some((share) => share.trials < KNOWN_LEAST)) return null;
    const told = shares.map(({ estimate, trials: of }) =>
      estimate === null ? null : reaches(estimate * of, of),
    );
    return told.includes(false) ? false : told.includes(null) ? null : true;
  };
}

/** Reached, not reached for certain, or too close to tell. */
function reaches(right: number, trials: number): Reliability {
  if (right / trials >= RELIABLE_SHARE) return true;
  const { high } = wilson(right, trials);
  return high !== null && high < RELIABLE_SHARE ? false : null;
}
