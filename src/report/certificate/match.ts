/**
 * @module report/certificate/match
 * Which certificate speaks of the judge of a run. One that was measured otherwise says nothing of it.
 */

import { JUDGE_PROMPT, judgePromptHash } from '../../run/judging/judge-prompt.ts';
import { type Plan, voicesOf } from '../../run/plan.ts';
import { specName } from '../../spec/index.ts';
import { judgeKey, panelKey } from './identity.ts';
import { type MatchNote, type MatchReason, matchNotesText, matchReasonText } from './messages.ts';
import type { Certificate } from './schema.ts';

export type CertificateMatch =
  | {
      type: 'found';
      certificate: Certificate;
      /** What a reader must know of it, such as that it was measured on another spec. */
      notes: readonly MatchNote[];
      /** The same in words; null: nothing. */
      note: string | null;
    }
  /** There are certificates, and none may be used (`refused`), or there is none. */
  | { type: 'refused' | 'none'; because: MatchReason; reason: string };

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
  const judges = voicesOf(plan);
  // What a panel's models are asked may change; what functions are shown does not.
  const first = judges.find(({ by }) => by === undefined) ?? judges[0];
  if (first === undefined) return missing('none', { code: 'no-model' });
  const isPanel = judges.length > 1;
  const key = isPanel
    ? panelKey(judges, plan.consensus ?? 'majority', plan.rubrics)
    : judgeKey(first, plan.rubrics);
  const simulated = judges.some((judge) => judge.simulated);
  const own = certificates.filter((one) => one.key === key && one.simulated === simulated);
  const [newest] = own;
  if (newest === undefined) return missing('none', { code: 'no-certificate', data: { isPanel } });
  const current = own
    .filter(({ prompt }) => isWording(prompt, first.prompt))
    .toSorted((a, b) => b.data.items - a.data.items);
  if (current.length === 0) {
    const isOutOfUse = first.prompt !== JUDGE_PROMPT;
    const data = { isPanel, measured: newest.prompt.name, asked: first.prompt, isOutOfUse };
    return missing('refused', { code: 'other-wording', data });
  }
  const telling = current.filter(tellsErrors);
  const [best] = telling;
  if (best === undefined) return missing('refused', { code: 'errors-unknown', data: { isPanel } });
  const { id, sha256 } = plan.spec;
  const same = telling.find(({ spec }) => spec.sha256 === sha256);
  const certificate = same ?? telling.find(({ spec }) => spec.id === id) ?? best;
  const notes: MatchNote[] = [
    ...(same === undefined ? [specNote(certificate.spec, plan.spec)] : []),
    ...(plan.batch === undefined
      ? []
      : [{ code: 'one-clause-a-call' as const, data: { size: plan.batch.size } }]),
  ];
  return { type: 'found', certificate, notes, note: matchNotesText(notes) };
}

function missing(type: 'refused' | 'none', because: MatchReason): CertificateMatch {
  return { type, because, reason: matchReasonText(because) };
}

function specNote(of: Certificate['spec'], plan: Plan['spec']): MatchNote {
  const [measured, asked] = [specName(of), specName(plan)];
  if (measured === asked) return { code: 'other-text', data: { measured } };
  const code = of.id === plan.id ? 'other-version' : 'other-spec';
  return { code, data: { measured, asked } };
}

/** Whether it has both a sensitivity and a specificity with an interval, without which no rate can be corrected. */
export function tellsErrors({ overall }: Certificate): boolean {
  return overall.sensitivity.low !== null && overall.specificity.low !== null;
}

/** Of wordings that are no longer used only the name is known. */
function isWording({ name, hash }: Certificate['prompt'], wording: string): boolean {
  return name === wording && (name !== JUDGE_PROMPT || hash === judgePromptHash());
}
