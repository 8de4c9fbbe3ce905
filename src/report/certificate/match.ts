/**
 * @module report/certificate/match
 * Which certificate speaks of the judge of a run. One that was measured otherwise says nothing of it.
 */

import { JUDGE_PROMPT, judgePromptHash } from '../../run/judging/judge-prompt.ts';
import { modelJudgesOf, type Plan } from '../../run/plan.ts';
import { specName } from '../../spec/index.ts';
import { judgeKey, panelKey } from './identity.ts';
import type { Certificate } from './schema.ts';

export type CertificateMatch =
  | {
      type: 'found';
      certificate: Certificate;
      /** What a reader must know of it, such as that it was measured on another spec; null: nothing. */
      note: string | null;
    }
  /** There are certificates, and none may be used. */
  | { type: 'refused'; reason: string }
  | { type: 'none'; reason: string };

/**
 * The certificate of a plan's judge or, where several models judge, of the panel. It must be about the same judge
 * with the same rubrics and in the wording in which the plan asks; of several one on the plan's own spec counts, else
 * one on another version of it, and of these the one with the most items, the newest of equals: a quick look at a few
 * replies does not take the place of a measurement. A simulated judge's never stands for a real one.
 *
 * @param certificates newest first
 */
export function matchCertificate(
  plan: Pick<Plan, 'judges' | 'spec' | 'consensus' | 'rubrics' | 'batch'>,
  certificates: readonly Certificate[],
): CertificateMatch {
  const judges = modelJudgesOf(plan);
  const [first] = judges;
  if (first === undefined) return { type: 'none', reason: 'no model judges in this run' };
  const isPanel = judges.length > 1;
  const who = isPanel ? 'this panel' : 'this judge';
  const key = isPanel
    ? panelKey(judges, plan.consensus ?? 'majority', plan.rubrics)
    : judgeKey(first, plan.rubrics);
  const simulated = judges.some((judge) => judge.simulated);
  const own = certificates.filter((one) => one.key === key && one.simulated === simulated);
  if (own.length === 0) return { type: 'none', reason: `there is no certificate of ${who}` };
  const current = own
    .filter(({ prompt }) => isWording(prompt, first.prompt))
    .toSorted((a, b) => b.data.items - a.data.items);
  if (current.length === 0) {
    const measured = `the certificate of ${who} was measured with another wording of the question (${own[0]?.prompt.name})`;
    return {
      type: 'refused',
      reason:
        first.prompt === JUDGE_PROMPT
          ? `${measured}; calibrate it again`
          : `${measured} than this run was judged with (${first.prompt}); judge the run again`,
    };
  }
  const telling = current.filter(tellsErrors);
  const [best] = telling;
  if (best === undefined) {
    return {
      type: 'refused',
      reason: `the certificate of ${who} has verdicts on fewer than two examples with a reply that violates, or with one that adheres, so its errors are not known; calibrate it on more`,
    };
  }
  const { id, version, sha256 } = plan.spec;
  const same = telling.find(({ spec }) => spec.sha256 === sha256);
  const alone =
    plan.batch === undefined
      ? []
      : [`measured one clause a call; here up to ${plan.batch.size} were asked about in one`];
  const noteOf = (...notes: string[]): string | null => [...notes, ...alone].join('; ') || null;
  if (same !== undefined) return { type: 'found', certificate: same, note: noteOf() };
  const onSpec = telling.find(({ spec }) => spec.id === id) ?? best;
  const measured = specName(onSpec.spec);
  const wanted = specName({ id, version });
  const what = onSpec.spec.id === id ? 'another version of the spec' : 'another spec';
  return {
    type: 'found',
    certificate: onSpec,
    note: noteOf(
      measured === wanted
        ? `measured on ${measured} when its text was another`
        : `measured on ${what}: ${measured}, not ${wanted}`,
    ),
  };
}

/** Whether it has both a sensitivity and a specificity with an interval, without which no rate can be corrected. */
export function tellsErrors({ overall }: Certificate): boolean {
  return overall.sensitivity.low !== null && overall.specificity.low !== null;
}

/** Of wordings that are no longer used only the name is known. */
function isWording({ name, hash }: Certificate['prompt'], wording: string): boolean {
  return name === wording && (name !== JUDGE_PROMPT || hash === judgePromptHash());
}
