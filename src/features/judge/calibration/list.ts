/** @module features/judge/calibration/list The certificates of a ledger, one row for each. */

import type { Certificate } from '../../../report/certificate/schema.ts';
import { specName } from '../../../spec/index.ts';
import { count } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { type ErrorRow, errorTable } from './error-table.ts';
import { certificateName } from './head.ts';

/** What each judge does on replies whose verdict is known, in the order given. */
export function renderCertificateList(
  certificates: readonly Certificate[],
  settings: { width?: number; color?: boolean } = {},
): string {
  if (certificates.length === 0) {
    return "There are no certificates yet. 'tenet judge calibrate' makes one.\n";
  }
  const sheet = {
    width: Math.max(40, settings.width ?? 80),
    paint: painter(settings.color ?? false),
  };
  const rows = certificates.flatMap((certificate): ErrorRow[] => {
    const { created, spec, simulated, prompt, overall, data, attack } = certificate;
    const stamp = simulated ? 'SIMULATED · ' : '';
    return [
      { label: certificateName(certificate), ...overall },
      {
        heading: `  ${stamp}${created.slice(0, 10)} · ${specName(spec)} · ${prompt.name} · ${count(data.items, 'item')}${attack === null ? '' : ' · attacked'}`,
      },
    ];
  });
  return `${errorTable('Certificates', rows, sheet).join('\n')}\n`;
}
