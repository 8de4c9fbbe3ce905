/**
 * @module run/judging/rubric/schema
 * The form of a rubric's front matter.
 */

import * as z from 'zod';
import { SEVERITIES, type Severity } from '../../../ledger/records.ts';
import { type Check, checksSchema, sceneSchema } from '../checks/schema.ts';

const word = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ., _ and -')
  .max(100);

/** What stands between the two lines of dashes at the top of a rubric's file. */
export const frontMatterSchema = z
  .strictObject({
    rubric: word.describe('its id'),
    version: z
      .union([word, z.number().transform(String)])
      .describe('any word that changes with every release'),
    clause: z
      .string()
      .regex(/^#?[^\s#]+$/, "a clause's id, such as be_brief")
      .transform((id) => id.replace(/^#/, ''))
      .describe('the id of the clause that it is for'),
    spec: z
      .string()
      .regex(/^[^\s@]+(@[^\s@]+)?$/, 'id or id@version')
      .optional()
      .describe('the spec that it was written for, as id or id@version'),
    severity: z
      .enum(SEVERITIES)
      .optional()
      .describe('of a violation that code finds (major where absent)'),
    applies_when: sceneSchema
      .optional()
      .describe(
        'what must be so of the messages before the reply; otherwise the clause does not apply',
      ),
    checks: checksSchema
      .optional()
      .describe('what must be so of the reply; where it stands, code judges and no model is asked'),
    drafted_by: z.string().max(200).optional().describe('what made the first draft'),
  })
  .meta({ title: "The front matter of a rubric's file", id: 'Rubric' });

/** A rubric: how the replies to one clause's scenarios are judged. */
export interface Rubric {
  id: string;
  version: string;
  clause: string;
  spec: { id: string; version: string | null } | null;
  severity: Severity;
  appliesWhen: Check | null;
  checks: Check | null;
  /** What keeping the clause is. */
  is: string[];
  /** What is mistaken for it, or is none of its business. */
  isNot: string[];
  /** What makes a violation one of this severity. */
  anchors: Partial<Record<Severity, string>>;
  /** All else that it says, as Markdown; empty where it says nothing else. */
  notes: string;
  /** Places in the file that are checked against a spec. */
  places: Record<'clause' | 'spec', RubricPlace>;
}

/** Counted from 1. */
export interface RubricPlace {
  line: number;
  column: number;
}

/** Something wrong with a rubric, and where. */
export interface RubricProblem extends RubricPlace {
  file: string;
  message: string;
}
