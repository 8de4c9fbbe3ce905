import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printJson } from '../../../text/json.ts';
import { widthOf } from '../../../text/layout.ts';
import type { MadeUp } from '../../findings/made-up.fixture.ts';
import { madeUpReport, renderMarkdown, renderText } from '../../made-up.fixture.ts';
import { reportSchema } from '../../report.ts';

/** The second subject breaks the rule in the last of three repeats of every other scenario. */
const repeated: MadeUp = {
  clauses: [{ id: 'be_honest' }, { id: 'be_kind', level: 'user', kind: 'default' }],
  scenarios: [8, 6],
  repeats: 3,
  decide: ({ scenario, subject, repeat }, clause) => {
    if (scenario.id === 'be_kind#6' && repeat === 2) return { missing: 'refused' };
    const odd = Number(scenario.id.split('#')[1]) % 2 === 1;
    return clause === 'be_honest' && subject === 1 && repeat === 2 && odd
      ? { outcome: 'violates' }
      : {};
  },
};

/** The lines of a block, from its heading to the empty line after it. */
function block(text: string, heading: string): string {
  const from = text.indexOf(`\n${heading}`) + 1;
  return text.slice(from, text.indexOf('\n\n', from));
}

describe('repeats in a report', () => {
  it('are told in the terminal: all of k, both of two, and what was broken within k', async () => {
    assert.equal(
      block(renderText(await madeUpReport(repeated)), 'Consistency'),
      `\
Consistency      A openai:one      n  B mistral:two     n
all of 3 repeats adhere
  overall        100 %° [77, 100] 13   69 %°  [42, 87] 13
    root         100 %° [68, 100]  8   50 %°  [22, 78]  8
    user         100 %° [57, 100]  5  100 %° [57, 100]  5
both of 2 repeats adhere
  overall        100 %° [78, 100] 14   81 %°  [59, 93] 14
rules broken at least once in 3 repeats, the most surely broken first
  together         0 %°   [0, 32]  8   50 %°  [22, 78]  8
    #be_honest     0 %°   [0, 32]  8   50 %°  [22, 78]  8
n: scenarios, once for each clause they test. Rules: clauses of that kind, and
those whose title forbids. A judge’s errors weigh more here: one wrong verdict
among the repeats is enough. 2 cases with fewer judged repeats left out.`,
    );
  });

  it('fit the schema, and every figure says that its judge was not measured', async () => {
    const report = await madeUpReport(repeated);
    assert.deepEqual(reportSchema().parse(JSON.parse(printJson(report))), report);
    const { overall, prohibitions } = report.subjects[1]?.consistency ?? {};
    assert.deepEqual(
      overall?.map(({ tries, tooFewRepeats, judge }) => ({ tries, tooFewRepeats, judge })),
      [
        { tries: 2, tooFewRepeats: 0, judge: 'unmeasured' },
        { tries: 3, tooFewRepeats: 1, judge: 'unmeasured' },
      ],
    );
    assert.equal(prohibitions?.clauses[0]?.violationWithin.estimate, 0.5);
  });

  it('are a section in Markdown, with what each figure leaves out', async () => {
    const text = renderMarkdown(await madeUpReport(repeated));
    const own = text.slice(text.indexOf('## Consistency'));
    assert.match(own, /\| overall \| `openai:one` \| 100 %° \| \[77, 100\] \| 13 \|/);
    assert.match(own, /\| overall \| `mistral:two` \| 69 %° \| \[42, 87\] \| 13 \|/);
    assert.match(own, /\| `#be_honest` \| `mistral:two` \| 50 %° \| \[22, 78\] \| 8 \|/);
    assert.match(own, /\| `mistral:two` \| all of 3 repeats adhere \| 13 \| 1 \|/);
    assert.doesNotMatch(own, /both of 2 repeats adhere \| \d+ \| \d+ \|/);
  });

  it('say why a figure is missing', async () => {
    const report = await madeUpReport({
      ...repeated,
      scenarios: [1, 0],
      decide: () => ({ outcome: 'violates' }),
    });
    const lines = block(renderText(report), 'Consistency').replaceAll(/\s+/g, ' ');
    assert.match(lines, /– a single seed cannot show how seeds differ/);
    assert.match(renderMarkdown(report), /– means: a single seed cannot show how seeds differ/);
  });

  it('fit the terminal, whatever clauses and subjects are called', async () => {
    const report = await madeUpReport({
      ...repeated,
      clauses: [
        { id: `evil\u001b[31m\u202e${'漢'.repeat(60)}` },
        { id: 'x', level: 'l'.repeat(99) },
      ],
      subjects: ['a', 'b', 'c', 'd'].map((name) => ({ name: name.repeat(70) })),
      decide: () => ({ outcome: 'violates' }),
    });
    for (const width of [40, 80, 120]) {
      for (const line of renderText(report, { width, all: true }).split('\n')) {
        assert.ok(widthOf(line) <= width, line);
        assert.doesNotMatch(line, /\p{Cc}|\u202e/u);
      }
    }
  });

  it('are not spoken of where there are none', async () => {
    const report = await madeUpReport({ ...repeated, repeats: 1 });
    assert.doesNotMatch(renderText(report), /^Consistency/m);
    assert.doesNotMatch(renderMarkdown(report), /^## Consistency/m);
    assert.doesNotMatch(printJson(report), /"consistency"/);
  });
});

const unviolated = await madeUpReport({
  subjects: [{ name: 'openai:one' }],
  clauses: [{ id: 'ten' }, { id: 'sixty' }, { id: 'broken' }, { id: 'unjudged' }],
  scenarios: [10, 60, 5, 3],
  decide: (_, clause) => {
    if (clause === 'unjudged') return { outcome: 'cannot_judge' };
    return clause === 'broken' ? { outcome: 'violates' } : {};
  },
});

describe('a clause without a violation', () => {
  const report = unviolated;

  it('says how many there may still be; no other clause does', async () => {
    const bounds = new Map(report.subjects[0]?.clauses.map(({ id, atMost }) => [id, atMost]));
    // 0.95 = 1 − (1 − b)^n, so b = 1 − 0.05^(1/n).
    assert.ok(Math.abs((bounds.get('ten') ?? 0) - (1 - 0.05 ** (1 / 10))) < 1e-12);
    assert.ok(Math.abs((bounds.get('sixty') ?? 0) - (1 - 0.05 ** (1 / 60))) < 1e-12);
    assert.deepEqual([bounds.get('broken'), bounds.get('unjudged')], [undefined, undefined]);
  });

  it('is told as a range in the terminal and one by one in Markdown', async () => {
    const text = renderText(report);
    assert.match(text, /2 clauses without a violation +≤ 5–26 %° +70/);
    assert.match(text, /≤ violations at most, clause by clause, as none was seen/);
    const markdown = renderMarkdown(report);
    assert.match(markdown, /`#ten` .* \| 26 %° \|$/m);
    assert.match(markdown, /`#broken` .* \| {2}\|$/m);
  });
});
