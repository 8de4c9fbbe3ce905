import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { printJson } from '../text/json.ts';
import { widthOf } from '../text/layout.ts';
import type { MadeUp } from './findings/made-up.fixture.ts';
import { madeUpReport, renderMarkdown, renderText } from './made-up.fixture.ts';

/** One clause that the second subject always breaks, one refusal, one abstention. */
const small: MadeUp = {
  clauses: [
    { id: 'be_honest' },
    { id: 'be_kind', level: 'user' },
    { id: 'be_brief', level: 'user' },
    { id: 'never_tested' },
  ],
  scenarios: [6, 4, 2, 0],
  decide: ({ index, subject }, clause) => {
    if (clause === 'be_honest' && subject === 1) {
      return { outcome: 'violates', severity: index === 1 ? 'critical' : 'major' };
    }
    if (index === 12) return { missing: 'refused' };
    return index === 15 ? { outcome: 'cannot_judge' } : {};
  },
};

const golden = `\
made-up@1 · A made-up spec

Subjects A openai:one
         B mistral:two
Judge    anthropic:judge
Run      abababab00 · 12 scenarios × 2 subjects · finished

Adherence                        A openai:one      n  B mistral:two     n
overall                          100 %° [74, 100] 11   45 %°  [34, 57] 11
by level
  root                           100 %° [61, 100]  6    0 %°   [0, 39]  6
  user                           100 %° [57, 100]  5  100 %° [57, 100]  5
adheres / (adheres + violates) with its 95 % interval; n: cases judged so. ° The
judge’s errors were not measured; no figure is corrected for them.

By clause                        A openai:one      n  B mistral:two     n
root
  #be_honest                     100 %° [61, 100]  6 ▼  0 %°   [0, 39]  6
user
  2 clauses without a violation  ≤ 63–78 %°        5  ≤ 63–78 %°        5
▼ lower than chance explains, among all of a subject’s clauses
≤ violations at most, clause by clause, as none was seen (one-sided at 95 %)

Counted
  Samples     23 of 24 replied; 1 refused by the provider
  Verdicts    16 adheres, 6 violates; beside them 1 cannot judge (1 by the
              judge’s own word)
  Severity    B 1 critical, 5 major
  Worst case  A 92–100 %, B 42–50 % overall, had all that is undecided gone one
              way or the other
  Used        930 tokens in, 595 out; $0.07

Differences in points, on the same scenarios
  A − B  overall  +60° [+45, +72]    10 pairs
         root     +100° [+45, +100]  6 pairs

Findings
At the model’s door
  high    B has 1 critical violation in 1 clause: #be_honest (1). See t2.
          → Read these transcripts first: one such violation that holds up
            outweighs a good rate.
  medium  B does worse than chance explains on 1 clause: #be_honest (0 % of 6);
          overall it adheres in 45 %. See t2 and t4.
          → Compare the judge’s reasons across these transcripts; where they
            agree, work on the model there and run these clauses again.
At the spec’s door
  medium  1 clause of 4 has no scenario in this run, so nothing is known of it:
          1 root (#never_tested).
          → Add examples or eval prompts to the spec, or rows for these clauses
            to a suite file.
At the judge’s door
  medium  The judge’s errors aren’t measured: rates are uncorrected. The
          intervals show sampling alone, the worst-case bounds what was not
          judged; neither shows where the judge is wrong.
          → Measure it: tenet judge calibrate scores it on the spec’s own marked
            replies.
At the scenarios’ door
  low     For 2 of 3 tested clauses the interval is wider than 50 points (the
          median has 3 judged cases). Those rates say little one by one.
          → Add scenarios for these clauses; more repeats help less. A dry run
            tells the width beforehand.
`;

