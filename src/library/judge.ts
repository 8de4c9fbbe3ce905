/**
 * @module library/judge
 * Transcripts of your own, judged clause by clause from a program.
 */

import { chosenClauses } from '../app/choose-clauses.ts';
import { problem } from '../app/messages.ts';
import { openCallers, parseName } from '../app/models.ts';
import { functionOf } from '../app/roster.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Citation, Severity, Transcript, VerdictOutcome } from '../ledger/records.ts';
import type { StopReason } from '../model/call.ts';
import { clauseBrief } from '../run/judging/clause-brief.ts';
import { functionJudge } from '../run/judging/function-judge.ts';
import { type Judge, modelJudge } from '../run/judging/judge.ts';
import { JUDGE_PROMPT, judgeInstructions } from '../run/judging/judge-prompt.ts';
import { uniqueNames } from '../run/names.ts';
import { type PlannedJudge, plannedClause } from '../run/plan.ts';
import type { Scenario } from '../run/suite/scenario.ts';
import type { Section, Spec } from '../spec/index.ts';
import { ledgerFor } from './ledger.ts';
import { type JudgeGiven, plannedJudges, rosterFor } from './who.ts';

export interface JudgeInput {
  spec: Spec;
  transcripts: AsyncIterable<Transcript> | Iterable<Transcript>;
  /** Only these clauses, in the query language of `--clauses`; all of the spec's unless said. */
  clauses?: string;
  judges: readonly JudgeGiven[];
  /** Where calls are kept and looked up; `memory` unless said. */
  ledger?: Ledger;
  signal?: AbortSignal;
}

/** One judge, one transcript, one clause. */
export interface Verdict {
  /** Place of the transcript among those given, from 0. */
  transcript: number;
  clause: string;
  judge: string;
  outcome: VerdictOutcome;
  /** Of a violation. */
  severity: Severity | null;
  reason: string;
  citations: Citation[];
  /** Why it could not be judged. */
  cause: string | null;
  /** US dollars; null where a price is not known. */
  cost: number | null;
}

/** Transcripts that are judged at the same time. */
const AT_ONCE = 8;

/**
 * Judges transcripts by every clause chosen. Verdicts come transcript by transcript in the order given. Throws a
 * `TenetError` for an input that can't be carried out, or where a call can't be made at all.
 *
 * @example
 * for await (const { clause, outcome, reason } of judge({ spec, transcripts, judges: [rule], clauses: 'level:root' })) …
 */
export async function* judge(input: JudgeInput): AsyncGenerator<Verdict, void, undefined> {
  const { spec } = input;
  const roster = rosterFor([], input.judges, process.env);
  if (input.judges.length === 0) throw problem('no-judge', {});
  const voices = plannedJudges(input.judges, [], roster);
  const planned = voices.map((voice): PlannedJudge => {
    return { ...voice, prompt: voice.by === 'function' ? 'function' : JUDGE_PROMPT };
  });
  const names = uniqueNames(planned.map(({ name }) => name));
  const { ledger, close } = ledgerFor(input.ledger ?? 'memory', true);
  const models = planned.filter(({ by }) => by === undefined);
  const callers = openCallers({
    subjects: [],
    judges: models.map(({ label }) => parseName(label, 'judges', roster)),
    scenes: () => new Map(),
    store: ledger,
    concurrency: 'auto',
    budget: null,
    prices: {},
    environment: process.env,
    roster,
  });
  const sections = sectionsOf(input);
  const signal = input.signal ?? new AbortController().signal;
  const ask = async (transcript: Transcript, place: number): Promise<Verdict[]> => {
    const judgeOf = (own: PlannedJudge): Judge =>
      own.by === 'function'
        ? functionJudge(
            functionOf(own, roster),
            (id) => sections.find((section) => section.id === id),
            () => scenarioOf(transcript, sections),
          )
        : modelJudge(callers.judgeOf(own), own);
    const questions = sections.flatMap((section) =>
      planned.flatMap((own, judge) =>
        own.clauses === undefined || own.clauses.includes(section.id)
          ? [{ section, own, judge }]
          : [],
      ),
    );
    return Promise.all(
      questions.map(async ({ section, own, judge }) => {
        const result = await judgeOf(own)(
          {
            sample: place,
            judge,
            clause: plannedClause(section),
            instructions: judgeInstructions(clauseBrief(spec, section.id)),
            transcript,
            repeat: 0,
          },
          signal,
        );
        if (result.type === 'stopped') throw stoppedBy(result.reason);
        const { outcome, severity, reason, citations, cause, cost } = result.verdict;
        const name = names[judge] ?? own.name;
        return {
          transcript: place,
          clause: section.id,
          judge: name,
          outcome,
          severity,
          reason,
          citations,
          cause,
          cost,
        };
      }),
    );
  };
  try {
    await callers.checkReach();
    const underWay: Promise<Verdict[]>[] = [];
    let place = 0;
    for await (const transcript of input.transcripts) {
      const asked = ask(transcript, place++);
      // It is awaited in its turn; until then its failure is nobody's surprise.
      asked.catch(() => {});
      underWay.push(asked);
      if (underWay.length >= AT_ONCE) yield* (await underWay.shift()) ?? [];
    }
    for (const asked of underWay) yield* await asked;
  } finally {
    close();
    await callers.close();
  }
}

function sectionsOf({ spec, clauses }: JudgeInput): Section[] {
  const chosen = clauses === undefined ? null : chosenClauses(spec, clauses);
  return spec.sections.filter(
    ({ id, isClause }) => isClause && (chosen === null || chosen.has(id)),
  );
}

/** What a transcript of unknown origin is said to have been made from: its own opening. */
function scenarioOf(transcript: Transcript, sections: readonly Section[]): Scenario {
  const messages = transcript.messages.filter(({ source }) => source === 'scenario');
  return {
    id: 'given',
    title: '',
    clauses: sections.map(({ id }) => id),
    messages: messages.map(({ role, content }) => ({ role, content })),
    cluster: 'given',
    source: { kind: 'file', reference: 'given', line: 1 },
  };
}

function stoppedBy({ kind, message }: StopReason) {
  return problem('calls-stopped', { kind, reason: message });
}
