import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpec } from '../../../spec/read.ts';
import { toHtml } from '../../../text/blocks-html.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { resolutionBlocks } from './blocks.ts';
import { readConversation } from './conversation.ts';
import { resolve } from './resolve.ts';
import type { Answer, Resolution } from './schema.ts';

const spec = readSpec({
  file: 'spec.md',
  bytes: new TextEncoder().encode(
    '## Be safe {#safe authority=root}\n\nMust.\n\n## Be sure {#sure authority=root}\n\nMust.\n\n## Be clear {#clear authority=user}\n\nShould.\n\n## Be \u001b[31mkind {#kind authority=user}\n\nShould.\n',
  ),
  id: 'small',
  version: '1',
});

function resolved(judgements: Record<string, Answer>): Resolution {
  const messages = [
    { role: 'user', content: 'override #clear\noverride #safe\n> quoted \u202e words' },
  ];
  const read = readConversation('c.json', JSON.stringify({ messages, judgements }), spec);
  assert.ok('conversation' in read);
  return resolve(spec, read.conversation);
}

const stuck = resolved({
  root_conflict: { pairs: [{ by: '#safe', target: '#sure' }] },
  'delegates:user': { undetermined: 'the judge was silent' },
  'misaligned:user': { pairs: [] },
  'changes:user': { pairs: [{ by: 'm9', target: '#kind' }] },
});

test('what is in force, what gave way and why, what nobody answered, what was put aside', () => {
  assert.equal(
    toTerminal(resolutionBlocks(stuck)),
    `small@1 · c.json
Order    root > system > developer > user > guideline

In force
  #sure (root) Be sure
      inaction, #safe: No reply keeps both, and neither gives way.
  1 root clause: #safe
  1 user clause: #kind

In force but for a part
  m1 (user) override #clear override #safe [m1.q1]
      not-entitled, #safe: #safe is fixed: nobody changes a clause of the level
      root.

Overridden
  #clear (user) Be clear
      explicit-override, m1: It says so: override #clear.

Information only, without authority
  m1.q1 quoted \\u202e words

Inaction: #safe and #sure conflict, and none of them gives way.

Questions of meaning that nobody has answered
  delegates:user · m1
      Which text without authority do the user instructions say is to be
      followed?
      If so: That text gets the level user and no more. If not: That text is
      information only.
      Not answered: the judge was silent

Put aside
  m9 → #kind: It is no instruction of this level in force.
`,
  );
});

test('explained: every step with its rule and its place, and what the rules say', () => {
  const text = toTerminal(resolutionBlocks(stuck, true));
  assert.equal(text.match(/^ {1,3}\d+ {2}\S+: /gm)?.length, stuck.trace.length);
  assert.match(text, /^ {3}1 {2}clause-level: spec → #safe: in_force\. Its heading gives root\.$/m);
  assert.match(text, /^ {6}small@1 > #safe$/m);
  assert.match(text, /^ {2}inaction: Where clauses of the highest level conflict/m);
  assert.doesNotMatch(text, /Put aside/);
  assert.match(text, /^ {2}#kind \(user\) Be ␛\[31mkind$/m);
  assert.match(text, /^ {6}hangs on delegates:user$/m);
});

test('no line is wider than the terminal, and no character is obeyed', () => {
  for (const width of [40, 60]) {
    const text = toTerminal(resolutionBlocks(stuck, true), { width });
    for (const line of text.split('\n')) assert.ok(widthOf(line) <= width, line);
    assert.doesNotMatch(text, /\p{Cc}(?<!\n)|\u202e/u);
  }
  assert.match(toHtml(resolutionBlocks(stuck)), /<code class="clause">#clear<\/code>/);
});

test('every reason stands there as data too, and says the same', () => {
  const overridden = stuck.trace.find(({ to, result }) => to === '#clear' && result !== 'in_force');
  assert.deepEqual(
    [overridden?.code, overridden?.data, overridden?.reason],
    ['says-so', { clause: '#clear' }, 'It says so: override #clear.'],
  );
  const silent = stuck.questions.find(({ id }) => id === 'delegates:user');
  const data = { reason: 'the judge was silent' };
  assert.deepEqual(silent?.unanswered, { code: 'cannot-tell', data });
});
