/**
 * @module lsp/settings
 * What a user can choose about the server, under `tenet` in the editor's settings.
 */
import * as z from 'zod';
import { PROFILES, RULE_SETTINGS } from '../features/spec/lint/index.ts';
import { DIALECTS } from '../spec/index.ts';

const SETTINGS = z.object({
  /** Which Markdown counts as a spec. */
  recognise: z.enum(['auto', 'always', 'never']).default('auto'),
  /** How specs are written; recognised for each one if absent. Some editors send what is not set as ''. */
  dialect: z.preprocess(
    (sent) => (sent === '' || sent === null ? undefined : sent),
    z.enum(DIALECTS).optional(),
  ),
  /** Milliseconds without a keystroke before a document is checked. */
  delay: z.number().int().min(0).max(60_000).default(200),
  /** Lenses above clauses. */
  lenses: z.boolean().default(true),
  lint: z
    .object({
      enabled: z.boolean().default(true),
      /** The one that fits the spec if absent. */
      profile: z.enum(PROFILES).optional(),
      /** Single rules: `{ "S024": "off" }`. */
      rules: z.record(z.string(), z.enum(RULE_SETTINGS)).default({}),
    })
    .prefault({}),
});

/** The settings in force. */
export type Settings = z.infer<typeof SETTINGS>;

/** What holds where nothing is said. */
export const DEFAULT_SETTINGS: Settings = SETTINGS.parse({});

/** Settings as an editor sends them, with or without `tenet` around them, or what is wrong with them. */
export function readSettings(sent: unknown): { settings: Settings } | { problem: string } {
  if (sent === null || sent === undefined) return { settings: DEFAULT_SETTINGS };
  const isWrapped = typeof sent === 'object' && 'tenet' in sent;
  const parsed = SETTINGS.safeParse((isWrapped ? sent.tenet : sent) ?? {});
  if (parsed.success) return { settings: parsed.data };
  const [issue] = parsed.error.issues;
  const where = ['tenet', ...(issue?.path ?? [])].join('.');
  return { problem: `Setting ${where}: ${issue?.message ?? 'not understood'}.` };
}
