/**
 * @module ledger/certificates
 * What is known of judges: one document for each measurement, found by what was measured.
 */
import type { Row, TextStore } from './rows.ts';
import type { Prepare } from './statements.ts';
import type { Commits } from './writes.ts';

/** A certificate as it is kept. `body` is its document. */
export interface CertificateRecord {
  /** sha256 (hexadecimal) of the document. */
  hash: string;
  /** Who was measured. */
  judge: string;
  /** Hash of the wording in which it was asked. */
  prompt: string;
  /** sha256 of the spec that its marks come from. */
  spec: string;
  simulated: boolean;
  created: number;
  body: unknown;
}

export interface CertificateStore {
  /** Keeps a certificate; one with the same hash is kept once. */
  add(certificate: CertificateRecord): void;
  /** Certificates of this judge, newest first. */
  ofJudge(judge: string): CertificateRecord[];
  /** All of them, newest first. */
  list(): CertificateRecord[];
}

/** The part of the ledger that knows certificates. */
export function createCertificateStore(
  prepare: Prepare,
  store: TextStore,
  { flush, transaction }: Commits,
): CertificateStore {
  const toCertificate = (row: Row): CertificateRecord => ({
    hash: String(row.hash),
    judge: String(row.judge),
    prompt: String(row.prompt),
    spec: String(row.spec),
    simulated: row.simulated === 1,
    created: Number(row.created),
    body: store.inflate(String(row.body)),
  });
  return {
    add: ({ hash, judge, prompt, spec, simulated, created, body }) => {
      flush();
      transaction(() => {
        prepare(
          `INSERT OR IGNORE INTO certificates (hash, judge, prompt, spec, simulated, created, body)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ).run(hash, judge, prompt, spec, simulated ? 1 : 0, created, store.deflate(body));
      });
    },
    ofJudge: (judge) =>
      prepare('SELECT * FROM certificates WHERE judge = ? ORDER BY id DESC')
        .all(judge)
        .map(toCertificate),
    list: () => prepare('SELECT * FROM certificates ORDER BY id DESC').all().map(toCertificate),
  };
}
