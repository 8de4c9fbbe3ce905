/**
 * @module cli/judge-list
 * `tenet judge list`: the certificates in the ledger.
 */
import { keptCertificates } from '../audit/calibration/keep.ts';
import { count } from '../audit/words.ts';
import { renderCertificateList } from '../report/certificate-list.ts';
import { loadConfig } from './config.ts';
import { DEFAULT_LEDGER, openStored } from './stored.ts';
import { say, screen } from './terminal.ts';

/** Prints the certificates, the newest first. */
export async function list(flags: { ledger?: string; json?: boolean }): Promise<void> {
  const config = await loadConfig(process.cwd());
  const ledger = openStored(flags.ledger ?? config.ledger ?? DEFAULT_LEDGER);
  try {
    const { certificates, unread } = keptCertificates(ledger);
    if (unread > 0) {
      say(`${count(unread, 'certificate')} of another version of Tenet can't be read.`);
    }
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ schema: 'tenet.certificates/1', certificates }, null, 2)}\n`
        : renderCertificateList(certificates, screen(process.stdout)),
    );
  } finally {
    ledger.close();
  }
}
