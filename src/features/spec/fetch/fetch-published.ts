/**
 * @module features/spec/fetch/fetch-published
 * Fetches a published spec with its files of eval prompts, and makes sure of every byte.
 */
import type { Download } from '../../../app/download.ts';
import { collectTags } from '../../../spec/eval-files.ts';
import { readSpec } from '../../../spec/index.ts';
import { sha256 } from '../../../spec/sha256.ts';
import { problem } from './messages.ts';
import { addressOf, filesDigestText, type PublishedSpec } from './published.ts';
import type { Pin } from './schema.ts';

/** As many files at a time as a polite visitor asks for. */
const AT_ONCE = 8;

/** Where files come from. */
export interface Source {
  /** What every address begins with. */
  base: string;
  get(address: string): Promise<Download>;
}

/** What was fetched: files by their path, the document first, and the pin that speaks of them. */
export interface Fetched {
  files: Map<string, Uint8Array>;
  pin: Pin;
}

/**
 * All files of a published spec. Throws a `TenetError` where one does not come, or is not what was published.
 * @param pinned sha256 of the document by an earlier pin; null where there is none
 * @param now the time for the pin, in ISO 8601
 */
export async function fetchPublished(
  spec: PublishedSpec,
  source: Source,
  pinned: string | null,
  now: string,
): Promise<Fetched> {
  const { name, version, title, licence } = spec;
  const address = addressOf(spec, spec.document, source.base);
  const document = bytesOf(spec, await source.get(address));
  const found = sha256(document);
  const wanted = spec.sha256 ?? pinned;
  if (wanted !== null && found !== wanted) {
    throw problem('other-bytes', { name, version, address, found, wanted });
  }
  const files = new Map<string, Uint8Array>([[spec.document, document]]);
  const tagsWithoutFile = await addExamples(spec, source, document, files);
  const pin: Pin = {
    schema: 'tenet.pin/1',
    name,
    version,
    title,
    licence,
    address,
    document: spec.document,
    sha256: found,
    fetchedAt: now,
    files: Object.fromEntries([...files].map(([file, bytes]) => [file, sha256(bytes)])),
    tagsWithoutFile,
  };
  return { files, pin };
}

/** Adds the files of eval prompts that the document's tags name. Gives the tags that have none. */
async function addExamples(
  spec: PublishedSpec,
  { base, get }: Source,
  document: Uint8Array,
  files: Map<string, Uint8Array>,
): Promise<string[]> {
  const { examples, name, version } = spec;
  if (examples === null) return [];
  const tags = [...new Set([...tagsIn(spec.document, document), ...examples.untagged])].sort();
  const found = new Map<string, Uint8Array>();
  const waiting = tags.values();
  const work = async (): Promise<void> => {
    for (const tag of waiting) {
      const download = await get(addressOf(spec, `${examples.folder}/${tag}.md`, base));
      if (download.type !== 'absent') found.set(tag, bytesOf(spec, download));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const own = new Map<string, string>();
  for (const tag of tags) {
    const bytes = found.get(tag);
    if (bytes === undefined) continue;
    const file = `${examples.folder}/${tag}.md`;
    files.set(file, bytes);
    own.set(file, sha256(bytes));
  }
  if (sha256(filesDigestText(own)) !== examples.sha256) {
    const { size } = own;
    throw problem('other-prompts', { name, version, files: size, expected: examples.files });
  }
  return tags.filter((tag) => !found.has(tag));
}

function tagsIn(file: string, bytes: Uint8Array): string[] {
  return collectTags(readSpec({ file, bytes }).sections).map(({ tag }) => tag.tag);
}

function bytesOf({ name, version }: PublishedSpec, download: Download): Uint8Array {
  if (download.type === 'bytes') return download.bytes;
  const { why, type } = download;
  throw problem('not-fetched', { name, version, why, absent: type === 'absent' });
}
