/**
 * @module report/certificate/keep
 * Certificates in the ledger. They are only ever added; `matchCertificate` says which counts.
 */
import type { Ledger } from '../../ledger/ledger.ts';
import { certificateHash } from './identity.ts';
import { type Certificate, certificateSchema } from './schema.ts';

/** Keeps a certificate, with what is known of attacks on its judge in this wording. */
export async function keepCertificate(
  ledger: Ledger,
  certificate: Certificate,
): Promise<Certificate> {
  const attack = certificate.attack ?? (await knownAttack(ledger, certificate));
  const kept = { ...certificate, attack };
  await ledger.certificates.add({
    hash: certificateHash(kept),
    judge: kept.key,
    prompt: kept.prompt.hash,
    spec: kept.spec.sha256,
    simulated: kept.simulated,
    created: Date.parse(kept.created),
    body: kept,
  });
  return kept;
}

/** Every certificate that can be read, newest first, and how many can't. */
export async function keptCertificates(
  ledger: Ledger,
): Promise<{ certificates: Certificate[]; unread: number }> {
  const rows = await ledger.certificates.list();
  const certificates = readable(rows);
  return { certificates, unread: rows.length - certificates.length };
}

async function knownAttack(
  ledger: Ledger,
  { key, prompt }: Certificate,
): Promise<Certificate['attack']> {
  const own = (await ledger.certificates.ofJudge(key)).filter((one) => one.prompt === prompt.hash);
  return readable(own).find(({ attack }) => attack !== null)?.attack ?? null;
}

function readable(rows: readonly { body: unknown }[]): Certificate[] {
  // What was written in another form is none.
  return rows.flatMap(({ body }) => certificateSchema.safeParse(body).data ?? []);
}
