/** @module library/check-input What a program hands over, checked: types are no guard where nobody checks them. */
import * as z from 'zod';
import { readGiven } from '../app/read-given.ts';
import { priceSchema } from '../model/prices.ts';
import { problem } from './messages.ts';

const whole = z.int('must be a whole number above 0').positive('must be a whole number above 0');
const dollars = z.number('must be US dollars').nonnegative('must be US dollars');
const must = 'must be a provider:model, what defineProvider gives';

/** A name, or something that has one of these keys. */
const named = (what: string, ...keys: string[]) =>
  z.custom(
    (value) =>
      typeof value === 'string' ||
      (typeof value === 'object' && value !== null && keys.some((key) => key in value)),
    what,
  );

const subjectFields = z.strictObject({
  model: z.unknown(),
  system: z.string('must be a text').optional(),
  parameters: z.looseObject({}, 'must be an object').optional(),
});

/** Looks into `{ model, system, parameters }`: a misspelt field would be left out in silence. */
function checkFields(subject: unknown, context: z.core.$RefinementCtx): void {
  if (typeof subject !== 'object' || subject === null || !('model' in subject)) return;
  if ('complete' in subject) return;
  const { error } = subjectFields.safeParse(subject);
  for (const issue of error?.issues ?? []) context.addIssue(issue as z.core.$ZodRawIssue);
}

function isSpec(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sections' in value &&
    Array.isArray(value.sections)
  );
}

const audit = z.strictObject({
  spec: z.union(
    [z.custom(isSpec), z.looseObject({ path: z.string() }), z.looseObject({ text: z.string() })],
    'must be what readSpec gives, { path } or { text }',
  ),
  suite: z
    .union(
      [z.looseObject({ scenarios: z.array(z.unknown()) }), z.looseObject({ path: z.string() })],
      'must be a suite or { path }',
    )
    .optional(),
  clauses: z.string('must be a query').optional(),
  subjects: z.array(
    named(`${must}, or { model }`, 'complete', 'model').check(z.superRefine(checkFields)),
    'must be a list',
  ),
  judges: z.array(
    named(`${must} or what defineJudge gives`, 'complete', 'judge'),
    'must be a list',
  ),
  schedule: z
    .discriminatedUnion(
      'type',
      [
        z.strictObject({ type: z.literal('fixed'), repeats: whole }),
        z.strictObject({
          type: z.literal('sequential'),
          precision: z
            .number('must be between 0 and 0.5')
            .gt(0, 'must be between 0 and 0.5')
            .lt(0.5, 'must be between 0 and 0.5'),
          budget: dollars.optional(),
        }),
      ],
      "must be of type 'fixed' or 'sequential'",
    )
    .optional(),
  limit: whole.optional(),
  budget: dollars.optional(),
  prices: z.record(z.string(), priceSchema).optional(),
  name: z.string('must be a text').optional(),
  tags: z.array(z.string('must be a text'), 'must be a list').optional(),
  ledger: z.unknown().optional(),
  signal: z.instanceof(AbortSignal, { error: 'must be an AbortSignal' }).optional(),
  record: z.enum(['use', 'fresh', 'only'], "must be 'use', 'fresh' or 'only'").optional(),
});

const judging = audit
  .pick({ spec: true, clauses: true, judges: true, ledger: true, signal: true })
  .extend({
    spec: z.custom(isSpec, 'must be what readSpec gives'),
    transcripts: z.custom(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        (Symbol.iterator in value || Symbol.asyncIterator in value),
      'must be a list or another iterable',
    ),
  });

/** Throws a `TenetError` that names the field of an audit's input that can't be one. */
export function checkAuditInput(input: unknown): void {
  check(audit, input);
}

/** As `checkAuditInput`, for the input of `judge`. */
export function checkJudgeInput(input: unknown): void {
  check(judging, input);
}

const transcript = z.looseObject({
  messages: z.array(
    z.looseObject({
      id: z.string(),
      role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
      content: z.string(),
      source: z.enum(['scenario', 'subject', 'auditor', 'world', 'judge']),
    }),
  ),
  finish: z.string().nullable(),
});

/** As `checkAuditInput`, for one of the transcripts that `judge` is given, from 0. */
export function checkTranscript(given: unknown, place: number): void {
  check(transcript, given, ['transcripts', place]);
}

function check(schema: z.ZodType, input: unknown, at: PropertyKey[] = []): void {
  const read = readGiven(schema, input);
  if ('data' in read) return;
  const { place, reason, unknown, cause } = read.wrong;
  const [key] = unknown;
  throw problem(
    'wrong-input',
    {
      field: [...at, ...place, ...(key === undefined ? [] : [key])].join('.') || 'input',
      reason: key === undefined ? reason : 'is no such field',
    },
    { cause },
  );
}
