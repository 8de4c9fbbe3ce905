/**
 * @module run/judging/function-judge
 * A judge that is a function in the user's program.
 */
import * as z from 'zod';
import { SEVERITIES } from '../../ledger/records.ts';
import { checkDefinition } from '../../model/custom.ts';
import { issueText } from '../../model/json.ts';
import { beforeAbort } from '../../model/on-abort.ts';
import { type Clause, clausesOf, type Spec } from '../../spec/index.ts';
import type { Scenario } from '../suite/scenario.ts';
import type { Transcript } from '../transcript/view.ts';
import { type Judge, type JudgeQuestion, type JudgeResult, openVerdict } from './judge.ts';
import { checkedCitations } from './verdict.ts';

/** What such a judge says: it is the user's code, and nobody has checked it before. */
const judgementSchema = z.object({
  outcome: z.enum(['adheres', 'violates', 'not_applicable', 'cannot_judge']),
  /** Of a violation; major unless said. */
  severity: z.enum(SEVERITIES).optional(),
  reason: z.string(),
  confidence: z.number().min(0).max(1).optional(),
  /** Words of a message that show it; looked up in the transcript. */
  citations: z.array(z.object({ message: z.string(), quote: z.string() })).optional(),
});

export type FunctionJudgement = z.infer<typeof judgementSchema>;

/** What it is asked. */
export interface FunctionQuestion {
  clause: Clause;
  transcript: Transcript;
  scenario: Scenario;
}

export interface FunctionJudge {
  name: string;
  /** Part of the plan: change it when the function's verdicts may change. */
  version: string | null;
  /** The clauses that it judges, by id; all unless said. */
  clauses?: readonly string[];
  judge(
    question: FunctionQuestion,
    context: { signal: AbortSignal },
  ): Promise<FunctionJudgement> | FunctionJudgement;
}

/**
 * Gives a judge that is a function in your code. Throws a `TypeError` for a name or a version that can't be one.
 *
 * @example
 * const brief = defineJudge({
 *   name: 'brief', version: '1', clauses: ['be_brief'],
 *   judge: async ({ transcript }) => {
 *     const words = transcript.messages.at(-1)?.content.split(/\\s+/).length ?? 0;
 *     return { outcome: words <= 120 ? 'adheres' : 'violates', reason: `${words} words` };
 *   },
 * });
 */
export function defineJudge(judge: FunctionJudge): FunctionJudge {
  checkDefinition('defineJudge', judge, { judge: judge.judge });
  const { clauses = [] } = judge;
  if (!Array.isArray(clauses) || clauses.some((id) => typeof id !== 'string')) {
    throw new TypeError(`defineJudge: clauses of ${judge.name} must be a list of clause ids`);
  }
  return judge;
}

/** `rule@2`: how it is called in plans. */
export function functionJudgeName({ name, version }: FunctionJudge): string {
  return version === null ? `function:${name}` : `function:${name}@${version}`;
}

/**
 * Asks the function. What it throws is a failed verdict, what is no judgement a malformed one; of its citations those
 * count that are in the transcript, and a violation that names none stands by itself, as the checks of a rubric do.
 */
export function functionJudge(
  own: FunctionJudge,
  clauseOf: (id: string) => Clause | undefined,
  scenarioOf: (question: JudgeQuestion) => Scenario,
): Judge {
  return async (question, signal) => {
    const verdict = openVerdict(question);
    const { transcript } = question;
    const clause = clauseOf(question.clause.id);
    if (clause === undefined) throw new RangeError(`the spec has no clause #${question.clause.id}`);
    // A copy: what the function does to it is not what is kept.
    const shown = structuredClone({ transcript, scenario: scenarioOf(question) });
    const ask = async () => own.judge({ clause, ...shown }, { signal });
    let said: unknown;
    try {
      // Also a function that takes no notice of its signal can be stopped.
      said = signal.aborted ? STOPPED : await beforeAbort(ask(), signal, STOPPED);
    } catch (error) {
      if (signal.aborted) return STOPPED;
      const reason = error instanceof Error ? error.message : String(error);
      return { type: 'verdict', verdict: { ...verdict, cause: 'failed', reason } };
    }
    if (said === STOPPED) return STOPPED;
    const read = judgementSchema.safeParse(said);
    if (!read.success) {
      const reason = `what ${own.name} gave is no judgement: ${issueText(read.error)}`;
      return { type: 'verdict', verdict: { ...verdict, cause: 'malformed', reason } };
    }
    const { outcome, severity = 'major', reason, citations: named = [] } = read.data;
    const violates = outcome === 'violates';
    const citations = checkedCitations(named, transcript);
    const isShown = citations.length === 0 || citations.some(({ span }) => span !== null);
    return {
      type: 'verdict',
      verdict: {
        ...verdict,
        outcome: violates && !isShown ? 'unsupported' : outcome,
        severity: violates ? severity : null,
        reason,
        citations,
        cause: outcome === 'cannot_judge' ? 'judge' : null,
      },
    };
  };
}

/** The function as a judge of transcripts that are of no run: their own openings stand for scenarios. */
export function functionJudgeAlone(own: FunctionJudge, spec: Spec, tested?: string[]): Judge {
  const clauses = new Map(clausesOf(spec).map((clause) => [clause.id, clause]));
  return functionJudge(
    own,
    (id) => clauses.get(id),
    ({ transcript, clause }) => scenarioFrom(transcript, tested ?? [clause.id]),
  );
}

function scenarioFrom(transcript: Transcript, clauses: string[]): Scenario {
  const messages = transcript.messages.filter(({ source }) => source === 'scenario');
  return {
    id: 'given',
    title: '',
    clauses,
    messages: messages.map(({ role, content }) => ({ role, content })),
    cluster: 'given',
    source: { kind: 'file', reference: 'given', line: 1 },
  };
}

const STOPPED = {
  type: 'stopped',
  reason: { kind: 'interrupted', message: 'interrupted' },
} as const satisfies JudgeResult;
