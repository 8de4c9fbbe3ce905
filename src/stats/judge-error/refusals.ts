/** @module stats/judge-error/refusals Why a rate is not corrected: as data, and in words. */
import { NO_TRIAL } from '../reasons.ts';

/** Why the data carry no corrected rate. */
export type Refusal =
  | { code: 'no-trial' | 'no-label' | 'every-rate-possible'; data: Record<string, never> }
  /** The judge has no record on items that are truly so. */
  | { code: 'not-measured-on'; data: { truths: ('violates' | 'adheres')[] } }
  | { code: 'no-better-than-chance'; data: { sensitivity: number; specificity: number } };

/** Why a rate is not corrected, whoever says so. */
export interface Because {
  code: string;
  data: Record<string, unknown>;
}

const VERBS = { violates: 'violate', adheres: 'adhere' } as const;

/** A refusal in both forms. */
export function refusing(refusal: Refusal): { reason: string; because: Because } {
  return { reason: textOf(refusal), because: refusal };
}

function textOf(refusal: Refusal): string {
  switch (refusal.code) {
    case 'no-trial':
      return NO_TRIAL;
    case 'no-label':
      return 'people have labelled none of what the judge has judged';
    case 'every-rate-possible':
      return 'so few labels leave every rate possible';
    case 'not-measured-on': {
      const kinds = refusal.data.truths.map((truth) => VERBS[truth]);
      return `the judge was not measured on items that ${kinds.join(' or that ')}`;
    }
    case 'no-better-than-chance': {
      const { sensitivity, specificity } = refusal.data;
      return `the judge was right no more often than chance: sensitivity ${sensitivity.toFixed(2)} + specificity ${specificity.toFixed(2)} is not above 1`;
    }
  }
}