describe('the report in a terminal', () => {
  it('reads as it should', async () => {
    assert.equal(renderText(await madeUpReport(small)), golden);
  });

  it('is the same text in colour and without', async () => {
    const report = await madeUpReport(small);
    const colored = renderText(report, { color: true });
    assert.notEqual(colored, golden);
    assert.equal(stripVTControlCharacters(colored), golden);
  });

  it('stamps what is simulated at its top and bottom', async () => {
    const lines = renderText(await madeUpReport({ simulated: true }))
      .trimEnd()
      .split('\n');
    assert.match(lines[0] ?? '', /SIMULATED/);
    assert.match(lines.at(-1) ?? '', /SIMULATED/);
    assert.doesNotMatch(renderText(await madeUpReport()), /SIMULATED/);
  });

  it('shows every clause where all are wanted', async () => {
    const text = renderText(await madeUpReport(small), { all: true });
    assert.match(text, /#be_kind +100 %/);
    assert.match(text, /#be_brief +100 %/);
    assert.doesNotMatch(text, /without a violation/);
  });

  it('sets more subjects than fit in several tables', async () => {
    const subjects = ['one', 'two', 'three', 'four', 'five'].map((name) => ({
      name: `vllm:${name}`,
    }));
    const text = renderText(await madeUpReport({ subjects }));
    assert.equal(text.match(/^Adherence /gm)?.length, 2);
    assert.match(text, /and 4 more pairs/);
  });

  it('puts percent signs into the heading where clause ids need the room', async () => {
    const clauses = [{ id: 'a_long_id_of_a_clause_with_many_words' }];
    const subjects = ['one', 'two', 'three'].map((name) => ({ name: `vllm:${name}` }));
    const text = renderText(await madeUpReport({ clauses, subjects, scenarios: [120] }));
    assert.match(text, /^Adherence, % .* A vllm:one +n +B vllm:two +n +C vllm:three +n$/m);
    assert.match(text, /^overall +100° \[97, 100\] 120/m);
  });

  it('draws intervals where there is room', async () => {
    const text = renderText(await madeUpReport({ subjects: [{ name: 'vllm:one' }] }));
    assert.match(text, /├─+●/);
  });

  const thin: [string, MadeUp][] = [
    ['nothing was asked', { decide: () => null }],
    ['there is no scenario', { scenarios: [0, 0] }],
    ['all abstained', { decide: () => ({ outcome: 'cannot_judge' }) }],
    ['nothing applied', { decide: () => ({ outcome: 'not_applicable' }) }],
    ['every call failed', { decide: () => ({ missing: 'failed' }) }],
    [
      'there is one clause without level or kind',
      {
        clauses: [{ id: 'only', level: null, kind: null }],
        scenarios: [1],
        subjects: [{ name: 'vllm:one' }],
      },
    ],
    ['there is no subject', { subjects: [] }],
    ['there is no clause', { clauses: [] }],
    ['no price is known', { decide: () => ({ cost: null }) }],
  ];
  for (const [name, about] of thin) {
    it(`says what there is to say where ${name}`, async () => {
      const report = await madeUpReport(about);
      for (const text of [
        renderText(report),
        renderText(report, { all: true }),
        renderMarkdown(report),
      ]) {
        assert.doesNotMatch(text, /NaN|null|undefined|Infinity|\[object/);
      }
    });
  }

  it('tells why there is no figure', async () => {
    const text = renderText(await madeUpReport({ decide: () => ({ outcome: 'cannot_judge' }) }));
    assert.match(text, /– no trial was judged/);
    assert.match(text, /Not one case was judged/);
    assert.match(text, /A 0–100 %, B 0–100 % overall/);
  });

  it('says that a run stopped, and how far it came', async () => {
    const report = await madeUpReport(
      { decide: ({ index }) => (index < 10 ? {} : null) },
      { state: 'stopped', reason: 'interrupted' },
    );
    assert.match(renderText(report), /stopped \(interrupted\): 10 of 16\s+samples asked/);
    assert.match(report.notes.join(' '), /10 of 16 planned samples were asked/);
  });
});

/** Text as an attacker or another script would write it. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\u001b[2J\u001b]8;;https://example.com\u0007click\u001b]8;;\u0007',
    '\u202egnp.exe\u2069 \u200b\u{e0041}\u{e0042}',
    '| a | b |\n|---|---|\n# heading\n```\n',
    '[x](javascript:alert(1)) <img src=x onerror=alert(1)> `code` <!-- -->',
    '漢字'.repeat(40),
    '👩‍👩‍👧‍👦👍🏽⚠️',
    'x'.repeat(200),
    'a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
    '',
  ),
);

const hostileRun = fc.record({
  id: hostile,
  title: hostile,
  level: hostile,
  name: hostile,
  judge: hostile,
  scenario: hostile,
  reason: hostile,
  content: hostile,
  width: fc.integer({ min: 40, max: 130 }),
  subjects: fc.integer({ min: 1, max: 7 }),
  repeats: fc.integer({ min: 1, max: 3 }),
  all: fc.boolean(),
});

describe('hostile and unusual text', () => {
  it('never makes a line wider than the terminal, nor reaches it as a command', async () => {
    await fc.assert(
      fc.asyncProperty(hostileRun, async (values) => {
        const { id, title, level, name, judge, scenario, reason, content, width, all } = values;
        const report = await madeUpReport({
          clauses: [
            { id, title, level },
            { id: `${id}2`, title, level: null },
          ],
          levels: [level],
          repeats: values.repeats,
          subjects: Array.from({ length: values.subjects }, (_, place) => ({ name: name + place })),
          judge: { name: judge },
          words: { scenario, reason, content },
          decide: ({ index }) =>
            index % 3 === 0 ? { outcome: 'violates', severity: 'critical' } : {},
        });
        for (const line of renderText(report, { width, all }).split('\n')) {
          assert.ok(widthOf(line) <= width, `${widthOf(line)} > ${width}: ${line}`);
          assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u);
        }
        assert.doesNotMatch(
          renderMarkdown(report).replaceAll('\n', ''),
          /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u,
        );
        assert.deepEqual(JSON.parse(printJson(report)), report);
      }),
      { numRuns: 60 },
    );
  });
});
