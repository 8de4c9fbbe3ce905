/**
 * @module features/judge/attacks/attach
 * Makes what attacks came to a part of what is known of a judge.
 */
import { hash } from 'node:crypto';
import type { CertificateStore } from '../../../ledger/certificates.ts';
import type { AttackReport } from '../../../report/certificate/attack-schema.ts';
import { judgeKey } from '../../../report/certificate/identity.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { promptOf } from '../../../run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../../../run/plan.ts';

/**
 * Keeps the judge's certificate in today's wording that counts (`matchCertificate`) a second time, with the part of
 * the report that is about this judge. The same report is kept once.
 * @returns false where the ledger has no such certificate
 */
export async function attachAttack(
  certificates: CertificateStore,
  judge: PlannedJudge,
  report: AttackReport,
): Promise<boolean> {
  const wording = promptOf(judge);
  const known = (await certificates.ofJudge(judgeKey(judge)))
    .filter(({ prompt, simulated }) => prompt === wording.hash && simulated === judge.simulated)
    .toSorted((a, b) => itemsOf(b.body) - itemsOf(a.body));
  const current = known.find(({ spec }) => spec === report.spec.sha256) ?? known[0];
  if (current === undefined) return false;
  const judges = report.judges.filter(({ id }) => id === judge.name);
  const attack: AttackReport = {
    ...report,
    prompt: wording,
    simulated: judge.simulated,
    judges,
  };
  // Written as a certificate, by this program.
  const body = { ...(current.body as object), attack };
  await certificates.add({ ...current, hash: hash('sha256', JSON.stringify(body), 'hex'), body });
  return true;
}

function itemsOf(body: unknown): number {
  return (body as Certificate).data.items;
}
