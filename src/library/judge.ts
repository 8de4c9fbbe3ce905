/**
 * @module library/judge
 * Transcripts of your own, judged clause by clause from a program.
 */
import { setMaxListeners } from 'node:events';
import { chosenClauses } from '../app/choose-clauses.ts';
import { STARTER_SPEC } from '../app/files.ts';
import { problem } from '../app/messages.ts';
import { type Callers, modelsOf, openCallers } from '../app/models.ts';
import { functionOf, type Roster } from '../app/roster.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Citation, Severity, VerdictOutcome } from '../ledger/records.ts';
import type { StopReason } from '../model/call.ts';
import { clauseBrief } from '../run/judging/clause-brief.ts';
import { functionJudgeAlone } from '../run/judging/function-judge.ts';
import { type Judge, modelJudge } from '../run/judging/judge.ts';
import { judgeInstructions, promptOf } from '../run/judging/judge-prompt.ts';
import { uniqueNames } from '../run/names.ts';
import { type PlannedJudge, plannedClause } from '../run/plan.ts';
import type { Transcript } from '../run/transcript/view.ts';
import type { Section, Spec } from '../spec/index.ts';
import { checkJudgeInput, checkTranscript } from './check-input.ts';
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
  checkJudgeInput(input);
  const { spec, transcripts } = input;
  const roster = await rosterFor([], input.judges, process.env);
  const planned = plannedJudges(input.judges, [], spec, roster).map((voice): PlannedJudge => {
    return { ...voice, prompt: promptOf(voice).name };
  });
  const sections = sectionsOf(input);
  // Whoever reads no further wants no more calls either.
  const left = new AbortController();
  const signal =
    input.signal === undefined ? left.signal : AbortSignal.any([input.signal, left.signal]);
  setMaxListeners(0, signal);
  const { ledger, close } = await ledgerFor(input.ledger ?? 'memory', true);
  try {
    const callers = openCallers({
      ...modelsOf({ subjects: [], judges: planned }, roster, { subject: '', judge: 'judges' }),
      scenes: () => new Map(),
      store: ledger.calls,
      concurrency: 'auto',
      budget: null,
      prices: {},
      environment: process.env,
      roster,
    });
    try {
      await callers.checkReach();
      const ask = asker({ spec, sections, planned, roster, callers, signal });
      const underWay: Promise<Verdict[]>[] = [];
      let place = 0;
      for await (const transcript of transcripts) {
        checkTranscript(transcript, place);
        const asked = ask(transcript, place++);
        // It is awaited in its turn; until then its failure is nobody's surprise.
        asked.catch(() => {});
        underWay.push(asked);
        if (underWay.length >= AT_ONCE) yield* (await underWay.shift()) ?? [];
      }
      for (const asked of underWay) yield* await asked;
    } finally {
      left.abort();
      await callers.close();
    }
  } finally {
    await close();
  }
}

interface Asking {
  spec: Spec;
  sections: readonly Section[];
  planned: readonly PlannedJudge[];
  roster: Roster;
  callers: Callers;
  signal: AbortSignal;
}

/** Has one transcript judged, by all judges and clauses at once. */
function asker({ spec, sections, planned, roster, callers, signal }: Asking) {
  const names = uniqueNames(planned.map(({ name }) => name));
  const ids = sections.map(({ id }) => id);
  const briefs = new Map(sections.map(({ id }) => [id, judgeInstructions(clauseBrief(spec, id))]));
  return async (transcript: Transcript, place: number): Promise<Verdict[]> => {
    const judges = planned.map(
      (own): Judge =>
        own.by === 'function'
          ? functionJudgeAlone(functionOf(own, roster), spec, ids)
          : modelJudge(callers.judgeOf(own), own),
    );
    const questions = sections.flatMap((section) =>
      judges.flatMap((ask, judge) => {
        const own = planned[judge]?.clauses;
        return own === undefined || own.includes(section.id) ? [{ section, ask, judge }] : [];
      }),
    );
    return Promise.all(
      questions.map(async ({ section, ask, judge }) => {
        const result = await ask(
          {
            sample: place,
            judge,
            clause: plannedClause(section),
            instructions: briefs.get(section.id) ?? '',
            transcript,
            repeat: 0,
          },
          signal,
        );
        if (result.type === 'stopped') throw stoppedBy(result.reason);
        const { outcome, severity, reason, citations, cause, cost } = result.verdict;
        const said = { outcome, severity, reason, citations, cause, cost };
        return { transcript: place, clause: section.id, judge: names[judge] ?? '', ...said };
      }),
    );
  };
}

function sectionsOf({ spec, clauses }: JudgeInput): Section[] {
  const all = spec.sections.filter(({ isClause }) => isClause);
  if (all.length === 0) throw problem('no-clause', { file: spec.file, starter: STARTER_SPEC });
  if (clauses === undefined) return all;
  const chosen = chosenClauses(spec, clauses);
  return all.filter(({ id }) => chosen.has(id));
}

function stoppedBy({ kind, message }: StopReason) {
  return problem('calls-stopped', { kind, reason: message });
}
