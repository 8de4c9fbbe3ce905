import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedRelease, skipUnlessShared } from '../../../../../test/shared-data.ts';
import { readSpec, type Spec } from '../../../../spec/index.ts';
import { toHtml } from '../../../../text/blocks-html.ts';
import { toMarkdown } from '../../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../../text/blocks-terminal.ts';
import { printJson } from '../../../../text/json.ts';
import { widthOf } from '../../../../text/layout.ts';
import { diffSpecs, type SpecDiff } from '../index.ts';
import { type RunOutlook, specDiffSchema } from '../schema.ts';
import { changelogBlocks } from './changelog-blocks.ts';
import { comparisonBlocks } from './comparison-blocks.ts';
import { outlookBlocks } from './outlook-blocks.ts';

const HOSTILE = `<script>alert(1)</script> "><img src=x onerror=alert(1)> \u001b[2J \u202e [x](javascript:alert(1)) \ue000`;

function specOf(text: string): Spec {
  return readSpec({ file: 'made-up.md', bytes: new TextEncoder().encode(text) });
}

const terminal = (diff: SpecDiff): string => toTerminal(comparisonBlocks(diff, 'glance'));
const markdown = (diff: SpecDiff): string => toMarkdown(comparisonBlocks(diff, 'all'));
const html = (diff: SpecDiff): string => toHtml(comparisonBlocks(diff, 'all'));
const changelog = (diff: SpecDiff, newer: Spec): string => toMarkdown(changelogBlocks(diff, newer));

function hostileDiff(): { diff: SpecDiff; newer: Spec } {
  const older = specOf(`# Be so {#so authority=user}\n\nIt must be so ${HOSTILE}.\n`);
  const newer = specOf(
    `# ${HOSTILE} {#so authority=user}\n\nIt must never be so ${HOSTILE} at all.\n\n# New ${HOSTILE}\n\nIt should ${HOSTILE}.\n`,
  );
  return { diff: diffSpecs(older, newer), newer };
}

test('hostile text is shown and does nothing, in every format', () => {
  const { diff, newer } = hostileDiff();
  const page = html(diff);
  assert.doesNotMatch(page, /<script|<img|\son\w+=[^&]*>|href=/);
  assert.match(page, /&lt;script&gt;/);
  for (const text of [page, terminal(diff), markdown(diff), changelog(diff, newer)]) {
    for (const unseen of ['\u001b', '\u202e', '\ue000']) assert.ok(!text.includes(unseen));
  }
  const written = markdown(diff) + changelog(diff, newer);
  assert.doesNotMatch(written, /(?<!\\)<(?!del>|ins>|\/del>|\/ins>)/);
  assert.doesNotMatch(written, /(?<!\\)\]\(/);
});

test('the difference of two releases fits its schema and eighty columns', (t) => {
  if (skipUnlessShared(t)) return;
  const [older, newer] = ['2025-04-11', '2025-12-18'].map((v) => readSpec(sharedRelease(v)));
  assert.ok(older && newer);
  const diff = diffSpecs(older, newer);
  const parsed = specDiffSchema.safeParse(JSON.parse(printJson(diff)));
  assert.deepEqual(parsed.error?.issues.slice(0, 1) ?? [], []);
  assert.deepEqual(parsed.data, JSON.parse(printJson(diff)), 'the schema leaves nothing out');
  for (const line of terminal(diff).split('\n')) assert.ok(widthOf(line) <= 80, line);
});

test('equal versions say that nothing changed', () => {
  const spec = specOf('# Be so {#so authority=user}\n\nIt must be so.\n');
  const diff = diffSpecs(spec, spec);
  assert.match(terminal(diff), /Nothing changed\.\n$/);
  assert.match(markdown(diff), /Nothing changed\\?\.\n$/);
  assert.match(html(diff), /Nothing changed\./);
  assert.match(changelog(diff, spec), /Nothing changed\.\n$/);
});

