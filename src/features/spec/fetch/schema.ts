/** @module features/spec/fetch/schema The file beside a fetched spec that says what it is and where it came from. */
import * as z from 'zod';

/** Where it stands, beside the spec. */
export const PIN_FILE = 'tenet-pin.json';

/** What `tenet-pin.json` holds. */
export const pinSchema = z
  .object({
    schema: z.literal('tenet.pin/1'),
    name: z.string(),
    version: z.string(),
    title: z.string(),
    licence: z.string(),
    address: z.string(),
    document: z.string(),
    sha256: z.string(),
    fetchedAt: z.string(),
    files: z
      .record(z.string(), z.string())
      .describe('sha256 of every file, the document among them, by its path from here'),
    tagsWithoutFile: z
      .array(z.string())
      .describe('Eval tags of the document for which there is no file'),
  })
  .meta({ title: 'Which published spec a folder holds' });

export type Pin = z.infer<typeof pinSchema>;

/** `tenet spec fetch NAME --json`. */
export const fetchSchema = z
  .object({
    schema: z.literal('tenet.spec-fetch/1'),
    folder: z.string(),
    state: z.enum(['fetched', 'unchanged']).describe('unchanged: it was there already'),
    pin: pinSchema,
  })
  .meta({ title: 'A published spec that was fetched' });

/** `tenet spec fetch --json`. */
export const publishedSchema = z
  .object({
    schema: z.literal('tenet.published-specs/1'),
    specs: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        title: z.string(),
        licence: z.string(),
        address: z.string(),
        sha256: z.string().nullable().describe('null where it is pinned when first fetched'),
        evalFiles: z.int().nonnegative().describe('Files of eval prompts that come with it'),
      }),
    ),
  })
  .meta({ title: 'The published specs' });

export type FetchedSpec = z.infer<typeof fetchSchema>;
export type PublishedSpecs = z.infer<typeof publishedSchema>;
