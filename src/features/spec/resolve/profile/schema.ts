/** @module features/spec/resolve/profile/schema A deployment profile, as its file holds it and as it is read. */
import * as z from 'zod';
import { KINDS } from '../../../../spec/kinds.ts';

const reason = z.string().trim().min(1).describe('why, for whoever audits the deployment');
const by = z
  .string()
  .min(1)
  .optional()
  .describe('the level of whoever makes this change, where it is lower than the profile’s');
const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .describe('letters, digits, _ and -');
const oneLine = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\r\n{}]+$/)
  .describe('one line without braces');

const setSchema = z
  .strictObject({
    text: z.string().trim().min(1).optional().describe('instead of the clause’s text, as Markdown'),
    title: oneLine.optional(),
    level: z.string().min(1).optional(),
    keep_examples: z.boolean().optional().describe('the examples hold for the new text too'),
    reason,
    by,
  })
  .describe('says something else');

const narrowSchema = z
  .strictObject({ text: z.string().trim().min(1), reason, by })
  .describe('asks for more within what the clause says, never for less');

const disableSchema = z.strictObject({ reason, by }).describe('does not hold in this deployment');

const addSchema = z
  .strictObject({
    title: oneLine,
    level: z.string().min(1),
    kind: z.enum(KINDS).optional(),
    tags: z.array(id).optional(),
    under: id.optional().describe('the section it is put below; the end where absent'),
    text: z.string().trim().min(1),
    reason,
    by,
  })
  .describe('a clause of the deployment’s own');

/** What a profile's file holds. */
export const profileSchema = z
  .strictObject({
    profile: z.literal(1).describe('the version of this form'),
    id,
    spec: z
      .strictObject({
        id: z.string().min(1),
        version: z.string().min(1).optional(),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      })
      .describe('the spec that it is for'),
    by: z.string().min(1).describe('the level of authority of its author: system or developer'),
    operator: z.string().min(1).optional(),
    locale: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    set: z.record(id, setSchema).optional(),
    narrow: z.record(id, narrowSchema).optional(),
    disable: z.record(id, disableSchema).optional(),
    add: z.record(id, addSchema).optional(),
  })
  .meta({ title: 'A deployment profile', id: 'Profile' });

/** What can be done to a clause. */
export type ProfileAction = ProfileEntry['action'];

/** A place in a profile's file. */
export interface ProfilePlace {
  line: number;
  column: number;
}

interface EntryBase {
  id: string;
  /** The level of whoever makes the change. */
  by: string;
  reason: string;
  /** Of its id in the file; of its fields by name. */
  place: ProfilePlace;
  places: Readonly<Record<string, ProfilePlace>>;
}

/** One change of one clause. */
export type ProfileEntry = EntryBase &
  (
    | { action: 'set'; text?: string; title?: string; level?: string; keepExamples: boolean }
    | { action: 'narrow'; text: string }
    | { action: 'disable' }
    | (Omit<z.infer<typeof addSchema>, keyof EntryBase> & { action: 'add'; tags: string[] })
  );

/** A deployment profile as read. */
export interface Profile {
  id: string;
  file: string;
  spec: { id: string; version: string | null; sha256: string | null };
  by: string;
  operator: string | null;
  locale: string | null;
  audience: string | null;
  settings: Record<string, string>;
  /** In the order of the file. */
  entries: ProfileEntry[];
  /** Places of the fields that are checked against a spec: `by`, `spec.id`, `spec.version`, `spec.sha256`. */
  places: Readonly<Record<string, ProfilePlace>>;
}