const example = (mark: string): string =>
  `**Example**: a question\n\n~~~xml\n<user>\nWhy?\n</user>\n<comparison>\n<assistant> <!-- ${mark} -->\nBecause.\n</assistant>\n<assistant> <!-- GOOD -->\nFor this reason.\n</assistant>\n</comparison>\n~~~\n\n`;
const LONG =
  'of whatever they ask and however long it takes them to say it to the assistant itself';
const OLDER = specOf(
  [
    `# Answers {#answers authority=platform}\n\nIt should, ${LONG}, answer briefly. Trust is slow.\n\n${example('BAD')}`,
    '# Tone {#tone authority=platform}\n\nIt should be “kind”.\n\n',
    '# Style of writing {#style authority=user}\n\nIt should write as people speak to each other at home[^ab12].\n\n',
    '# Gone {#gone authority=user}\n\nSomething that nobody needs any more.\n\n',
  ].join(''),
);
const NEWER = specOf(
  [
    `# Answers {#answers authority=root}\n\nIt must, ${LONG}, answer briefly. Trust takes time.\n\n${example('OK')}`,
    '# Tone {#tone authority=root}\n\nIt should be "kind".\n\n',
    '# Style of writing {#manner authority=user}\n\nIt should write as people speak to each other at home[^cd34].\n\n',
    '# Fresh {#fresh authority=root}\n\nIt must never do what was never asked.\n\n',
  ].join(''),
);
const DIFF = diffSpecs(OLDER, NEWER);

