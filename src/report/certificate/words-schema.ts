/** @module report/certificate/words-schema What figures say of themselves: why one is missing, what an interval takes for granted. */
import { z } from 'zod';
import { share } from '../schema-parts.ts';

/** Why a figure is missing. */
export const reasonFields = {
  reason: z.string().optional().describe('why a figure is null'),
  missing: z.string().optional().describe('the reason as a code'),
};

/** What an interval takes for granted. */
export const cautionFields = {
  caution: z.string().optional().describe('what the interval takes for granted'),
  assumes: z
    .array(
      z.strictObject({
        code: z.enum(['correlation-assumed', 'correlation-mostly-assumed']),
        correlation: share.describe('of two replies of one example, as it was used'),
      }),
    )
    .optional()
    .describe('the caution as data'),
};
