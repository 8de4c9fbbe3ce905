/** @module features/spec/resolve/schema The conversations that are read, and the resolutions that are printed. */
import * as z from 'zod';

const facts = z.record(z.string(), z.unknown());

const pairSchema = z.strictObject({
  by: z.string().describe('the directive that acts'),
  target: z.string().describe('what it acts on'),
  manner: z.enum(['explicit', 'implicit']).optional().describe('absent means explicit'),
  extent: z.enum(['whole', 'part']).optional().describe('absent means whole'),
  sure: z.boolean().optional().describe('false where the judge cannot tell'),
  reason: z.string().optional(),
});

const signed = { by: z.string().optional(), reason: z.string().optional() };

const answerSchema = z.union([
  z.strictObject({ pairs: z.array(pairSchema), ...signed }),
  z.strictObject({ yes: z.boolean(), ...signed }),
  z.strictObject({
    undetermined: z.string().describe('why there is no answer'),
    code: z.string().optional().describe('the same as data'),
    data: facts.optional(),
    ...signed,
  }),
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

const stateSchema = z
  .enum([
    'in_force',
    'limited',
    'weighed',
    'undetermined',
    'overridden',
    'not_applicable',
    'no_authority',
  ])
  .describe(
    'limited: in force but for a part that gives way. weighed: a conflict that the spec wants weighed. undetermined: nobody answered a question on which it depends',
  );

const levelSchema = z.strictObject({
  name: z.string(),
  rank: z.int().nonnegative().describe('0 is the highest'),
  roles: z.array(z.string()).describe('whose messages have this level'),
  fromSpec: z.boolean().describe('false for a level that only messages have'),
  override: z.enum(['never', 'explicit', 'implicit']).describe('how its clauses give way'),
});

const directiveSchema = z.strictObject({
  id: z.string().describe('#be_honest, m2, m2.q1, m1.max_tokens or profile.under_18'),
  type: z.enum(['clause', 'instruction', 'setting', 'quoted']),
  level: z.string().nullable().describe('null without authority'),
  state: stateSchema,
  text: z
    .string()
    .describe('title of a clause, words of an instruction or quotation, a setting as name: value'),
  locator: z.string().describe('where it stands: in the spec or in the conversation'),
  steps: z.array(z.int().positive()).describe('numbers of steps in the trace'),
  depends: z.array(z.string()).describe('open questions that it depends on'),
  delegatedBy: z.string().nullable().describe('who lent it its authority'),
});

const questionSchema = z.strictObject({
  id: z.string().describe('changes:user, setting:under_18'),
  type: z.enum(['setting', 'root_conflict', 'misaligned', 'supersedes', 'delegates', 'changes']),
  about: z.string().describe('the level of the instructions it is about, or a setting'),
  question: z.string(),
  subjects: z.array(z.string()).describe('the directives that it asks about'),
  candidates: z
    .strictObject({ clauseLevels: z.array(z.string()), ids: z.array(z.string()) })
    .describe('what they may act on: clauses of these levels, and these directives'),
  ifYes: z.string().describe('what follows from either answer'),
  ifNo: z.string(),
  answered: z.boolean(),
  by: z.string().nullable().describe('who answered, or why nobody could'),
  unanswered: z
    .strictObject({ code: z.string(), data: facts })
    .nullable()
    .describe('why nobody could, as data'),
});

const stepSchema = z.strictObject({
  number: z.int().positive(),
  rule: z.string().describe('which rule was applied'),
  from: z.string(),
  to: z.string(),
  result: z.enum([...stateSchema.options, 'refused', 'delegated', 'inaction']),
  reason: z.string(),
  code: z.string().describe('the reason as data, with what its words are made from'),
  data: facts,
  locator: z.string(),
  settledBy: z
    .string()
    .describe('the text or the order of authority, or whoever answered the question'),
  question: z.string().nullable(),
});

/** `tenet spec resolve --json`: what is in force in a conversation, and why. */
export const resolutionSchema = z
  .strictObject({
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
    inaction: z
      .strictObject({
        state: z.enum(['no', 'yes', 'undetermined']),
        clauses: z.array(z.string()),
      })
      .describe('clauses of the highest level that conflict here leave only inaction'),
    questions: z.array(questionSchema),
    trace: z.array(stepSchema),
  })
  .meta({ title: 'What is in force in a conversation' });

/** One thing that acts on another, as a judge sees it. Which of them wins is not the judge's to say. */
export type Pair = z.infer<typeof pairSchema>;

/** A judge's answer: the pairs that are so (all others are not), yes or no, or that it can't tell. */
export type Answer = z.infer<typeof answerSchema>;

/** What became of a directive. */
export type DirectiveState = z.infer<typeof stateSchema>;

/** Something that directs the reply, or would if it had authority. */
export type Directive = z.infer<typeof directiveSchema>;

/** Something about meaning that text alone does not settle. */
export type Question = z.infer<typeof questionSchema>;

export type QuestionType = Question['type'];

/** One step of the reasoning. */
export type Step = z.infer<typeof stepSchema>;

/** What is in force in a conversation, and why. */
export type Resolution = z.infer<typeof resolutionSchema>;
