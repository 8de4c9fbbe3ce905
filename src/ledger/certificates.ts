/**
 * @module ledger/certificates
 * What is known of judges: one document for each measurement, found by what was measured.
 */
import type { Insert, Queries, Row } from './database.ts';
import { insertOf, storable, wholeTable } from './tables.ts';
import type { TextStore } from './texts.ts';
import type { Writes } from './writes.ts';

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
  /** Keeps a certificate; one with the same hash is kept once. It is on disk when this settles. */
  add(certificate: CertificateRecord): Promise<void>;
  /** Certificates of this judge, newest first. */
  ofJudge(judge: string): Promise<CertificateRecord[]>;
  /** All of them, newest first. */
  list(): Promise<CertificateRecord[]>;
}

/** The part of the ledger that knows certificates. */
export function createCertificateStore(
  { all }: Pick<Queries, 'all'>,
  texts: TextStore,
  { add, flush }: Writes,
): CertificateStore {
  const read = async (isWanted: (row: Row) => boolean): Promise<CertificateRecord[]> => {
    await flush();
    const rows = (await wholeTable({ all }, 'certificates', 'id', 'id DESC')).filter(isWanted);
    const bodies = await texts.inflate(rows.map((row) => String(row.body)));
    return rows.map(({ id: _, mark: __, ...row }, place) => {
      return { ...row, simulated: row.simulated === 1, body: bodies[place] } as CertificateRecord;
    });
  };
  return {
    add: async ({ simulated, body, ...about }) => {
      const { hash, judge, prompt, spec, created } = about;
      const rows: Insert[] = [];
      const stored = texts.deflate(body, rows);
      const row = { hash, judge, prompt, spec, simulated: Number(simulated), created };
      await add([...rows, insertOf('certificates', { ...row, body: stored }, 'once')]);
      await flush();
    },
    ofJudge: (given) => {
      const judge = storable(given);
      return read((row) => row.judge === judge);
    },
    list: () => read(() => true),
  };
}
