/** @module run/suite/scenario A scenario is a situation to put to a model: plain data, a JSON line in a suite's file. */
import * as z from 'zod';
import { messageSchema, toolCallSchema, toolSchema } from '../../model/schema.ts';

const strictMessage = z.strictObject({
  ...messageSchema.shape,
  toolCalls: z.array(toolCallSchema.strict()).optional(),
});

const sourceSchema = z.discriminatedUnion('kind', [
  /** A conversation printed in the spec: `reference` is `clause#ordinal`. */
  z.strictObject({ kind: z.literal('example'), reference: z.string(), line: z.number() }),
  /** A prompt of an eval file: `reference` is the tag. */
  z.strictObject({ kind: z.literal('eval'), reference: z.string(), line: z.number() }),
  /** A row of a file: `reference` is the file's name. */
  z.strictObject({ kind: z.literal('file'), reference: z.string(), line: z.number() }),
]);

export const scenarioSchema = z.strictObject({
  /** Unique in its suite. */
  id: z.string().min(1),
  title: z.string(),
  /** Ids of the clauses it tests; at least one. */
  clauses: z.array(z.string().min(1)).min(1),
  /** The messages that open it. */
  messages: z.array(strictMessage).min(1),
  tools: z.array(toolSchema.strict()).optional(),
  /** A ceiling on the reply's tokens that belongs to the situation. */
  maxTokens: z.number().int().positive().optional(),
  /** The seed it came from: scenarios of one cluster are not independent. */
  cluster: z.string().min(1),
  source: sourceSchema,
});

export type Scenario = z.infer<typeof scenarioSchema>;
