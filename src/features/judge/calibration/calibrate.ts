/** @module features/judge/calibration/calibrate Asks judges everything that their certificates say something of, and makes these. */
import type { Stop } from '../../../app/context.ts';
import type { Caller, StopReason } from '../../../model/call.ts';
import type { CallStore } from '../../../model/record.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import type { Consensus, PlannedJudge } from '../../../run/plan.ts';
import { type Answers, askEverything, type Questions } from './asking/ask.ts';
import { type Calibration, certifyJudge, certifyPanel, isSilent } from './certify.ts';
import { problem } from './messages.ts';

/** Judges that can be asked. */
export interface CalibratedJudges {
  judges: readonly PlannedJudge[];
  /** How their verdicts become one; absent: no panel is measured. */
  consensus?: Consensus;
  callerOf: (judge: PlannedJudge) => Caller;
  /** How many questions may be under way now, for each judge. */
  width: () => number;
  /** Holds the calls: a certificate is dated by the last of them. */
  store: Pick<CallStore, 'findCall'>;
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
  { items, retest, pairs, batches }: Questions,
  judges: number,
): number {
  const batched = batches?.items.length ?? 0;
  return judges * (items.length + retest.length + 2 * pairs.length + batched);
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
  const { judges, consensus, callerOf, width, store, onAnswer } = asked;
  const results = await Promise.all(
    judges.map(async (planned) => ({
      judge: planned,
      ...(await askEverything(
        calibration.questions,
        {
          caller: callerOf(planned),
          planned,
          width,
          ...(onAnswer === undefined ? {} : { onAnswer }),
        },
        stop,
      )),
    })),
  );
  for (const { stopped } of results) if (stopped !== null) return { stopped };
  const unheard = results.filter(({ answers }) => answers.verdicts.every((one) => one === null));
  if (unheard.length > 0) {
    throw problem('nothing-on-record', { judges: unheard.map(({ judge }) => judge.label) });
  }
  const certified = results.map(({ judge, answers }) => {
    const time = lastVerdict(answers, store);
    return { time, certificate: certifyJudge(calibration, judge, answers, new Date(time)) };
  });
  const certificates = certified.map(({ certificate }) => certificate);
  const silent = results.flatMap(({ judge, answers }) => (isSilent(answers) ? [judge] : []));
  if (consensus === undefined) return { certificates, silent };
  const answers = results.map((one) => one.answers);
  const newest = new Date(Math.max(...certified.map(({ time }) => time)));
  const panel = certifyPanel(calibration, judges, consensus, answers, newest);
  return { certificates: [...certificates, panel], silent };
}

/** When the newest call that the verdicts stand on came back, in milliseconds: the same in every replay. */
function lastVerdict({ verdicts }: Answers, store: Pick<CallStore, 'findCall'>): number {
  const times = verdicts.flatMap((verdict) =>
    (verdict?.calls ?? []).map((call) => {
      const record = store.findCall(call, true);
      return record === null ? 0 : record.started + record.elapsed;
    }),
  );
  return Math.round(Math.max(0, ...times));
}
