/** @module features/audit/runs/schema What looking into a ledger prints with `--json`. */
import * as z from 'zod';
import { count, outcome, severity } from '../../../report/schema-parts.ts';

const spent = {
  usage: z.strictObject({
    input: count.nullable().describe('tokens; null where the provider did not say'),
    output: count.nullable(),
  }),
  cost: z.number().nonnegative().nullable().describe('US dollars; null where a price is unknown'),
  calls: z.array(z.string()).describe('hashes of the calls that it stands on'),
};

const messageSchema = z.looseObject({
  id: z.string(),
  role: z.string(),
  content: z.string(),
  source: z.enum(['scenario', 'subject']),
});

const sampleSchema = z.strictObject({
  index: count,
  scenario: z.string(),
  subject: count.describe('place in the plan'),
  repeat: count,
  outcome: z.enum(['replied', 'refused', 'filtered', 'unsupported', 'failed']),
  reason: z.string().nullable(),
  transcript: z.strictObject({
    messages: z.array(messageSchema),
    finish: z.string().nullable().describe('how the last turn of the subject ended'),
  }),
  ...spent,
});

const verdictSchema = z.strictObject({
  sample: count,
  judge: count.describe('place in the plan'),
  clause: z.string(),
  clauseHash: z.string().describe('sha256 of the words it was judged against'),
  outcome,
  severity: severity.nullable(),
  cause: z.string().nullable().describe('why it could not be judged'),
  reason: z.string(),
  citations: z.array(
    z.strictObject({
      message: z.string(),
      quote: z.string(),
      span: z
        .strictObject({ start: count, end: count })
        .nullable()
        .describe('characters of the message; null: not found in the transcript'),
      toolCall: count.optional(),
    }),
  ),
  ...spent,
});

const panelSchema = z.strictObject({
  sample: count,
  clause: z.string(),
  outcome,
  severity: severity.nullable(),
  cause: z.string().nullable(),
  by: z.array(count).describe('places of the judges whose verdict it is'),
});

/** `tenet show --json`. */
export const transcriptSchema = z
  .strictObject({
    schema: z.literal('tenet.transcript/1'),
    run: z.string(),
    id: z.string(),
    simulated: z.boolean(),
    scenario: z.looseObject({
      id: z.string(),
      title: z.string(),
      clauses: z.array(z.string()),
      cluster: z.string(),
    }),
    sample: sampleSchema,
    verdicts: z.array(verdictSchema),
    panel: z.array(panelSchema).optional().describe('what several judges come to'),
  })
  .meta({ title: 'A transcript with its verdicts' });

/** `tenet runs --json`. */
export const runsSchema = z
  .strictObject({
    schema: z.literal('tenet.runs/1'),
    runs: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string().optional().describe('what whoever made it calls it'),
        tags: z.array(z.string()).optional(),
        state: z.enum(['started', 'resumed', 'finished', 'stopped']),
        simulated: z.boolean(),
        created: z.iso.datetime(),
        samples: z.strictObject({ planned: count, finished: count }),
        spec: z.looseObject({ id: z.string(), version: z.string().nullable(), sha256: z.string() }),
        subjects: z.array(z.string()),
        judges: z.array(z.string()),
        transcriptsOf: z
          .string()
          .optional()
          .describe('the run whose transcripts were judged again'),
      }),
    ),
  })
  .meta({ title: 'The runs in a ledger' });
