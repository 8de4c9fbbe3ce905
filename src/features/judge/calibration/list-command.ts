/**
 * @module features/judge/calibration/list-command
 * `tenet judge list`: the certificates in the ledger.
 */

import { loadConfig } from '../../../app/config.ts';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { openStored } from '../../../app/stored.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { printDocument } from '../../../text/json.ts';
import { count } from '../../../text/numbers.ts';
import { renderCertificateList } from './certificate-list.ts';
import { keptCertificates } from './keep.ts';

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
        ? printDocument('tenet.certificates', 1, { certificates })
        : renderCertificateList(certificates, screen(process.stdout)),
    );
  } finally {
    ledger.close();
  }
}
