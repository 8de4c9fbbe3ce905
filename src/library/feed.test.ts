import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFeed } from './feed.ts';

async function all<Event>(iterator: AsyncIterator<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for (;;) {
    const { done, value } = await iterator.next();
    if (done === true) return events;
    events.push(value);
  }
}

describe('createFeed', () => {
  it('should give each reader all that happens from when it begins to read, in order', async () => {
    const feed = createFeed<number>();
    feed.put(0);
    const first = feed.read();
    feed.put(1);
    assert.deepEqual(await first.next(), { done: false, value: 1 });
    const second = feed.read();
    feed.put(2);
    feed.put(3);
    feed.end();
    feed.put(4);
    assert.deepEqual(await all(second), [2, 3, 4]);
    assert.deepEqual(await all(first), [2, 3, 4]);
    assert.deepEqual(await all(feed.read()), []);
  });

  it('should give readers what they have asked for before it was there', async () => {
    const feed = createFeed<string>();
    const reader = feed.read();
    const asked = [reader.next(), reader.next(), reader.next()];
    feed.put('a');
    feed.put('b');
    feed.end();
    assert.deepEqual(await Promise.all(asked), [
      { done: false, value: 'a' },
      { done: false, value: 'b' },
      { done: true, value: undefined },
    ]);
  });

  it('should tell every reader once that the work failed, after what had happened', async () => {
    const feed = createFeed<string>();
    const [first, second] = [feed.read(), feed.read()];
    feed.put('a');
    feed.end(new Error('no luck'));
    for (const reader of [first, second]) {
      assert.deepEqual(await reader.next(), { done: false, value: 'a' });
      await assert.rejects(async () => reader.next(), /no luck/);
      assert.deepEqual(await reader.next(), { done: true, value: undefined });
    }
    await assert.rejects(async () => feed.read().next(), /no luck/);
  });

  it('should let a reader go, also one that waits', async () => {
    const feed = createFeed<string>();
    const [gone, stays] = [feed.read(), feed.read()];
    const waiting = gone.next();
    await gone.return?.();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    feed.put('a');
    feed.end();
    assert.deepEqual(await gone.next(), { done: true, value: undefined });
    assert.deepEqual(await all(stays), ['a']);
  });
});
