import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  logOf,
  type TranscriptEvent,
  type TranscriptLog,
  type TranscriptMessage,
} from '../../ledger/transcript.ts';
import { type Reader, view } from './view.ts';

const said = (
  id: string,
  branch: string,
  actor: TranscriptEvent['actor'],
  content: string,
): TranscriptEvent => ({
  ...{ id, branch, actor, type: 'message', message: `${branch === 'b1' ? '' : `${branch}.`}${id}` },
  role: actor === 'subject' ? 'assistant' : 'user',
  content,
});

const contents = (log: TranscriptLog, branch?: string): string[] =>
  view(log, { reader: 'judge', ...(branch === undefined ? {} : { branch }) }).messages.map(
    ({ content }) => content,
  );

/** Asked twice, taken back after the first reply, begun again from the start, and forked from the second branch. */
const branched: TranscriptLog = [
  said('e1', 'b1', 'scenario', 'one'),
  said('e2', 'b1', 'subject', 'first'),
  said('e3', 'b1', 'auditor', 'two'),
  { id: 'e4', branch: 'b2', actor: 'auditor', type: 'branch', from: 'e2', why: 'rollback' },
  said('e5', 'b2', 'auditor', 'two, said otherwise'),
  said('e6', 'b1', 'subject', 'second'),
  said('e7', 'b2', 'subject', 'third'),
  { id: 'e8', branch: 'b3', actor: 'auditor', type: 'branch', from: 'e5', why: 'fork' },
  said('e9', 'b3', 'subject', 'fourth'),
];

describe('a view of a transcript', () => {
  it('should show a branch after what it comes from, and nothing that came later there', () => {
    assert.deepEqual(contents(branched, 'b1'), ['one', 'first', 'two', 'second']);
    assert.deepEqual(contents(branched, 'b2'), ['one', 'first', 'two, said otherwise', 'third']);
    assert.deepEqual(contents(branched, 'b3'), ['one', 'first', 'two, said otherwise', 'fourth']);
    assert.deepEqual(contents(branched), contents(branched, 'b3'), 'the newest unless said');
  });

  it('should keep from the subject what a judge says on the way', () => {
    const log = [said('e1', 'b1', 'scenario', 'one'), said('e2', 'b1', 'judge', 'bad so far')];
    const shownTo = (reader: Reader) =>
      view(log, { reader }).messages.map(({ content }) => content);
    assert.deepEqual(shownTo('subject'), ['one']);
    for (const reader of ['auditor', 'judge', 'world'] as const) {
      assert.deepEqual(shownTo(reader), ['one', 'bad so far']);
    }
  });

  it('should name a branch or a message that is not there as a fault', () => {
    const lost = [...branched.slice(0, 3), { ...branched[3], from: 'e99' } as TranscriptEvent];
    assert.throws(() => contents(lost, 'b2'), /there is no event e99/);
    const call = { type: 'tool-call', message: 'm9', callId: 'a', name: 'look', arguments: '{}' };
    const unspoken = { id: 'e1', branch: 'b1', actor: 'subject', ...call } as TranscriptEvent;
    assert.throws(() => contents([unspoken]), /there is no message m9/);
  });

  it('should tell what can be called at the end, and what calls came to', () => {
    const tool = { name: 'look', description: '', parameters: {} };
    const log: TranscriptLog = [
      { id: 'e1', branch: 'b1', actor: 'scenario', type: 'tools', add: [tool] },
      { id: 'e2', branch: 'b1', actor: 'scenario', type: 'system', text: 'Be brief.' },
      said('e3', 'b1', 'subject', ''),
      {
        ...{ id: 'e4', branch: 'b1', actor: 'subject', type: 'tool-call', message: 'e3' },
        ...{ callId: 'a', name: 'look', arguments: '{}' },
      },
      {
        ...{ id: 'e5', branch: 'b1', actor: 'world', type: 'tool-result', callId: 'a' },
        ...{ content: 'a door', origin: 'code', trust: 'untrusted' },
      },
    ];
    const { messages, tools } = view(log, { reader: 'judge' });
    assert.deepEqual(tools, [tool]);
    assert.deepEqual(
      messages.map(({ role, content, toolCalls }) => [role, content, toolCalls?.length]),
      [
        ['system', 'Be brief.', undefined],
        ['assistant', '', 1],
        ['tool', 'a door', undefined],
      ],
    );
    const later: TranscriptLog = [
      ...log,
      { id: 'e6', branch: 'b1', actor: 'world', type: 'tools', remove: ['look'] },
    ];
    assert.deepEqual(view(later, { reader: 'subject' }).tools, []);
  });

  it('should give back the messages that a log was made of', () => {
    const call = fc.record({ id: fc.string(), name: fc.string(), arguments: fc.string() });
    const message = fc.record({
      role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool'),
      content: fc.string(),
      source: fc.constantFrom('scenario', 'subject'),
      toolCalls: fc.option(fc.array(call, { minLength: 1, maxLength: 3 }), { nil: undefined }),
      name: fc.option(fc.string(), { nil: undefined }),
    });
    const finish = fc.constantFrom('stop', 'length', null);
    fc.assert(
      fc.property(fc.array(message), finish, (made, ended) => {
        const messages = made.map(
          (one, place) => ({ ...one, id: `m${place + 1}` }) as TranscriptMessage,
        );
        const usage = { input: null, output: 3 };
        const ending = { outcome: 'replied', reason: null, usage, cost: null } as const;
        const log = logOf(messages, { ...ending, call: 'ab', finish: ended });
        const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
        const shown = view(plain(log), { reader: 'judge' });
        assert.deepEqual(plain(shown.messages), plain(messages));
        assert.equal(shown.finish, ended);
        assert.deepEqual(log.at(-1), {
          ...{ id: `e${log.length}`, branch: 'b1', actor: 'scenario', type: 'end' },
          ...{ outcome: 'replied', reason: null },
        });
      }),
    );
  });
});
