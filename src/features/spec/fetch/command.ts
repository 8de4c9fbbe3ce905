/** @module features/spec/fetch/command `tenet spec fetch`: published specs, at a version and a hash. */
import { join } from 'node:path';
import { Problem } from '../../../app/problem.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { readSpec, walkInlines } from '../../../spec/index.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { createDownloader, type Download, type Downloader } from './download.ts';
import { catalogueText, fetchedText } from './fetch-text.ts';
import {
  addressOf,
  filesDigestText,
  findPublished,
  PUBLISHED,
  PUBLISHED_BASE,
  type PublishedSpec,
} from './published.ts';
import { hashOfFile, type Pin, placeFiles, readPin, sha256 } from './spec-pin.ts';

/** As many files at a time as a polite visitor asks for. */
const AT_ONCE = 8;

interface FetchFlags {
  out?: string;
}

/** Fetches a published spec, or lists those that there are. */
export async function fetchSpec(name: string | undefined, flags: FetchFlags): Promise<void> {
  const settings = screen(process.stdout);
  if (name === undefined) {
    process.stdout.write(catalogueText(PUBLISHED, settings));
    return;
  }
  const spec = findPublished(name);
  if (spec === undefined) throw new Problem(`${safeLine(name)}: ${unknownName(name)}`);
  const folder = flags.out ?? join('specs', spec.name, spec.version);
  const earlier = readPin(folder);
  refuseOtherVersion(folder, spec, earlier);
  refuseChanged(folder, earlier, spec);
  if (isComplete(folder, spec, earlier)) {
    process.stdout.write(fetchedText({ folder, pin: earlier, isNew: false, ...settings }));
    return;
  }
  const base = baseAddress();
  say(`Fetching ${spec.name}@${spec.version} from ${new URL(base).host} …`);
  const downloader = createDownloader();
  try {
    const fetched = await fetchFiles(spec, base, downloader, earlier);
    refuseOverwriting(folder, fetched.pin);
    placeFiles(folder, fetched.files, fetched.pin);
    process.stdout.write(fetchedText({ folder, pin: fetched.pin, isNew: true, ...settings }));
  } finally {
    await downloader.close();
  }
}

function unknownName(name: string): string {
  const [wanted] = name.split('@', 1);
  const versions = PUBLISHED.filter((spec) => spec.name === wanted).map(({ version }) => version);
  return versions.length > 0
    ? `there is no such version. Known are ${versions.join(', ')}.`
    : `there is no published spec of this name. 'tenet spec fetch' lists those that there are.`;
}

/** Where files come from: `TENET_FETCH_BASE` names a mirror. */
function baseAddress(): string {
  const { TENET_FETCH_BASE: mirror } = process.env;
  if (mirror === undefined || mirror === '') return PUBLISHED_BASE;
  if (!URL.canParse(mirror) || !/^https?:$/.test(new URL(mirror).protocol)) {
    throw new Problem(
      'TENET_FETCH_BASE: this is no address. Write one such as https://mirror.example/github.',
    );
  }
  return mirror.replace(/\/+$/, '');
}

function refuseOtherVersion(folder: string, spec: PublishedSpec, pin: Pin | null): void {
  if (pin === null || (pin.name === spec.name && pin.version === spec.version)) return;
  throw new Problem(
    `${folder}: this folder holds ${safeLine(`${pin.name}@${pin.version}`)}. Fetch into another one with --out.`,
  );
}

/** What a person has changed stays as it is. */
function refuseChanged(folder: string, pin: Pin | null, spec: PublishedSpec): void {
  const wanted = pin?.files ?? (spec.sha256 === null ? {} : { [spec.document]: spec.sha256 });
  for (const [name, hash] of Object.entries(wanted)) {
    const own = hashOfFile(join(folder, name));
    if (own !== null && own !== hash) throw changedFile(join(folder, name), spec);
  }
}

function refuseOverwriting(folder: string, { name, version, files }: Pin): void {
  for (const [file, hash] of Object.entries(files)) {
    const own = hashOfFile(join(folder, file));
    if (own !== null && own !== hash) throw changedFile(join(folder, file), { name, version });
  }
}

