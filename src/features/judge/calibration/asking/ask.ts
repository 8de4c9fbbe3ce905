/**
 * @module features/judge/calibration/asking/ask
 * Asks one judge everything that its certificate says something of: every item, some of them twice, every pair in
 * both orders.
 */

import { hash } from 'node:crypto';
import type { VerdictRecord } from '../../../../ledger/records.ts';
import type { Caller, StopReason } from '../../../../model/call.ts';
import type { ModelRequest } from '../../../../model/types.ts';
import type { StopSignals } from '../../../../run/execute.ts';
import { type Asking, askAll } from '../../../../run/judging/ask-all.ts';
import { askTogether } from '../../../../run/judging/batch/ask.ts';
import { batchRequest } from '../../../../run/judging/batch/prompt.ts';
import { type Judge, modelJudge } from '../../../../run/judging/judge.ts';
import { judgeAgain, judgeRequest } from '../../../../run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../../../../run/plan.ts';
import { at } from '../../../../text/at.ts';
import type { BatchedItem, Batches } from '../batching/batched-items.ts';
import type { CalibrationItem, CalibrationPair } from '../items/items.ts';
import { type PairAnswer, pairRequest, readPairAnswer } from './pair-prompt.ts';

/** What is asked. */
export interface Questions {
  items: readonly CalibrationItem[];
  /** Places of items that are asked a second time. */
  retest: readonly number[];
  pairs: readonly CalibrationPair[];
  /** Items that are asked about a second time among other clauses; absent: none. */
  batches?: Batches;
}

/** The items that are asked about among others; where no batches are measured there are none. */
export function batchedOf({ batches: { items } = NO_BATCHES }: Questions): readonly BatchedItem[] {
  return items;
}

const NO_BATCHES: Batches = { size: 1, items: [] };

/** An answer to a pair: by its place, and whether it is the reply that the authors hold to be better. */
export interface PairChoice {
  /** `A` is the reply that stands first. Null: no usable answer. */
  choice: PairAnswer | null;
  right: boolean;
}

/** What came back; null where the question was not put to the judge. */
export interface Answers {
  verdicts: (VerdictRecord | null)[];
  /** The second verdicts, in the order of `Questions.retest`. */
  second: (VerdictRecord | null)[];
  /** Of each pair, with the better reply as A and as B. */
  choices: [PairChoice | null, PairChoice | null][];
  /** In the order of `Questions.batches`; absent where there are none. */
  batched?: (VerdictRecord | null)[];
}

/** A model's caller, or a function as a judge. Only models are asked about pairs and batches. */
export type JudgeReached = { caller: Caller } | { judge: Judge };

export type AskedJudge = JudgeReached & {
  planned: PlannedJudge;
  width: () => number;
  /** Told of each question that is done with. */
  onAnswer?: () => void;
};

