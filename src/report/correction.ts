/**
 * @module report/correction
 * Rates corrected for their judge's errors, as reports hold them beside what the judge says. Who knows the errors lends
 * them: a section with `correct`.
 */
import * as z from 'zod';
import { toldCautions } from '../stats/index.ts';
import type { CorrectedRate } from '../stats/judge-error/types.ts';
import { cautionFieldsOf, codedSchema, count, estimateOf, share } from './schema-parts.ts';

export const correctedRateSchema = z
  .strictObject({
    ...estimateOf(share),
    method: z.string(),
    confidence: share,
    labels: z.number().nonnegative().describe('labelled replies that it stands on'),
    reason: z.string().optional().describe('why a figure is null'),
    caution: z.string().optional().describe('what it takes for granted'),
    assumes: cautionFieldsOf('trials of one seed').assumes,
    labelsNeeded: count.optional().describe('how many labels would do, where there are too few'),
    because: codedSchema.optional().describe('the reason as data'),
    power: z
      .number()
      .optional()
      .describe('by labels: how much of the judge’s verdicts these let in (λ of the method)'),
  })
  .meta({ id: 'CorrectedRate' });

export const correctedSchema = z
  .strictObject({
    roganGladen: correctedRateSchema.describe('by the judge’s certificate'),
    predictionPowered: correctedRateSchema.describe('by people’s labels on this run'),
    preferred: z
      .enum(['roganGladen', 'predictionPowered'])
      .nullable()
      .describe(
        'which one to go by; null where neither has a figure, or labels refute the only one',
      ),
  })
  .meta({ id: 'Corrected' });

export type ReportCorrectedRate = z.infer<typeof correctedRateSchema>;

/** A corrected rate as documents hold it, its cautions in words where they stood. */
export function reportedCorrection(rate: CorrectedRate): ReportCorrectedRate {
  const fields = Object.entries(rate).map(([key, value]) =>
    key === 'cautions' ? toldCautions(rate.cautions) : { [key]: value },
  );
  return Object.assign({}, ...fields);
}

/** A rate, corrected in both ways. */
export type Correction = z.infer<typeof correctedSchema>;

/** The corrections of one subject's figures. */
export interface SubjectCorrection {
  overall: Correction;
  levels: ReadonlyMap<string, Correction>;
  /** By the clause's place in the plan. */
  clauses: ReadonlyMap<number, Correction>;
}

/** The corrections of a run. */
export interface RunCorrection {
  /** Whether the judge's errors are known from a certificate. */
  isMeasured: boolean;
  /** In the plan's order. */
  subjects: readonly SubjectCorrection[];
}