test('at a glance the weighty is told in full, the rest in brief', () => {
  const shown = terminal(DIFF);
  assert.match(
    shown,
    /^Levels \(2\)\n {2}~ platform {2}is called root now.*\n {2}\+ system {4}is a new level$/m,
  );
  assert.match(shown, /^Added \(1\)\n {2}\+ fresh {2}a new clause of level root$/m);
  assert.match(shown, /^Removed \(1\)\n {2}- gone {2}/m);
  assert.match(shown, /^Renamed \(1\)\n {2}~ style {2}→ #manner \(/m);
  assert.match(
    shown,
    /^ {4}it says “must” where it said “should”\n {4}~ It \[-should-\]\{\+must\+\}/m,
  );
  assert.match(shown, /\[…\]/, 'what is the same for long is left out');
  assert.match(shown, /^ {4}and 2 lesser changes of sentences$/m);
  assert.match(shown, /^ {2}level: the new name of a level: #answers, #tone$/m);
  assert.match(shown, /^ {2}text: only quotation marks differ: #tone$/m);
  assert.match(
    shown,
    /^Marks \(1\)\n {2}#answers, example “a question”\n {4}bad → ok: Because\.$/m,
  );
  assert.match(
    shown,
    /^Eval tags and prompts \(2\)\n {2}\+ cd34 {2}in #manner\n {2}- ab12 {2}was in/m,
  );
});

test('a document has every sentence, with its class', () => {
  const written = markdown(DIFF);
  assert.match(written, /^## Normative \(\d\)\n\nwhat is right may be another thing now\n/m);
  assert.match(written, /^### `#answers` text \(line 1\)$/m);
  assert.match(written, /^- \*\*normative\*\*: it says “must” where it said “should” {2}$/m);
  assert.ok(written.includes(`It <del>should</del><ins>must</ins>, ${LONG}, answer`));
  assert.match(
    written,
    /^- \*\*clarifying\*\*: a sentence without a directing word was added {2}\n {2}\\\+ Trust takes time\.$/m,
  );
  assert.ok(!written.includes('the new name of a level'), 'levels are told with their names');
  assert.match(
    written,
    /- level: its level platform is called root now, .*: `#answers`, `#tone`$/m,
  );
  assert.match(html(DIFF), /<del>should<\/del><ins>must<\/ins>/);
});

test('a changelog names clauses by their titles', () => {
  assert.equal(
    changelog(DIFF, NEWER).split('\n\n').slice(1, 9).join('\n'),
    [
      '### Levels',
      '- The level `platform` is called `root`',
      '- New level `system`',
      '### Added',
      '- **Fresh** (`#fresh`), level root',
      '### Removed',
      '- `#gone`',
      '### Renamed and moved',
      '- `#style` is **Style of writing** (`#manner`)',
    ].join('\n'),
  );
  assert.match(
    changelog(DIFF, NEWER),
    /### Examples and evaluation\n\n- \*\*Answers\*\*.*1 changed\n/,
  );
  assert.match(changelog(DIFF, NEWER), /^- Eval tags added: `cd34`$/m);
});

test('sections that were merged or split are told with where their text is now', () => {
  const part = (words: string): string =>
    Array.from({ length: 12 }, (_, n) => `${words}${n}`).join(' ');
  const [a, b, c] = [part('alpha'), part('beta'), part('gamma')];
  const apart = specOf(
    `# A {#a authority=user}\n\n${a}.\n\n# B {#b authority=user}\n\n${b}.\n\n# C {#c authority=user}\n\n${c}.\n`,
  );
  const joined = specOf(
    `# AB {#ab authority=user}\n\n${a}. ${b}.\n\n# C {#c authority=user}\n\n${c}.\n`,
  );
  const merged = diffSpecs(apart, joined);
  assert.match(terminal(merged), /^Merged \(1\)\n {2}~ ab {2}← #[ab] \(\d+ %\), #[ab] \(\d+ %\)$/m);
  assert.match(changelog(merged, joined), /^- `#a`, now in \*\*AB\*\* \(`#ab`\) \(\d+ % of it\)$/m);
  const split = diffSpecs(joined, apart);
  assert.match(terminal(split), /^Split \(1\)\n {2}~ ab {2}→ #/m);
  assert.match(changelog(split, apart), /^- `#ab`, now in \*\*[AB]\*\*/m);
});

const OUTLOOK: RunOutlook = {
  run: 'r1',
  created: '2026-01-02T03:04:05.000Z',
  simulated: true,
  spec: { id: 'made-up', version: null, sha256: 'ab'.repeat(32) },
  subjects: ['sim:x'],
  verdicts: 1230,
  standing: 30,
  stale: 1200,
  byStanding: {
    same: 30,
    editorial: 0,
    normative: 1200,
    clarifying: 0,
    relevelled: 0,
    removed: 0,
    unknown: 0,
  },
  clauses: [],
  again: {
    clauses: ['answers', 'tone'],
    query: 'answers',
    scenarios: ['answers#1'],
    isPartial: false,
    untestable: ['tone'],
    samples: 1,
  },
  untested: ['fresh'],
  command: "tenet audit \\\n  --spec 'my spec.md'",
  notes: ['The run had a system prompt: put the name of its file for SYSTEM_PROMPT_FILE.'],
  missing: [{ code: 'system-prompt-file', data: {} }],
};

test('past runs are told with what stands, what is stale, and the command to copy', () => {
  assert.equal(
    toTerminal([outlookBlocks([OUTLOOK])]),
    `Past runs
  r1  SIMULATED made-up@abababababab, 2026-01-02
    30 of 1,230 verdicts still stand, 1,200 are stale
        30 on clauses that did not change
     1,200 on clauses whose duty changed
    Run again: 2 clauses, 1 scenario (answers#1), 1 sample:
      tenet audit \\
        --spec 'my spec.md'
    No scenario tests #tone.
    The run had a system prompt: put the name of its file for
    SYSTEM_PROMPT_FILE.
  New clauses, in no run yet: #fresh
`,
  );
  const nothing = { ...OUTLOOK, command: null, untested: [] };
  assert.match(
    toTerminal([outlookBlocks([nothing])]),
    /No scenario tests the stale clauses any more/,
  );
  assert.match(toTerminal([outlookBlocks([])]), /The ledger has no run of this spec/);
  const written = toMarkdown([outlookBlocks([OUTLOOK])]);
  assert.match(written, /^- 1,200 on clauses whose duty changed$/m);
  assert.match(written, /^```\ntenet audit \\\n {2}--spec 'my spec\.md'\n```$/m);
});
