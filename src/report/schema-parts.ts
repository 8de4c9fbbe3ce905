/** @module report/schema-parts Values that documents share: how each is written, and what it may be. */
import { z } from 'zod';
import { SEVERITIES } from '../ledger/records.ts';

/** How many of something. */
export const count = z.number().int().nonnegative();

/** A part of a whole, or a probability: 0 to 1. */
export const share = z.number().min(0).max(1);

/** A difference of two shares: -1 to 1. */
export const signedShare = z.number().min(-1).max(1);

/** A coefficient of agreement: 1 for perfect, 0 for chance, below it for worse; null where there is none. */
export const coefficient = z.number().max(1).nullable();

/** What a verdict says, or why it decides nothing. */
export const outcome = z.enum([
  'adheres',
  'violates',
  'not_applicable',
  'cannot_judge',
  'unsupported',
]);

/** How bad a violation is. */
export const severity = z.enum(SEVERITIES);
