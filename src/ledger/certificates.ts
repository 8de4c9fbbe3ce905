/**
 * @module ledger/certificates
 * What is known of judges: one document for each measurement, found by what was measured.
 */
import type { TextStore } from './rows.ts';
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
  const read = (where: string, ...values: string[]): CertificateRecord[] =>
    prepare(
      `SELECT hash, judge, prompt, spec, simulated, created, body FROM certificates ${where}
       ORDER BY id DESC`,
    )
      .all(...values)
      .map(
        (row) =>
          ({
            ...row,
            simulated: row.simulated === 1,
            body: store.inflate(String(row.body)),
          }) as CertificateRecord,
      );
  return {
    add: ({ hash, judge, prompt, spec, simulated, created, body }) => {
      flush();
      transaction(() => {
        const about = { hash, judge, prompt, spec, simulated: Number(simulated), created };
        prepare.into('certificates', { ...about, body: store.deflate(body) }, 'OR IGNORE');
      });
    },
    ofJudge: (judge) => read('WHERE judge = ?', judge),
    list: () => read(''),
  };
}
