/**
 * @module app/execute-run
 * Carries out what is left of a run: asks, has replies judged, and writes down how that ended.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { SampleRecord, VerdictRecord } from '../ledger/records.ts';
import type { RunWriter } from '../ledger/run-writer.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { ExecutionEnd } from '../run/execute.ts';
import { openJudges } from '../run/judging/judges.ts';
import { modelJudgesOf } from '../run/plan.ts';
import { askingRollout, type Rollout } from '../run/rollout.ts';
import { carryOut, samplesOf } from '../run/run.ts';
import { at } from '../text/at.ts';
import type { ProgressStart, Stop } from './context.ts';
import type { Callers } from './models.ts';
import type { Prepared } from './prepare-audit.ts';
import { functionOf, NOBODY, type Roster } from './roster.ts';

/** A run with all that it takes to carry it out. */
export interface RunInHand {
  ledger: Ledger;
  run: RunRecord;
  writer: RunWriter;
  prepared: Prepared;
  callers: Callers;
  /** Judges of the user's own; none unless said. */
  roster?: Roster;
  stop: Stop;
  /** Where transcripts come from; the plan's subjects are asked unless said. */
  rollout?: Rollout;
  /** Only these samples; all of the plan unless said. */
  samples?: readonly number[];
  /** Told of each finished sample, with its verdicts. */
  onSample?: (sample: SampleRecord, verdicts: readonly VerdictRecord[]) => void;
  /** Called once, before anything is asked. */
  watch?: (work: ProgressStart) => Watcher;
}

/** Told of what becomes of a run. */
export interface Watcher {
  sample(outcome: string): void;
  round(news: { round: number; stopped: number; cells: number; samples: number }): void;
  end(): void;
}

/**
 * Carries out a run until it is finished, or until something or somebody stops it. Never rejects for what a provider
 * did; rejects with a `LedgerWriteError` where the ledger can't be written.
 */
export async function executeRun(hand: RunInHand): Promise<ExecutionEnd> {
  const { ledger, run, writer, prepared, callers, stop } = hand;
  const { plan } = prepared.document;
  const asked = [
    ...(plan.transcriptsOf === undefined ? plan.subjects : []),
    ...modelJudgesOf(plan),
  ];
  callers.spendFrom(
    await ledger.runs.spentSince(
      run,
      asked.map(({ name }) => name),
    ),
  );
  const progress = await ledger.runs.progress(run);
  const watcher = hand.watch?.({
    unit: 'samples',
    states: (await samplesOf(ledger, run, plan)).map((sample) => at(progress, sample)),
    counters: callers.counters,
  });
  try {
    return await carryOut(
      {
        ledger,
        run,
        writer,
        plan,
        instructions: prepared.instructions,
        rollout: hand.rollout ?? askingRollout(plan, callers.subjects),
        judges: openJudges(plan, {
          callerOf: callers.judgeOf,
          functionOf: (judge) => functionOf(judge, hand.roster ?? NOBODY),
          spec: prepared.spec,
        }),
        ...(hand.samples === undefined ? {} : { samples: hand.samples }),
        width: callers.width,
        onSample: (sample, verdicts) => {
          watcher?.sample(sample.outcome);
          hand.onSample?.(sample, verdicts);
        },
        onRound: (news) => watcher?.round(news),
      },
      stop,
    );
  } finally {
    watcher?.end();
  }
}
