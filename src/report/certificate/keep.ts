/**
 * @module report/certificate/keep
 * Certificates in the ledger. They are only ever added; `matchCertificate` says which counts.
 */
import type { Ledger } from '../../ledger/ledger.ts';
import { certificateHash } from './identity.ts';
import { type Certificate, certificateSchema } from './schema.ts';

/** Keeps a certificate, with what is known of attacks on its judge in this wording. */
export function keepCertificate(ledger: Ledger, certificate: Certificate): Certificate {
  const attack = certificate.attack ?? knownAttack(ledger, certificate);
  const kept = { ...certificate, attack };
  ledger.certificates.add({
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
export function keptCertificates(ledger: Ledger): { certificates: Certificate[]; unread: number } {
  const read = ledger.certificates.list().map(({ body }) => certificateSchema.safeParse(body));
  const certificates = read.flatMap(({ data }) => data ?? []);
  return { certificates, unread: read.length - certificates.length };
}

function knownAttack(ledger: Ledger, { key, prompt }: Certificate): Certificate['attack'] {
  const own = ledger.certificates.ofJudge(key).filter((one) => one.prompt === prompt.hash);
  const read = own.flatMap(({ body }) => certificateSchema.safeParse(body).data ?? []);
  return read.find(({ attack }) => attack !== null)?.attack ?? null;
}