/** Ends with the first reason not to go on, if there is one; calls that are not on record are left out. */
export async function askEverything(
  questions: Questions,
  { planned, width, onAnswer, ...reached }: AskedJudge,
  signals: StopSignals,
): Promise<{ answers: Answers; stopped: StopReason | null }> {
  const { items, retest, pairs, batches } = questions;
  const answers: Answers = {
    verdicts: items.map(() => null),
    second: retest.map(() => null),
    choices: pairs.map(() => [null, null]),
    ...(batches === undefined ? {} : { batched: batches.items.map(() => null) }),
  };
  const judgeWith = (parameters: PlannedJudge['parameters']): Judge =>
    'judge' in reached ? reached.judge : modelJudge(reached.caller, { ...planned, parameters });
  const callerForMore = (): Caller => {
    if ('caller' in reached) return reached.caller;
    throw new RangeError(`${planned.label} is a function, and is asked about single replies alone`);
  };
  const tasks: Asking[] = [];
  /** Asks a judge about an item; `take` is given what it says. */
  const ask = (
    judge: Judge,
    question: ReturnType<typeof questionOf>,
    take: (verdict: VerdictRecord) => void,
  ): void => {
    tasks.push(async (signal) => {
      const result = await judge(question, signal);
      if (result.type === 'stopped') return result.reason;
      take(result.verdict);
      return null;
    });
  };
  const judge = judgeWith(planned.parameters);
  for (const [place, item] of items.entries()) {
    ask(judge, questionOf(item, place, item.repeat), (verdict) => {
      answers.verdicts[place] = verdict;
    });
  }
  const again = judgeWith(nextSeed(planned));
  for (const [place, index] of retest.entries()) {
    const item = at(items, index);
    ask(again, questionOf(item, index, item.repeat + 1), (verdict) => {
      answers.second[place] = verdict;
    });
  }
  for (const [place, pair] of pairs.entries()) {
    for (const order of [0, 1] as const) {
      tasks.push(async (signal) => {
        const result = await askPair(callerForMore(), planned, pair, order === 0, signal);
        if ('stopped' in result) return result.stopped;
        at(answers.choices, place)[order] = result;
        return null;
      });
    }
  }
  for (const [place, batched] of batchedOf(questions).entries()) {
    const item = at(items, batched.item);
    tasks.push(async (signal) => {
      const result = await askTogether(
        callerForMore(),
        planned,
        questionsOf(item, batched),
        signal,
      );
      if (result.type === 'stopped') return result.reason;
      const own = result.verdicts.find(({ clause }) => clause === item.clause.id);
      if (answers.batched !== undefined) answers.batched[place] = own ?? null;
      return null;
    });
  }
  const stopped = await askAll(tasks.map(ifRecorded), { width, onDone: onAnswer }, signals);
  return { answers, stopped };
}

/** What is not on record offline is left out, and the others go on. */
function ifRecorded(ask: Asking): Asking {
  return async (signal) => {
    const reason = await ask(signal);
    return reason?.kind === 'not_recorded' ? null : reason;
  };
}

/** The first request of every question, for an estimate; a function needs none. */
export function requestsOf(questions: Questions, planned: PlannedJudge): ModelRequest[] {
  if (planned.by === 'function') return [];
  const { items, retest, pairs } = questions;
  const asked = [...items, ...retest.map((place) => at(items, place))];
  return [
    ...asked.map((item) =>
      judgeRequest({ ...item, clause: item.clause.id, parameters: planned.parameters }),
    ),
    ...pairs.flatMap((pair) =>
      [true, false].map((goodFirst) => pairRequest(pair, goodFirst, planned.parameters)),
    ),
    ...batchedOf(questions).map((batched) =>
      batchRequest(questionsOf(at(items, batched.item), batched), planned),
    ),
  ];
}

/** Which items are asked a second time: so many, chosen by chance that `seed` repeats. */
export function retestOf(items: readonly CalibrationItem[], count: number, seed: number): number[] {
  return items
    .map(({ id }, place) => ({ place, order: hash('sha256', `retest ${seed} ${id}`, 'hex') }))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, count)
    .map(({ place }) => place)
    .toSorted((a, b) => a - b);
}

function questionOf(item: CalibrationItem, sample: number, repeat: number) {
  const { clause, instructions, transcript, tools } = item;
  return { sample, judge: 0, clause, instructions, transcript, tools, repeat };
}

function questionsOf(item: CalibrationItem, { item: place, questions }: BatchedItem) {
  return questions.map((own) => ({ ...questionOf(item, place, item.repeat), ...own }));
}

/** Providers that honour a seed would say the same again. */
function nextSeed({ parameters }: PlannedJudge): PlannedJudge['parameters'] {
  return parameters.seed === undefined ? parameters : { ...parameters, seed: parameters.seed + 1 };
}

async function askPair(
  caller: Caller,
  { parameters }: PlannedJudge,
  pair: CalibrationPair,
  goodFirst: boolean,
  signal: AbortSignal,
): Promise<PairChoice | { stopped: StopReason }> {
  let request = pairRequest(pair, goodFirst, parameters);
  for (const isLast of [false, true]) {
    const result = await caller.call(request, signal);
    if (result.type === 'stopped') return { stopped: result.reason };
    if (result.answer.type !== 'reply') break;
    const read = readPairAnswer(result.answer.text);
    if ('better' in read) {
      return { choice: read.better, right: read.better === (goodFirst ? 'A' : 'B') };
    }
    if (!isLast) request = judgeAgain(request, result.answer.text, read.problem);
  }
  return { choice: null, right: false };
}
