/**
 * @module features/spec/resolve/schema
 * The forms that `resolve` reads and prints; `docs/schemas/resolution-1.json` is made from the second.
 */
import { z } from 'zod';

const pairSchema = z.strictObject({
  by: z.string().describe('the directive that acts'),
  target: z.string().describe('what it acts on'),
  manner: z.enum(['explicit', 'implicit']).optional().describe('absent means explicit'),
  extent: z.enum(['whole', 'part']).optional().describe('absent means whole'),
  sure: z.boolean().optional().describe('false where the judge cannot tell'),
  reason: z.string().optional(),
});

const signed = { by: z.string().optional(), reason: z.string().optional() };

/** An answer to a question. */
const answerSchema = z.union([
  z.strictObject({ pairs: z.array(pairSchema), ...signed }),
  z.strictObject({ yes: z.boolean(), ...signed }),
  z.strictObject({ undetermined: z.string(), ...signed }),
]);

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

/** A part of a message's content. Which types carry whose words is decided where it is read. */
const partSchema = z.looseObject({ type: z.string() });

/** A message; fields that other programs add are let through. */
export const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.null(), z.array(partSchema)]).optional(),
  name: z.string().nullish(),
  settings: z.record(z.string(), settingValue).optional(),
});

/** A conversation with what may stand beside its messages. */
export const conversationSchema = z.looseObject({
  messages: z.array(messageSchema),
  roles: z.record(z.string(), z.string().nullable()).optional(),
  judgements: z.record(z.string(), answerSchema).optional(),
});

const state = z.enum([
  'in_force',
  'limited',
  'weighed',
  'undetermined',
  'overridden',
  'not_applicable',
  'no_authority',
]);

const levelSchema = z.strictObject({
  name: z.string(),
  rank: z.number().int().nonnegative().describe('0 is the highest'),
  roles: z.array(z.string()).describe('whose messages have this level'),
  fromSpec: z.boolean().describe('false for a level that only messages have'),
  override: z.enum(['never', 'explicit', 'implicit']).describe('how its clauses give way'),
});

const directiveSchema = z.strictObject({
  id: z.string(),
  type: z.enum(['clause', 'instruction', 'setting', 'quoted']),
  level: z.string().nullable().describe('null without authority'),
  state,
  text: z.string(),
  locator: z.string(),
  steps: z.array(z.number().int().positive()).describe('numbers of steps in the trace'),
  depends: z.array(z.string()).describe('open questions that it depends on'),
  delegatedBy: z.string().nullable().describe('who lent it its authority'),
});

const questionSchema = z.strictObject({
  id: z.string(),
  type: z.enum(['setting', 'root_conflict', 'misaligned', 'supersedes', 'delegates', 'changes']),
  about: z.string().describe('the level of the instructions it is about, or a setting'),
  question: z.string(),
  subjects: z.array(z.string()),
  candidates: z.strictObject({ clauseLevels: z.array(z.string()), ids: z.array(z.string()) }),
  ifYes: z.string(),
  ifNo: z.string(),
  answered: z.boolean(),
  by: z.string().nullable().describe('who answered, or why nobody could'),
});

const stepSchema = z.strictObject({
  number: z.number().int().positive(),
  rule: z.string(),
  from: z.string(),
  to: z.string(),
  result: z.enum([...state.options, 'refused', 'delegated', 'inaction']),
  reason: z.string(),
  locator: z.string(),
  settledBy: z.string(),
  question: z.string().nullable(),
});

/** What `tenet spec resolve --json` prints. */
export const resolutionSchema = z.strictObject({
  schema: z.literal('tenet.resolution/1'),
  spec: z.strictObject({
    id: z.string(),
    version: z.string().nullable(),
    sha256: z.string(),
    file: z.string(),
  }),
  profile: z.string().nullable(),
  conversation: z.string(),
  authority: z.strictObject({
    levels: z.array(levelSchema),
    roles: z.record(z.string(), z.string().nullable()),
    mode: z.enum(['strict', 'holistic']),
  }),
  directives: z.array(directiveSchema),
  inaction: z.strictObject({
    state: z.enum(['no', 'yes', 'undetermined']),
    clauses: z.array(z.string()),
  }),
  questions: z.array(questionSchema),
  trace: z.array(stepSchema),
});
