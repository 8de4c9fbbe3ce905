/**
 * @module report/findings/finding
 * What a finding is, and what every rule that makes findings is given.
 */
import * as z from 'zod';
import { type Plan, transcriptId } from '../../run/plan.ts';
import type { Tally } from '../../run/tally.ts';
import { plainText } from '../../text/words.ts';
import { type FindingCode, type FindingData, findingWords } from './messages.ts';
import type { StandOut } from './stand-out.ts';

/** The doors in the order in which reports go through them. */
export const DOORS = ['model', 'spec', 'judge', 'scenario'] as const;

export const FINDING_SEVERITIES = ['high', 'medium', 'low'] as const;

export const findingSchema = z
  .strictObject({
    door: z.enum(DOORS),
    code: z.string(),
    severity: z.enum(FINDING_SEVERITIES),
    subject: z.string().nullable(),
    clause: z.string().nullable(),
    text: z.string(),
    evidence: z.array(z.string()).describe('transcripts'),
    next: z.string(),
    data: z.record(z.string(), z.unknown()).describe('what the text was made from'),
  })
  .meta({ id: 'Finding' });

/** Something that a reader should act on. */
export type Finding = z.infer<typeof findingSchema>;

/** What a rule reads. */
export interface Evidence {
  plan: Plan;
  tally: Tally;
  /** Whether the judge's errors are known from a certificate. */
  isMeasured: boolean;
  /** The subjects' names in reports. */
  subjects: readonly string[];
  judges: readonly string[];
  standOut: StandOut;
}

/** Where a finding belongs, and what shows it. */
interface Shown {
  subject?: string;
  /** The clause that it is about, or the first of them. */
  clause?: string | undefined;
  /** Places of samples that show it. */
  evidence?: readonly number[];
}

/** Makes the findings of one door: each of a rule, in words and as data. */
export function foundAt(door: Finding['door']) {
  return <Code extends FindingCode>(
    code: Code,
    severity: Finding['severity'],
    data: FindingData<Code>,
    { subject, clause, evidence = [] }: Shown = {},
  ): Finding => {
    const { text, next } = findingWords({ code, data });
    return {
      ...{ door, code, severity, subject: subject ?? null, clause: clause ?? null },
      ...{ text: plainText(text), evidence: evidence.map(transcriptId), next, data: { ...data } },
    };
  };
}
