/** @module features/spec/resolve/profile/effective-schema What `tenet spec effective --json` prints. */
import * as z from 'zod';
import { KINDS } from '../../../../spec/kinds.ts';

const settings = z.record(z.string(), z.string());
const text = z.string();
const maybe = z.string().nullable();

const changeSchema = z.object({
  id: text,
  action: z.enum(['set', 'narrow', 'disable', 'add', 'inapplicable']),
  title: text,
  level: maybe.describe('The level before; of an added clause the one that it gets'),
  by: text.describe('Who makes it, by level'),
  reason: text,
  setting: text.optional().describe('The setting that is false, for inapplicable'),
  before: maybe.describe("sha256 of the clause's text before and after; null where it has none"),
  after: maybe,
  line: z.int().positive().describe("Of the entry in the profile's file"),
  column: z.int().positive(),
});

/** The spec that applies under a profile. */
export const effectiveSchema = z
  .object({
    schema: z.literal('tenet.effective/1'),
    spec: z.object({ id: text, version: maybe, sha256: text }),
    profile: z.object({
      id: text,
      file: text,
      by: text,
      operator: maybe,
      locale: maybe,
      audience: maybe,
      settings,
      spec: z.object({ id: text, version: maybe, sha256: maybe }),
    }),
    changes: z.array(changeSchema),
    levels: z.array(
      z.object({ name: text, rank: z.int().nonnegative(), overridable: z.boolean() }),
    ),
    clauses: z.array(
      z.object({
        id: text,
        title: text,
        level: maybe,
        kind: z.enum(KINDS).nullable(),
        tags: z.array(text),
        textHash: text,
        text,
        commentary: z.array(text),
      }),
    ),
  })
  .meta({ title: 'The spec that applies under a deployment profile' });

const standingSchema = z.object({
  state: z
    .enum(['as_written', 'set', 'narrowed', 'disabled', 'added', 'inapplicable', 'absent'])
    .describe(
      'as_written where the profile leaves it alone; absent where the spec that applies has none',
    ),
  level: maybe,
  by: maybe,
  reason: maybe,
  setting: text.optional().describe('The setting that is false, for inapplicable'),
  text: maybe.describe("What the profile's entry says, where it says something"),
});

/** What differs between two deployments of one spec. */
export const profileDifferenceSchema = z
  .object({
    schema: z.literal('tenet.profile-difference/1'),
    first: text,
    second: text,
    fields: z
      .array(z.object({ name: text, first: maybe, second: maybe }))
      .describe('Of the deployment itself: operator, locale, audience, settings.under_18'),
    clauses: z.array(
      z.object({ id: text, title: text, first: standingSchema, second: standingSchema }),
    ),
  })
  .meta({ title: 'What differs between two deployments' });

/** One change that a profile makes. */
export type ProfileChange = z.infer<typeof changeSchema>;

export type EffectiveDocument = z.infer<typeof effectiveSchema>;

/** How a clause stands in a deployment. */
export type ClauseStanding = z.infer<typeof standingSchema>;

export type ProfileDifferenceDocument = z.infer<typeof profileDifferenceSchema>;

/** All that differs between two deployments. */
export type ProfileDifference = Pick<ProfileDifferenceDocument, 'fields' | 'clauses'>;