function changedFile(path: string, { name, version }: { name: string; version: string }): Problem {
  return new Problem(
    `${path}: this file is not as ${name}@${version} was published, so it was left as it is. Move it away, or fetch into another folder with --out.`,
  );
}

function isComplete(folder: string, spec: PublishedSpec, pin: Pin | null): pin is Pin {
  if (pin === null || (spec.sha256 !== null && pin.sha256 !== spec.sha256)) return false;
  return Object.keys(pin.files).every((name) => hashOfFile(join(folder, name)) !== null);
}

async function fetchFiles(
  spec: PublishedSpec,
  base: string,
  downloader: Downloader,
  earlier: Pin | null,
): Promise<{ files: Map<string, Uint8Array>; pin: Pin }> {
  const address = addressOf(spec, spec.document, base);
  const document = bytesOf(spec, await downloader.get(address));
  const wanted = spec.sha256 ?? earlier?.sha256 ?? null;
  if (wanted !== null && sha256(document) !== wanted) {
    throw new Problem(
      `${spec.name}@${spec.version}: what ${safeLine(address)} sends has the sha256 ${sha256(document)} instead of ${wanted}. Nothing was written. Is it a mirror that is out of date, or a page to log in to?`,
    );
  }
  const files = new Map<string, Uint8Array>([[spec.document, document]]);
  const tagsWithoutFile = await addExamples(spec, base, downloader, files);
  const hashes = [...files].map(([name, bytes]) => [name, sha256(bytes)] as const);
  const pin: Pin = {
    schema: 'tenet.pin/1',
    name: spec.name,
    version: spec.version,
    title: spec.title,
    licence: spec.licence,
    address,
    document: spec.document,
    sha256: sha256(document),
    fetchedAt: new Date().toISOString(),
    files: Object.fromEntries(hashes),
    tagsWithoutFile,
  };
  return { files, pin };
}

/** Adds the files of eval prompts that the document's tags name. Gives the tags that have none. */
async function addExamples(
  spec: PublishedSpec,
  base: string,
  downloader: Downloader,
  files: Map<string, Uint8Array>,
): Promise<string[]> {
  const { examples } = spec;
  const document = files.get(spec.document);
  if (examples === null || document === undefined) return [];
  const tags = [...new Set([...tagsIn(spec.document, document), ...examples.untagged])].sort();
  const found = new Map<string, Uint8Array | null>();
  const waiting = tags.values();
  const work = async (): Promise<void> => {
    for (const tag of waiting) {
      const download = await downloader.get(addressOf(spec, `${examples.folder}/${tag}.md`, base));
      found.set(tag, download.type === 'absent' ? null : bytesOf(spec, download));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const own = new Map<string, string>();
  for (const tag of tags) {
    const bytes = found.get(tag) ?? null;
    if (bytes === null) continue;
    const name = `${examples.folder}/${tag}.md`;
    files.set(name, bytes);
    own.set(name, sha256(bytes));
  }
  if (sha256(filesDigestText(own)) !== examples.sha256) {
    throw new Problem(
      `${spec.name}@${spec.version}: the files of eval prompts are not those that were published: ${own.size} came, ${examples.files} were expected, and the sha256 of their list is another. Nothing was written. Try again, or without the mirror.`,
    );
  }
  return tags.filter((tag) => (found.get(tag) ?? null) === null);
}

function tagsIn(file: string, bytes: Uint8Array): string[] {
  const { sections } = readSpec({ file, bytes });
  return sections
    .flatMap(({ blocks }) => walkInlines(blocks))
    .flatMap((inline) => (inline.type === 'eval-tag' ? [inline.tag] : []));
}

function bytesOf(spec: PublishedSpec, download: Download): Uint8Array {
  if (download.type === 'bytes') return download.bytes;
  const remedy =
    download.type === 'absent'
      ? 'It may have moved: fetch another version, or see whether there is a newer Tenet.'
      : 'Try again where there is a network, or name a mirror in TENET_FETCH_BASE.';
  throw new Problem(
    `${spec.name}@${spec.version}: ${download.message} Nothing was written. ${remedy}`,
  );
}
