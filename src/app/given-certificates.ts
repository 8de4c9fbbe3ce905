/** @module app/given-certificates What is known of judges, from files. */
import * as z from 'zod';
import { matchCertificate } from '../report/certificate/match.ts';
import {
  type Certificate,
  certificateSchema,
  certificatesSchema,
} from '../report/certificate/schema.ts';
import { plainText } from '../run/judging/plain-text.ts';
import type { Plan } from '../run/plan.ts';
import { jsonPlace } from '../spec/json-places.ts';
import { at } from '../text/at.ts';
import { loadText } from './files.ts';
import { problem } from './messages.ts';

const SHOWN_SCHEMA = 60;

/**
 * The certificates in these files, one of which must be about the plan's judge as it is asked now: whoever names a
 * file wants it used, and would not notice that it was not. Throws where a file holds none, or none of them fits.
 */
export function givenCertificates(
  files: readonly string[] | undefined,
  plan: Plan,
): readonly Certificate[] {
  if (files === undefined || files.length === 0) return [];
  const certificates = files.flatMap((file) =>
    readCertificates(file, loadText(file, 'a certificate')),
  );
  const match = matchCertificate(plan, certificates);
  if (match.type === 'found') return certificates;
  const { because, reason } = match;
  throw problem('no-certificate-fits', { files, because, reason });
}

/** Several in one document are those of a panel's judges and the panel's own. */
const FORMS = new Map<string, z.ZodType<Certificate[]>>([
  ['tenet.certificate/1', certificateSchema.transform((one) => [one])],
  [
    'tenet.certificates/1',
    certificatesSchema
      .extend({ certificates: z.array(certificateSchema).min(1) })
      .transform(({ certificates }) => certificates),
  ],
]);

/** The certificates in a file's text. Throws where there is none: says where, and what to do. */
function readCertificates(file: string, text: string): Certificate[] {
  const placeOf = (offset: number): { file: string; line: number; column: number } => {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/);
    return { file, line: before.length, column: at(before, before.length - 1).length + 1 };
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, expected } = jsonPlace(text);
    throw problem('certificate-no-json', { ...placeOf(offset), expected });
  }
  const { data: named } = z.looseObject({ schema: z.string() }).safeParse(value);
  const schema = named === undefined ? null : plainText(named.schema.slice(0, SHOWN_SCHEMA));
  const form = named && FORMS.get(named.schema);
  if (form === undefined) throw problem('no-certificate', { file, schema });
  const read = form.safeParse(value);
  if (read.success) return read.data;
  const issue = at(read.error.issues, 0);
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  throw problem('certificate-changed', {
    ...placeOf(jsonPlace(text, path).offset),
    place: plainText(path.join('.') || 'the document'),
    reason: plainText(issue.message),
  });
}
