import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { createLimiter, DEFAULT_BOUNDS, type Lesson, type Limiter } from './limiter.ts';

const never = new AbortController().signal;

async function fill(limiter: Limiter): Promise<number> {
  let taken = 0;
  while (limiter.inFlight < limiter.limit) {
    assert.equal(await limiter.acquire(never), true);
    taken++;
  }
  return taken;
}

function drain(limiter: Limiter, count: number, lesson: Lesson): void {
  for (let index = 0; index < count; index++) limiter.release(lesson);
}

test('never are more calls in flight than the limit, and nobody waits for ever', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.constantFrom<Lesson['type']>('clean', 'limited', 'trouble', 'neutral'), {
        maxLength: 60,
      }),
      async (places, lessons) => {
        const limiter = createLimiter(places);
        let inFlight = 0;
        let most = 0;
        await Promise.all(
          lessons.map(async (type) => {
            assert.equal(await limiter.acquire(never), true);
            most = Math.max(most, ++inFlight);
            await Promise.resolve();
            inFlight--;
            limiter.release({ type });
          }),
        );
        assert.ok(most <= places);
        assert.equal(limiter.inFlight, 0);
      },
    ),
  );
});

test('the limit doubles after each clean round, up to the most', async () => {
  const limiter = createLimiter(DEFAULT_BOUNDS);
  const seen = [limiter.limit];
  for (let round = 0; round < 4; round++) {
    drain(limiter, await fill(limiter), { type: 'clean' });
    seen.push(limiter.limit);
  }
  assert.deepEqual(seen, [20, 40, 80, 100, 100]);
});

test('a limit that is not filled does not grow, nor one whose provider is in trouble', async () => {
  const idle = createLimiter(DEFAULT_BOUNDS);
  for (let call = 0; call < 200; call++) {
    await idle.acquire(never);
    idle.release({ type: 'clean' });
  }
  assert.equal(idle.limit, 20);
  const troubled = createLimiter(DEFAULT_BOUNDS);
  for (let round = 0; round < 5; round++) {
    const taken = await fill(troubled);
    drain(troubled, taken - 1, { type: 'clean' });
    troubled.release({ type: 'trouble' });
  }
  assert.equal(troubled.limit, 20);
});

test('a burst of refusals cuts once, to four fifths, and never below the least', async () => {
  let clock = 0;
  const limiter = createLimiter({ least: 10, start: 50, most: 100 }, () => clock);
  drain(limiter, await fill(limiter), { type: 'limited' });
  assert.equal(limiter.limit, 40);
  for (let burst = 0; burst < 20; burst++) {
    clock += 15_001;
    await limiter.acquire(never);
    limiter.release({ type: 'limited' });
  }
  assert.equal(limiter.limit, 10);
});

test('against a server with a ceiling the limit settles near it', async () => {
  const ceiling = 60;
  let clock = 0;
  const limiter = createLimiter(DEFAULT_BOUNDS, () => clock);
  const late: number[] = [];
  for (let round = 0; round < 400; round++) {
    const taken = await fill(limiter);
    clock += 1_000;
    for (let call = 0; call < taken; call++) {
      limiter.release({ type: call < ceiling ? 'clean' : 'limited' });
    }
    if (round >= 100) late.push(limiter.limit);
  }
  const mean = late.reduce((sum, limit) => sum + limit, 0) / late.length;
  assert.ok(mean > 0.8 * ceiling && mean < 1.15 * ceiling, `the mean limit is ${mean}`);
});

test('when the provider says how long, nobody is let in before', async () => {
  const limiter = createLimiter(5);
  await limiter.acquire(never);
  limiter.release({ type: 'limited', retryAfter: 60 });
  let entered = false;
  const waiting = limiter.acquire(never).then(() => {
    entered = true;
  });
  await sleep(15);
  assert.equal(entered, false);
  await waiting;
  limiter.release({ type: 'clean' });
});

test('whoever gives up waiting takes no place', async () => {
  const limiter = createLimiter(1);
  await limiter.acquire(never);
  const controller = new AbortController();
  const given = limiter.acquire(controller.signal);
  const patient = limiter.acquire(never);
  controller.abort();
  assert.equal(await given, false);
  limiter.release({ type: 'neutral' });
  assert.equal(await patient, true);
  assert.equal(await limiter.acquire(controller.signal), false);
  assert.equal(limiter.inFlight, 1);
});
