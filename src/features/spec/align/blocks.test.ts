import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { alignmentBlocks } from './blocks.ts';
import type { AlignedClause, AlignedPair, Alignment } from './schema.ts';

const spec = (id: string) => ({ id, version: '1', title: id, sha256: 'a', clauses: 3 });
const clause = (id: string, level: string | null = 'user'): AlignedClause => ({
  id,
  title: `Title of ${id}`,
  level,
  line: 1,
});
const pair = (
  first: string,
  second: string,
  match: AlignedPair['match'],
  judgement: AlignedPair['judgement'] = null,
): AlignedPair => ({
  first: clause(first),
  second: clause(second),
  similarity: 0.456,
  match,
  words: ['praise', '~honesty'],
  judgement,
});

const alignment: Alignment = {
  schema: 'tenet.alignment/1',
  first: spec('one'),
  second: spec('two'),
  least: 0.14,
  clear: 0.5,
  judge: { model: 'openai:gpt-5', simulated: false, asked: 3, undetermined: 1 },
  pairs: [
    pair('same', 'same', 'identical'),
    pair('flatter', 'praise', 'mutual', { relation: 'broader', reason: 'It covers more.' }),
    pair('flatter', 'honest', 'further'),
    pair('arms', 'weapons', 'judged', {
      relation: null,
      undetermined: 'refused: no',
      code: 'refused',
      data: { reason: 'no' },
    }),
  ],
  onlyFirst: [{ ...clause('alone', 'root'), nearest: null }],
  onlySecond: [],
};

test('at a glance: signs, ids, the words below, and what the signs mean', () => {
  assert.equal(
    toTerminal(alignmentBlocks(alignment)),
    `one@1 beside two@1
3 clauses and 3: 4 pairs, 1 only in the first, 0 only in the second.
openai:gpt-5 was asked about 3, 1 without an answer.

alike     one@1     two@1
 0.46  =  #same     #same
 0.46     #flatter  #praise
          praise, ~honesty
          broader: It covers more.
 0.46  +            #honest
          praise, ~honesty
 0.46  ?  #arms     #weapons
          praise, ~honesty
          no answer: refused: no

Only in one@1 (1)
  #alone  Title of alone

"alike" is from 0 to 1, by the telling words that two clauses share; less than
0.14 is no pair. = says it word for word. + is alike too, but not the likest. ?
was found by the judge, not by its words. ~topic: different words for one
subject.
`,
  );
});

test('documents say in words what signs stand for, with titles and levels', () => {
  const page = toMarkdown(alignmentBlocks(alignment, 'all'));
  assert.match(page, /^\| one@1 \| two@1 \| how \| shared words \| judge \| alike \|$/m);
  assert.match(
    page,
    /^\| `#flatter` Title of flatter \(user\) \| `#honest` Title of honest \(user\) \| also alike \|/m,
  );
  assert.match(
    page,
    /by the judge \| praise, \\~honesty \| no answer: refused: no \| 0\\\.46 \|$/m,
  );
  assert.match(page, /^\| `#alone` \| Title of alone \| root \|$/m);
  assert.doesNotMatch(page, /= says it word for word/);
  const alone = toMarkdown(alignmentBlocks({ ...alignment, judge: null, pairs: [] }, 'all'));
  assert.match(alone, /or ask a model with \\?-\\?-judge/);
});
