/** @module features/spec/fetch/command `tenet spec fetch`: published specs, at a version and a hash. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { argument, flag } from '../../../app/arguments.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import { createDownloader } from '../../../app/download.ts';
import { messageOf } from '../../../app/errors.ts';
import { placeFiles } from '../../../app/place-files.ts';
import { sha256 } from '../../../spec/sha256.ts';
import { printJson } from '../../../text/json.ts';
import { catalogueBlocks, fetchedBlocks } from './blocks.ts';
import { checkFolder, type Holding, refuseOverwriting } from './check-folder.ts';
import { type Fetched, fetchPublished } from './fetch-published.ts';
import { fetchingText, problem } from './messages.ts';
import { addressOf, PUBLISHED, PUBLISHED_BASE, publishedNamed } from './published.ts';
import { type FetchedSpec, PIN_FILE, type Pin, type PublishedSpecs, pinSchema } from './schema.ts';

const text = z.string();

export const fetch = defineCommand({
  args: z.object({
    name: argument(
      '[name]',
      text.optional(),
      'such as openai or openai@2025-12-18; lists them where absent',
    ),
    out: flag('<folder>', text.optional(), 'where to (default: specs/NAME/VERSION)', 'folder'),
  }),
  prints: ['tenet.spec-fetch/1', 'tenet.published-specs/1'],
  run: async (args, { log, settings }) => {
    if (args.name === undefined) {
      return { document: catalogueDocument(), blocks: () => catalogueBlocks(PUBLISHED) };
    }
    const spec = publishedNamed(args.name);
    const folder = args.out ?? join('specs', spec.name, spec.version);
    const holding = holdingOf(folder);
    const held = checkFolder(holding, spec);
    if (held !== null) return resultOf(folder, held, 'unchanged');
    const base = baseAddress(settings.environment);
    log.say(fetchingText(spec, new URL(base).host));
    const downloader = createDownloader();
    try {
      const source = { base, get: downloader.get };
      const now = new Date().toISOString();
      const fetched = await fetchPublished(spec, source, holding.pin?.sha256 ?? null, now);
      refuseOverwriting(holding, fetched.pin);
      place(folder, fetched);
      return resultOf(folder, fetched.pin, 'fetched');
    } finally {
      await downloader.close();
    }
  },
});

function resultOf(folder: string, pin: Pin, state: FetchedSpec['state']): Result {
  const document: FetchedSpec = { schema: 'tenet.spec-fetch/1', folder, state, pin };
  return { document, blocks: () => fetchedBlocks(folder, pin, state) };
}

function catalogueDocument(): PublishedSpecs {
  return {
    schema: 'tenet.published-specs/1',
    specs: PUBLISHED.map((spec) => ({
      name: spec.name,
      version: spec.version,
      title: spec.title,
      licence: spec.licence,
      address: addressOf(spec, spec.document),
      sha256: spec.sha256,
      evalFiles: spec.examples === null ? 0 : spec.examples.files,
    })),
  };
}

/** Where files come from: `TENET_FETCH_BASE` names a mirror. */
function baseAddress({ TENET_FETCH_BASE: mirror }: Readonly<Record<string, string | undefined>>) {
  if (mirror === undefined || mirror === '') return PUBLISHED_BASE;
  if (!URL.canParse(mirror) || !/^https?:$/.test(new URL(mirror).protocol)) {
    throw problem('wrong-mirror', { mirror });
  }
  return mirror.replace(/\/+$/, '');
}

function holdingOf(folder: string): Holding {
  return {
    folder,
    pin: readPin(join(folder, PIN_FILE)),
    hashOf: (file) => hashOfFile(join(folder, file)),
  };
}

function readPin(path: string): Pin | null {
  if (!existsSync(path)) return null;
  try {
    return pinSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw problem('no-pin', { path }, { cause: error });
  }
}

function hashOfFile(path: string): string | null {
  try {
    return sha256(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw problem('not-readable', { path, reason: messageOf(error) }, { cause: error });
  }
}

/** The pin comes last, so that a pin never speaks of files that are not there. */
function place(folder: string, { files, pin }: Fetched): void {
  try {
    placeFiles(
      folder,
      new Map<string, Uint8Array | string>([...files, [PIN_FILE, printJson(pin)]]),
    );
  } catch (error) {
    throw problem('not-writable', { folder, reason: messageOf(error) }, { cause: error });
  }
}
