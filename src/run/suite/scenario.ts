/**
 * @module run/suite/scenario
 * A scenario is a situation to put to a model; a suite is a hashed set of them from one source. Both are
 * plain data, and a suite is written as one JSON line per scenario.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { messageSchema, toolCallSchema, toolSchema } from '../../model/schema.ts';
import { joinSameQuestions } from './same-question.ts';

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

export interface Suite {
  /** sha256 (hexadecimal) over the scenarios, in order. */
  hash: string;
  scenarios: Scenario[];
  /** What the source held and the suite does not, with the reason. */
  excluded: Exclusion[];
  /** Columns of the file it was read from that nothing was made of; absent where there are none. */
  unusedColumns?: string[];
}

/**
 * `elided`: words or turns of the conversation were left out in print, so it can't be put to anyone.
 * `no_clause`: it stands in a section that directs nothing, or its tag stands nowhere.
 * `duplicate`: an earlier scenario puts the same question for the same clauses.
 */
export interface Exclusion {
  reason: 'elided' | 'no_clause' | 'no_messages' | 'duplicate';
  id: string;
  /** The section it stands in; null where its tag stands nowhere. */
  clause: string | null;
  line: number;
}

/**
 * A suite of these scenarios. Each names a clause once, since there is one verdict per clause and sample; those
 * that put the same question share a cluster, and of those that do it for the same clauses the first stays.
 */
export function suiteOf(
  scenarios: readonly Scenario[],
  excluded: readonly Exclusion[] = [],
): Suite {
  const { kept, duplicates } = joinSameQuestions(scenarios.map(withClausesOnce));
  const left = duplicates.map(({ id, clauses, source }): Exclusion => {
    return { reason: 'duplicate', id, clause: clauses[0] ?? null, line: source.line };
  });
  return { hash: suiteHash(kept), scenarios: kept, excluded: [...excluded, ...left] };
}

function withClausesOnce(scenario: Scenario): Scenario {
  const clauses = [...new Set(scenario.clauses)];
  return clauses.length === scenario.clauses.length ? scenario : { ...scenario, clauses };
}

/** The hash that names a set of scenarios: any change of what is put to a model, or of what it tests, changes it. */
function suiteHash(scenarios: readonly Scenario[]): string {
  const sum = createHash('sha256');
  for (const [place, { id, clauses, messages, tools, maxTokens, cluster }] of scenarios.entries()) {
    if (place > 0) sum.update('\n');
    sum.update(JSON.stringify({ id, clauses, messages, tools, maxTokens, cluster }));
  }
  return sum.digest('hex');
}
