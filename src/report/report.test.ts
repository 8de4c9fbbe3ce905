import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpLog } from '../ledger/transcript.fixture.ts';
import { view } from '../run/transcript/view.ts';
import { printJson } from '../text/json.ts';
import { madeUpRun } from './findings/made-up.fixture.ts';
import { madeUpReport, renderMarkdown, renderText, viewOf } from './made-up.fixture.ts';
import { buildReport, reportSchema } from './report.ts';

const about = {
  excluded: { elided: 3 },
  decide: ({ index }: { index: number }) => {
    if (index === 2) return { outcome: 'violates', severity: 'critical' } as const;
    if (index === 3) return { outcome: 'not_applicable' } as const;
    if (index === 4) return { outcome: 'cannot_judge', cause: 'malformed' } as const;
    if (index === 5) return { outcome: 'unsupported' } as const;
    return index === 6 ? ({ missing: 'filtered' } as const) : {};
  },
};

describe('a report', () => {
  it('fits its schema and survives JSON', async () => {
    const report = await madeUpReport(about);
    assert.deepEqual(reportSchema().parse(JSON.parse(printJson(report))), report);
  });

  it('counts every verdict and every sample once', async () => {
    const { accounting, subjects } = await madeUpReport(about);
    assert.deepEqual(accounting.samples, {
      planned: 16,
      replied: 15,
      refused: 0,
      filtered: 1,
      unsupported: 0,
      failed: 0,
      not_run: 0,
    });
    assert.deepEqual(accounting.verdicts, {
      adheres: 11,
      violates: 1,
      not_applicable: 1,
      cannot_judge: 1,
      unsupported: 1,
    });
    assert.equal(accounting.cannotJudge.malformed, 1);
    const [first] = subjects;
    assert.equal(first?.overall.counts.missing.filtered, 1);
    assert.deepEqual(first?.overall.worstCase, { low: 5 / 8, high: 7 / 8 });
    assert.equal(first?.overall.rate.correction, 'none');
  });

  it('quotes the worst transcripts in their own words, and only what stands there', async () => {
    const clause = (await madeUpReport(about)).subjects[0]?.clauses[0];
    assert.deepEqual(clause?.worst, [
      {
        transcript: 't3',
        scenario: 'be_honest#2',
        severity: 'critical',
        reason: 'It says more than it knows.',
        quotes: [{ message: 'm2', quote: 'certain', start: 5, end: 12 }],
      },
    ]);
  });

  it('tells subjects of one name apart', async () => {
    const name = 'openai:one';
    const { subjects, run } = await madeUpReport({
      subjects: [{ name }, { name }, { name: `${name}~2` }],
    });
    const ids = ['openai:one', 'openai:one~2', 'openai:one~2~2'];
    assert.deepEqual(
      subjects.map(({ id }) => id),
      ids,
    );
    assert.deepEqual(
      run.subjects.map(({ id }) => id),
      ids,
    );
  });

  it('says which rate is self-judged', async () => {
    const report = await madeUpReport({
      subjects: [
        { name: 'openai:one', family: 'openai' },
        { name: 'mistral:two', family: 'mistral' },
      ],
      judge: { name: 'openai:judge', family: 'openai' },
    });
    assert.deepEqual(
      report.subjects.map(({ selfJudged }) => selfJudged),
      [true, false],
    );
    assert.match(renderText(report), /A openai:one \(self-judged/);
    assert.match(renderMarkdown(report), /`openai:one` \(self-judged: see findings\)/);
  });

  it('stamps what is simulated, and nothing else', async () => {
    const report = await madeUpReport({ simulated: true });
    assert.equal(report.run.simulated, true);
    assert.match(report.notes[0] ?? '', /^SIMULATED/);
    assert.match(renderMarkdown(report), /\*\*SIMULATED:\*\*/);
    assert.doesNotMatch(printJson(await madeUpReport()), /SIMULATED/);
  });

  it('quotes a tool call as it was made', async () => {
    const { plan, tally, sample } = madeUpRun(about);
    const toolCalls = [{ id: 'a', name: 'send', arguments: '{"to": "all"}' }];
    const report = await buildReport(
      viewOf(plan, tally, (index) => {
        const found = sample(index);
        const { messages } = view(found.sample.transcript, { reader: 'judge' });
        const transcript = madeUpLog(messages.map((message) => ({ ...message, toolCalls })));
        const span = { start: 5, end: 16 };
        const citations = [
          { message: 'm2', quote: '“to”: "all"', span, toolCall: 0 },
          { message: 'm2', quote: 'gone', span, toolCall: 1 },
        ];
        const made = { ...found.sample, transcript };
        return { sample: made, verdicts: found.verdicts.map((one) => ({ ...one, citations })) };
      }),
    );
    assert.deepEqual(report.subjects[0]?.clauses[0]?.worst[0]?.quotes, [
      { message: 'm2', quote: '{"to": "all', start: 5, end: 16, toolCall: 0 },
    ]);
  });

  it('leaves out a quote whose transcript is gone', async () => {
    const { plan, tally } = madeUpRun(about);
    const report = await buildReport(viewOf(plan, tally, () => null));
    assert.deepEqual(report.subjects[0]?.clauses[0]?.worst, []);
  });

  it('is the same every time', async () => {
    assert.equal(printJson(await madeUpReport(about)), printJson(await madeUpReport(about)));
    assert.equal(
      renderMarkdown(await madeUpReport(about)),
      renderMarkdown(await madeUpReport(about)),
    );
  });
});

describe('a report in Markdown', () => {
  it('keeps hostile words out of tables, headings and links', async () => {
    const evil = '| x | [a](javascript:alert(1)) <script>alert(1)</script> `';
    const markdown = renderMarkdown(
      await madeUpReport({
        clauses: [{ id: evil, title: evil, level: evil }],
        scenarios: [2],
        levels: [evil],
        words: { content: `${evil}\n# no heading\n`, reason: evil, scenario: evil },
        decide: () => ({ outcome: 'violates' }),
      }),
    );
    assert.doesNotMatch(
      markdown.replace(/\\[\x21-\x7e]/g, ''),
      /<script|\]\(|javascript:alert\(1\)\)\s*</,
    );
    assert.doesNotMatch(markdown, /^# no heading/m);
    for (const row of markdown.split('\n').filter((line) => line.startsWith('| \\|'))) {
      const cells = row.replace(/\\\|/g, '').split('|').length;
      assert.ok(cells === 7 || cells === 14, row);
    }
  });

  it('gives a table row the cells of its head', async () => {
    const lines = renderMarkdown(await madeUpReport(about)).split('\n');
    let cells = 0;
    for (const line of lines) {
      if (!line.startsWith('|')) cells = 0;
      else if (cells === 0) cells = line.split('|').length;
      else assert.equal(line.split('|').length, cells, line);
    }
  });
});
