/** @module report/schema-parts Values that documents share: how each is written, and what it may be. */
import * as z from 'zod';
import { SEVERITIES, VERDICT_OUTCOMES } from '../ledger/records.ts';

/** How many of something. */
export const count = z.number().int().nonnegative();

/** How many of each of these. */
export function countsOf<Key extends string>(keys: readonly Key[]) {
  return z.strictObject(
    Object.fromEntries(keys.map((key) => [key, count])) as Record<Key, typeof count>,
  );
}

/** An estimate and the ends of its interval; null where the data carry none. */
export function estimateOf(figure: z.ZodNumber) {
  return { estimate: figure.nullable(), low: figure.nullable(), high: figure.nullable() };
}

/** A part of a whole, or a probability: 0 to 1. */
export const share = z.number().min(0).max(1);

/** A difference of two shares: -1 to 1. */
export const signedShare = z.number().min(-1).max(1);

/** A coefficient of agreement: 1 for perfect, 0 for chance, below it for worse; null where there is none. */
export const coefficient = z.number().max(1).nullable();

/** What a verdict says, or why it decides nothing. */
export const outcome = z.enum(VERDICT_OUTCOMES);

/** How bad a violation is. */
export const severity = z.enum(SEVERITIES);

/** What was said in a sentence, as data. */
export const codedSchema = z
  .strictObject({ code: z.string(), data: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Coded' });

/** Why a figure is missing. */
export const reasonFields = {
  reason: z.string().optional().describe('why a figure is null'),
  missing: z.string().optional().describe('the reason as a code'),
};

/**
 * What an interval takes for granted.
 *
 * @param units what may be alike, such as `trials of one seed`
 */
export function cautionFieldsOf(units: string) {
  const assumption = z.strictObject({
    code: z.enum(['correlation-assumed', 'correlation-mostly-assumed']),
    correlation: share.describe(`of two ${units}, as it was used`),
  });
  return {
    caution: z.string().optional().describe('what the interval takes for granted'),
    assumes: z.array(assumption).optional().describe('the caution as data'),
  };
}

/** Fields of every estimate whose judge may err. */
export const judgedFields = {
  correction: z.literal('none').describe('what was done about the judge’s errors'),
  judge: z
    .enum(['measured', 'unmeasured'])
    .optional()
    .describe('whether there is a certificate of the judge that fits; absent: not asked'),
  ...reasonFields,
  ...cautionFieldsOf('trials of one seed'),
};

/**
 * What a document holds of some values: the fields of its schema in their order, without those that are undefined.
 * Nothing is checked.
 */
export function fieldsOf<Schema extends z.ZodObject>(
  { shape }: Schema,
  values: z.input<Schema>,
): z.output<Schema> {
  const given: Record<string, unknown> = values;
  return Object.fromEntries(
    Object.keys(shape).flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])),
  ) as z.output<Schema>;
}
