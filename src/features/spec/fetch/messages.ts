/** @module features/spec/fetch/messages The sentences of what can go wrong when a published spec is fetched. */
import type { DownloadFailure } from '../../../app/download.ts';
import { problemsOf } from '../../../app/errors.ts';
import { safeLine } from '../../../text/safe-text.ts';

/** A published spec as it is asked for. */
interface Named {
  name: string;
  version: string;
}

const ELSEWHERE = 'fetch into another folder with --out.';

export const problem = problemsOf({
  'unknown-version': ({ asked, versions }: { asked: string; versions: string[] }) => ({
    where: { value: safeLine(asked) },
    what: 'there is no such version.',
    remedy: `Known are ${versions.join(', ')}.`,
  }),
  'unknown-name': ({ asked }: { asked: string }) => ({
    where: { value: safeLine(asked) },
    what: 'there is no published spec of this name.',
    remedy: "'tenet spec fetch' lists those that there are.",
  }),
  'wrong-mirror': (_: { mirror: string }) => ({
    where: { flag: 'TENET_FETCH_BASE' },
    what: 'this is no address.',
    remedy: 'Write one such as https://mirror.example/github.',
  }),
  'other-version-there': ({ folder, name, version }: { folder: string } & Named) => ({
    where: { file: folder },
    what: `this folder holds ${safeLine(`${name}@${version}`)}.`,
    remedy: 'Fetch into another one with --out.',
  }),
  'file-changed': ({ path, name, version }: { path: string } & Named) => ({
    where: { file: path },
    what: `this file is not as ${name}@${version} was published, so it was left as it is.`,
    remedy: `Move it away, or ${ELSEWHERE}`,
  }),
  'no-pin': ({ path }: { path: string }) => ({
    where: { file: path },
    what: 'this is no pin that Tenet wrote.',
    remedy: `Move it away, or ${ELSEWHERE}`,
  }),
  'not-readable': ({ path, reason }: { path: string; reason: string }) => ({
    where: { file: path },
    what: `can't be read: ${reason}`,
  }),
  'not-writable': ({ folder, reason }: { folder: string; reason: string }) => ({
    where: { file: folder },
    what: `can't be written: ${reason}`,
  }),
  'not-fetched': ({ name, version, why, absent }: NotFetched) => ({
    where: { value: `${name}@${version}` },
    what: `${failureText(why)} Nothing was written.`,
    remedy: absent
      ? 'It may have moved: fetch another version, or see whether there is a newer Tenet.'
      : 'Try again where there is a network, or name a mirror in TENET_FETCH_BASE.',
  }),
  'other-bytes': ({ name, version, address, found, wanted }: OtherBytes) => ({
    where: { value: `${name}@${version}` },
    what: `what ${safeLine(address)} sends has the sha256 ${found} instead of ${wanted}. Nothing was written.`,
    remedy: 'Is it a mirror that is out of date, or a page to log in to?',
  }),
  'other-prompts': ({ name, version, files, expected }: OtherPrompts) => ({
    where: { value: `${name}@${version}` },
    what: `the files of eval prompts are not those that were published: ${files} came, ${expected} were expected, and the sha256 of their list is another. Nothing was written.`,
    remedy: 'Try again, or without the mirror.',
  }),
});

interface NotFetched extends Named {
  why: DownloadFailure;
  /** Is there nothing at the address? */
  absent: boolean;
}

interface OtherBytes extends Named {
  address: string;
  found: string;
  wanted: string;
}

interface OtherPrompts extends Named {
  files: number;
  expected: number;
}

function failureText({ code, data }: DownloadFailure): string {
  switch (code) {
    case 'declined':
      return `${safeLine(data.address)} answers ${data.status}.`;
    case 'redirected-astray':
      return `${safeLine(data.address)} redirects to where Tenet does not follow: ${safeLine(data.location)}.`;
    case 'redirected-too-often':
      return `${safeLine(data.address)} redirects more than ${data.most} times.`;
    case 'too-large':
      return `${safeLine(data.address)} sends more than ${data.megabytes} MB: that is no spec.`;
    case 'unreachable':
      return `${data.host} can't be reached from here (${data.reason}).`;
    case 'too-slow':
      return `${data.host} is too slow: it said nothing for ${data.silence / 1_000} s, or was not done in ${data.total / 1_000} s.`;
    case 'broken-off':
      return `the connection to ${data.host} broke off.`;
    case 'failed':
      return `${data.host}: ${safeLine(data.message)}.`;
  }
}

/** Said before the first file is asked for. */
export function fetchingText({ name, version }: Named, host: string): string {
  return `Fetching ${name}@${version} from ${host} …`;
}
