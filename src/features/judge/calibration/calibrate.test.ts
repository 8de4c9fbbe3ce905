import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TenetError } from '../../../app/errors.ts';
import { openCallers, parseName } from '../../../app/models.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import { createOfflineCaller } from '../../../model/call.ts';
import type { CallStore } from '../../../model/record.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import { questionCount } from './calibrate.ts';
import { calibrateJudge } from './index.ts';
import { calibrationOn, judgeNamed, NEVER, starter } from './planted.fixture.ts';

const NAMES = ['sim:judge?seed=1', 'sim:judge?sensitivity=0.6&seed=2'];

const calibration = calibrationOn(starter, { limit: 12, retest: 4, batch: 2 });

/** Calls in memory, and models that put them there. */
async function opened(names: readonly string[]): Promise<
  AsyncDisposable & {
    store: CallStore;
    callerOf: ReturnType<typeof openCallers>['judgeOf'];
    width: () => number;
  }
> {
  const memory = await openLedger(':memory:', { write: true });
  assert.ok(memory.ok);
  const { ledger } = memory;
  const callers = openCallers({
    subjects: [],
    judges: names.map((name) => parseName(name, '--judge')),
    scenes: () => new Map(),
    store: ledger.calls,
    concurrency: 2,
    budget: null,
    prices: {},
    environment: {},
  });
  return {
    store: ledger.calls,
    callerOf: callers.judgeOf,
    width: callers.width,
    [Symbol.asyncDispose]: async () => {
      await ledger.close();
      await callers.close();
    },
  };
}

describe('calibrating judges', () => {
  it('should give a certificate of each and one of the panel, and the same again from the record', async () => {
    await using models = await opened(NAMES);
    const judges = NAMES.map(judgeNamed);
    let answered = 0;
    // The second judge answers a minute after the first.
    const laterBySecond: Pick<CallStore, 'find'> = {
      find: async (...asked) => {
        const call = await models.store.find(...asked);
        const isSecond = call?.model.includes('seed=2') === true;
        return isSecond ? { ...call, started: call.started + 60_000 } : call;
      },
    };
    const ask = (callerOf: (judge: PlannedJudge) => ReturnType<typeof models.callerOf>) =>
      calibrateJudge(
        calibration,
        {
          judges,
          consensus: 'majority',
          callerOf,
          width: models.width,
          store: laterBySecond,
          onAnswer: () => answered++,
        },
        NEVER,
      );
    const made = await ask(models.callerOf);
    assert.ok('certificates' in made);
    assert.equal(answered, questionCount(calibration, judges));
    const [first, second, panel] = made.certificates;
    assert.equal(made.certificates.length, 3);
    assert.deepEqual(made.silent, []);
    assert.equal(first?.overall.sensitivity.estimate, 1);
    assert.ok((second?.overall.sensitivity.estimate ?? 1) < 1);
    assert.deepEqual(
      [first?.batch?.size, panel?.panel?.consensus, panel?.judge],
      [2, 'majority', null],
    );
    assert.ok((first?.created ?? '') < (second?.created ?? ''));
    assert.equal(panel?.created, second?.created, 'dated by the last of all verdicts');
    const again = await ask(({ name }) => createOfflineCaller(name, models.store));
    assert.deepEqual(again, made);
  });

  it('should name those of whom nothing can be said, and refuse what was never asked', async () => {
    const mute = 'sim:judge?abstain=1';
    await using models = await opened([mute]);
    const { callerOf, width, store } = models;
    const asked = { judges: [judgeNamed(mute)], callerOf, width, store };
    const made = await calibrateJudge(calibration, asked, NEVER);
    assert.ok('silent' in made);
    assert.deepEqual(
      made.silent.map(({ label }) => label),
      [mute],
    );
    const unasked = {
      ...asked,
      judges: [judgeNamed('sim:judge?seed=77')],
      callerOf: () => createOfflineCaller('sim:judge?seed=77', store),
    };
    await assert.rejects(calibrateJudge(calibration, unasked, NEVER), (error: TenetError) => {
      assert.equal(error.code, 'nothing-on-record');
      assert.match(
        error.message,
        /^--offline: nothing of this is on record for sim:judge\?seed=77\./,
      );
      return true;
    });
  });

  it('should begin nothing new once it is told to stop, and say so', async () => {
    const [name = ''] = NAMES;
    await using models = await opened([name]);
    const { callerOf, width, store } = models;
    const drain = new AbortController();
    let answered = 0;
    const onAnswer = (): void => {
      answered++;
      if (answered === 3) drain.abort();
    };
    const stopped = await calibrateJudge(
      calibration,
      { judges: [judgeNamed(name)], callerOf, width, store, onAnswer },
      { signal: drain.signal, abort: NEVER.abort },
    );
    assert.deepEqual(stopped, { stopped: { kind: 'interrupted', message: 'interrupted' } });
    assert.ok(answered < questionCount(calibration, [judgeNamed(name)]));
  });
});
