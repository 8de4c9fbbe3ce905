/** @module features/judge/calibration/list The certificates of a ledger, one row for each. */
import type { Certificate } from '../../../report/certificate/schema.ts';
import { specName } from '../../../spec/index.ts';
import type { BarsRow, Block } from '../../../text/blocks.ts';
import { count } from '../../../text/numbers.ts';
import { certificateName, errorRow, errorTable } from './blocks.ts';

/** What each judge does on replies whose verdict is known, in the order given. */
export function certificateListBlocks(certificates: readonly Certificate[]): Block[] {
  if (certificates.length === 0) {
    const text = "There are no certificates yet. 'tenet judge calibrate' makes one.";
    return [{ type: 'paragraph', text }];
  }
  const rows = certificates.flatMap((certificate): BarsRow[] => {
    const { created, spec, simulated, prompt, data, attack } = certificate;
    const about = [
      ...(simulated ? ['SIMULATED'] : []),
      created.slice(0, 10),
      specName(spec),
      prompt.name,
      count(data.items, 'item'),
      ...(attack === null ? [] : ['attacked']),
    ];
    return [
      errorRow(certificateName(certificate), certificate.overall),
      { heading: `  ${about.join(' · ')}` },
    ];
  });
  return [errorTable('Certificates', rows)];
}
