/** @module app/given-certificates What is known of judges, from files. */

import { matchCertificate } from '../report/certificate/match.ts';
import { type Certificate, readCertificates } from '../report/certificate/schema.ts';
import type { Plan } from '../run/plan.ts';
import { loadText } from './files.ts';
import { Problem } from './problem.ts';

/**
 * The certificates in these files, one of which must be about the plan's judge as it is asked now: whoever names a
 * file wants it used, and would not notice that it was not.
 */
export function givenCertificates(
  files: readonly string[] | undefined,
  plan: Plan,
): readonly Certificate[] {
  if (files === undefined || files.length === 0) return [];
  const certificates = files.flatMap((file) => {
    const read = readCertificates(file, loadText(file, 'a certificate'));
    if ('problem' in read) throw new Problem(`--certificate: ${read.problem}`);
    return read.certificates;
  });
  const match = matchCertificate(plan, certificates);
  if (match.type !== 'found') {
    throw new Problem(`--certificate ${files.join(', ')}: ${match.reason}.`);
  }
  return certificates;
}
