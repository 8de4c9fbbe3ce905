/** @module features/judge/calibration/calibrate Asks judges everything that their certificates say something of, and makes these. */
import type { Stop } from '../../../app/context.ts';
import type { Caller, StopReason } from '../../../model/call.ts';
import type { CallStore } from '../../../model/record.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { type FunctionJudge, functionJudgeAlone } from '../../../run/judging/function-judge.ts';
import type { Consensus, PlannedJudge } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { sum } from '../../../stats/index.ts';
import { type Answers, askEverything, batchedOf, type JudgeReached } from './asking/ask.ts';
import { besideAll, ownQuestions } from './asking/own-questions.ts';
import { type Calibration, certifyJudge, certifyPanel, isSilent } from './certify.ts';
import { problem } from './messages.ts';

/** Judges that can be asked. */
export interface CalibratedJudges {
  judges: readonly PlannedJudge[];
  /** How their verdicts become one; absent: no panel is measured. */
  consensus?: Consensus;
  callerOf: (judge: PlannedJudge) => Caller;
  /** The function of a judge that is one; none is unless said. */
  functionOf?: (judge: PlannedJudge) => FunctionJudge;
  /** How many questions may be under way now, for each judge. */
  width: () => number;
  /** Holds the calls: a certificate is dated by the last of them. */
  store: Pick<CallStore, 'find'>;
  /** In milliseconds: dates the certificate of a function, which makes no calls. */
  now?: number;
  /** Told of each question that is done with. */
  onAnswer?: () => void;
}

/** Certificates of the judges, in their order, and of the panel that they form. */
export interface Calibrated {
  certificates: Certificate[];
  /** Judges of whose errors nothing can be said, since no verdict of theirs can be used. */
  silent: PlannedJudge[];
}

/** How many questions all judges together are asked. */
export function questionCount(
  { questions, spec }: Calibration,
  judges: readonly PlannedJudge[],
): number {
  return sum(
    judges.map((judge) => {
      const own = ownQuestions(questions, judge, spec);
      const { items, retest, pairs } = own;
      return items.length + retest.length + 2 * pairs.length + batchedOf(own).length;
    }),
  );
}

/**
 * Measures judges on replies whose verdict is known; gives the first reason why not everything was asked where there
 * is one. What is not on record offline is left out. Throws where nothing is on record of a judge.
 */
export async function calibrateJudge(
  calibration: Calibration,
  asked: CalibratedJudges,
  stop: Stop,
): Promise<Calibrated | { stopped: StopReason }> {
  const { judges, consensus, width, store, onAnswer, now = 0 } = asked;
  const { spec, questions } = calibration;
  const own = judges.map((judge) => ({ judge, own: ownQuestions(questions, judge, spec) }));
  const idle = own.find((one) => one.own.items.length === 0);
  if (idle !== undefined) throw problem('nothing-for-function', { judge: idle.judge.label });
  const results = await Promise.all(
    own.map(async (one) => ({
      ...one,
      ...(await askEverything(
        one.own,
        { ...reach(one.judge, asked, spec), planned: one.judge, width, onAnswer },
        stop,
      )),
    })),
  );
  for (const { stopped } of results) if (stopped !== null) return { stopped };
  const unheard = results.filter(({ answers }) => answers.verdicts.every((one) => one === null));
  if (unheard.length > 0) {
    throw problem('nothing-on-record', { judges: unheard.map(({ judge }) => judge.label) });
  }
  const certified = await Promise.all(
    results.map(async ({ judge, answers, own: asIts }) => {
      const time = judge.by === 'function' ? now : await lastVerdict(answers, store);
      const its = { ...calibration, questions: asIts };
      return { time, certificate: certifyJudge(its, judge, answers, new Date(time)) };
    }),
  );
  const certificates = certified.map(({ certificate }) => certificate);
  const silent = results.flatMap(({ judge, answers }) => (isSilent(answers) ? [judge] : []));
  if (consensus === undefined) return { certificates, silent };
  const verdicts = results.map((one) => besideAll(one.answers, one.own, questions));
  const newest = new Date(Math.max(...certified.map(({ time }) => time)));
  const panel = certifyPanel(calibration, judges, consensus, verdicts, newest);
  return { certificates: [...certificates, panel], silent };
}

function reach(
  judge: PlannedJudge,
  { callerOf, functionOf }: Pick<CalibratedJudges, 'callerOf' | 'functionOf'>,
  spec: Spec,
): JudgeReached {
  if (judge.by !== 'function' || functionOf === undefined) return { caller: callerOf(judge) };
  return { judge: functionJudgeAlone(functionOf(judge), spec) };
}

/** When the newest call that the verdicts stand on came back, in milliseconds: the same in every replay. */
async function lastVerdict({ verdicts }: Answers, store: Pick<CallStore, 'find'>): Promise<number> {
  const calls = verdicts.flatMap((verdict) => (verdict === null ? [] : verdict.calls));
  const times = await Promise.all(
    calls.map(async (call) => {
      const record = await store.find(call, true);
      return record === null ? 0 : record.started + record.elapsed;
    }),
  );
  return Math.round(Math.max(0, ...times));
}
