/**
 * @module run/judging/function-judge
 * A judge that is a function in the user's program.
 */
import type { Severity, Transcript } from '../../ledger/records.ts';
import type { Section } from '../../spec/index.ts';
import type { Scenario } from '../suite/scenario.ts';
import { type Judge, openVerdict } from './judge.ts';
import { checkedCitations } from './verdict.ts';

/** What such a judge says. */
export interface FunctionJudgement {
  outcome: 'adheres' | 'violates' | 'not_applicable' | 'cannot_judge';
  /** Of a violation; major unless said. */
  severity?: Severity;
  reason: string;
  /** 0 to 1. */
  confidence?: number;
  /** Words of a message that show it; looked up in the transcript. */
  citations?: { message: string; quote: string }[];
}

/** What it is asked. */
export interface FunctionQuestion {
  clause: Section;
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

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

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
  for (const part of [judge.name, judge.version]) {
    if (part === null || NAME.test(part)) continue;
    throw new TypeError(
      `defineJudge: ${JSON.stringify(part)} is no name or version: letters, digits, . _ -`,
    );
  }
  return judge;
}

/** `rule@2`: how it is called in plans. */
export function functionJudgeName({ name, version }: FunctionJudge): string {
  return version === null ? `function:${name}` : `function:${name}@${version}`;
}

/**
 * Asks the function. What it throws is a failed verdict; of its citations those count that are in the transcript, and
 * one that names none stands by itself, as the checks of a rubric do.
 */
export function functionJudge(
  own: FunctionJudge,
  sectionOf: (clause: string) => Section | undefined,
  scenarioOf: (sample: number) => Scenario,
): Judge {
  return async (question, signal) => {
    const verdict = openVerdict(question);
    const { transcript, clause, sample } = question;
    const section = sectionOf(clause.id);
    if (section === undefined) throw new RangeError(`the spec has no clause #${clause.id}`);
    try {
      const said = await own.judge(
        { clause: section, transcript, scenario: scenarioOf(sample) },
        { signal },
      );
      const violates = said.outcome === 'violates';
      const citations = checkedCitations(said.citations ?? [], transcript);
      const isShown = said.citations === undefined || citations.some(({ span }) => span !== null);
      return {
        type: 'verdict',
        verdict: {
          ...verdict,
          outcome: violates && !isShown ? 'unsupported' : said.outcome,
          severity: violates ? (said.severity ?? 'major') : null,
          reason: said.reason,
          citations,
          cause: said.outcome === 'cannot_judge' ? 'judge' : null,
        },
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { type: 'verdict', verdict: { ...verdict, cause: 'failed', reason } };
    }
  };
}
