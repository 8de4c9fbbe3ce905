/**
 * @module features/audit/health/schema
 * A spec's health as a document: `tenet.health/1`. Within version 1 fields are added and never change or go.
 */
import * as z from 'zod';
import { count, share } from '../../../report/schema-parts.ts';
import { BECAUSE, SIGNALS, STEPS } from './messages.ts';
import { FAULTS } from './rule.ts';

const codesOf = <Table extends object>(table: Table) =>
  z.enum(Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]]);

const signalCode = codesOf(SIGNALS);

const data = z.looseObject({}).describe('what the words are made from');

const stepSchema = z
  .strictObject({
    text: z.string(),
    code: codesOf(STEPS).describe('which step it is'),
    data,
    command: z
      .string()
      .nullable()
      .describe(
        'for a POSIX shell; JUDGE, MODEL and MORE.jsonl stand for what only a person knows',
      ),
    words: z.array(z.string()).nullable().describe('the words of the command, not quoted'),
  })
  .meta({ id: 'Step' });

export const signalSchema = z.strictObject({
  code: signalCode,
  hits: count,
  trials: count,
  elsewhere: z.strictObject({ hits: count, trials: count }),
  seeds: count.describe('scenario seeds behind the trials'),
  subject: z.string().nullable(),
  probability: share.describe('of as much by chance'),
  adjusted: share.describe('the same, adjusted for all questions asked of all clauses'),
});

const diagnosisSchema = z
  .strictObject({
    clause: z.string(),
    partner: z.string().nullable().describe('the clause that it pulls apart from'),
    faults: z
      .array(z.enum(FAULTS))
      .min(1)
      .describe('one where the evidence decides; otherwise those between which it does not'),
    rule: z.string().describe('the row of the decision table that decided'),
    because: z.string(),
    code: codesOf(BECAUSE).describe(
      'the row that holds, also where one scenario is told in its place',
    ),
    data,
    scenario: z
      .strictObject({ code: z.enum(['one-seed', 'few-seeds']), data })
      .nullable()
      .describe('that one scenario may be behind it'),
    signal: signalSchema,
    also: z.array(signalCode).describe('what else stands out about the clause'),
    evidence: z.array(z.strictObject({ run: z.string(), transcript: z.string() })),
    settle: stepSchema,
  })
  .meta({ id: 'Diagnosis' });

export const rateSchema = z.strictObject({
  estimate: share.nullable(),
  low: share.nullable(),
  high: share.nullable(),
  method: z.string(),
  reason: z.string().optional(),
  judge: z
    .enum(['measured', 'unmeasured'])
    .describe('unmeasured: of some judge whose verdicts may be in it the errors are not known'),
});

const clauseSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    level: z.string().nullable(),
    line: count,
    told: z.array(z.enum(FAULTS)).describe('empty where nothing stands out'),
    thin: z.boolean().describe('too little evidence for anything to have stood out'),
    // `never`: no transcript was decided on under it. `cannot-fail`: over enough transcripts nobody was seen to break
    // it, and no measured judge called a reply a violation that is known to be one. `no-power`: a drop as large as
    // matters would be missed. `tested`: none of these.
    coverage: z.enum(['never', 'cannot-fail', 'no-power', 'tested']),
    transcripts: count,
    adheres: count,
    violates: count,
    notApplicable: count,
    undecided: count,
    rate: rateSchema,
    subjects: count,
    judges: count,
    seeds: count,
    effective: z
      .number()
      .nonnegative()
      .describe('independent transcripts that those of its best tested subject are worth'),
    drop: share
      .nullable()
      .describe('the least drop that as many again would find with a chance of 80 %'),
    compared: z.strictObject({ cases: count, divided: count }),
    labelled: count,
  })
  .meta({ id: 'ClauseHealth' });

export const healthSchema = z
  .strictObject({
    schema: z.literal('tenet.health/1'),
    simulated: z.boolean(),
    spec: z.strictObject({
      id: z.string(),
      version: z.string().nullable(),
      title: z.string(),
      sha256: z.string(),
    }),
    evidence: z.strictObject({
      runs: z.array(
        z.strictObject({ id: z.string(), version: z.string().nullable(), verdicts: count }),
      ),
      subjects: z.array(z.strictObject({ name: z.string(), family: z.string().nullable() })),
      judges: z.array(
        z.strictObject({ name: z.string(), family: z.string().nullable(), measured: z.boolean() }),
      ),
      transcripts: count,
      cases: count.describe('transcripts under a clause'),
      labels: count,
      leftOut: z.strictObject({
        otherWords: count.describe('verdicts and labels about clauses whose words are others now'),
        simulatedRuns: count,
        certificates: count.describe(
          'of another text of the spec, another wording, other models, or unreadable',
        ),
      }),
    }),
    questions: z.strictObject({
      asked: count.describe('that could have stood out; signals are adjusted for all of them'),
      bySignal: z.array(z.strictObject({ code: signalCode, questions: count })),
      falseDiscoveryRate: share,
      least: count.describe('looks at a clause, under which nothing is asked'),
    }),
    diagnoses: z.array(diagnosisSchema).describe('what needs doing first comes first'),
    counts: z.strictObject({
      clauses: count,
      never: count,
      cannotFail: count,
      noPower: count,
      tested: count,
      thin: count,
    }),
    clauses: z.array(clauseSchema).describe('in document order'),
    next: z.array(stepSchema).describe('what would let more be told'),
  })
  .meta({ title: 'What the evidence says of a spec' });

export type HealthDocument = z.infer<typeof healthSchema>;
export type HealthClause = HealthDocument['clauses'][number];
