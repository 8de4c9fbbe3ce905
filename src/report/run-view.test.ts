import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod';
import type { MadeUp } from './findings/made-up.fixture.ts';
import { madeUpLedger, madeUpReport } from './made-up.fixture.ts';
import { buildReport, partOf, reportBlocks, reportSchema } from './report.ts';
import { openRunView, type RunView } from './run-view.ts';
import type { ReportSection } from './section.ts';

const about: MadeUp = {
  repeats: 2,
  decide: ({ index }) => {
    if (index === 1) return { missing: 'filtered' };
    if (index === 2) return null;
    return index % 5 === 0 ? { outcome: 'violates', severity: 'critical' } : {};
  },
};

describe('a stored run', () => {
  it('should come to the report of its rows', async () => {
    const stopped = { state: 'stopped', reason: 'the budget is spent' } as const;
    const { ledger, run, plan } = await madeUpLedger(about, stopped);
    const report = await buildReport(await openRunView({ ledger, run, plan }));
    const expected = await madeUpReport(about, stopped);
    assert.deepEqual(report, { ...expected, run: { ...expected.run, id: run.id } });
    assert.equal(report.run.reason, 'the budget is spent');
    assert.partialDeepStrictEqual(report.noteData[0], {
      code: 'unfinished',
      data: { stopped: true, reason: 'the budget is spent', asked: 31, planned: 32 },
    });
  });

  it('should be asked once for what several sections want', async () => {
    const view = await openRunView(await madeUpLedger(about));
    let made = 0;
    const count = ({ plan }: RunView): number => {
      made++;
      return plan.clauses.length;
    };
    assert.deepEqual([view.once(count), view.once(count)], [2, 2]);
    assert.equal(made, 1);
    assert.equal(view.tally, view.tally);
  });

  it('should read its verdicts once for all who ask for them', async () => {
    const { ledger, run, plan } = await madeUpLedger(about);
    const once = await openRunView({ ledger, run, plan });
    const label = { run: run.ordinal, sample: 0, clause: 'be_honest', clauseHash: 'ab', time: 1 };
    const said = {
      outcome: 'adheres',
      severity: null,
      note: '',
      inclusion: null,
      source: 'terminal',
    } as const;
    await ledger.labels.add([{ ...label, ...said, person: 'Ada' }]);
    const labelled = await openRunView({ ledger, run, plan });
    assert.equal(labelled.verdicts(), labelled.verdicts());
    assert.deepEqual(await labelled.verdicts(), await once.verdicts());
  });
});

describe('a section that a capability lends', () => {
  const lent: ReportSection<{ word: string }> = {
    key: 'spoken',
    order: 35,
    part: {
      order: 45,
      schema: z.strictObject({ word: z.string() }).optional(),
      build: ({ run }) => (run.state === 'finished' ? { word: 'said' } : undefined),
    },
    render: ({ word }) => [{ type: 'paragraph', text: word }],
  };
  const withLent = async (input: ReturnType<typeof madeUpLedger>) =>
    await buildReport(await openRunView(await input), [lent]);

  it('should stand in the document, its schema and on the page, each at its place', async () => {
    const report = await withLent(madeUpLedger(about));
    const keys = Object.keys(report);
    assert.deepEqual(keys.slice(keys.indexOf('accounting'), keys.indexOf('subjects') + 1), [
      'accounting',
      'spoken',
      'subjects',
    ]);
    assert.deepEqual(partOf(report, lent), { word: 'said' });
    assert.deepEqual(reportSchema([lent]).parse(report), report);
    assert.throws(() => reportSchema().parse(report), /spoken/);
    const blocks = reportBlocks(report, [lent], 'glance');
    const at = blocks.findIndex((block) => block.type === 'paragraph');
    assert.ok(at > 0 && at < blocks.length - 1, 'between rates and consistency');
    assert.equal(reportBlocks(report, [], 'glance').length, blocks.length - 1);
  });

  it('should say nothing where it has nothing to say', async () => {
    const report = await withLent(madeUpLedger(about, { state: 'stopped' }));
    assert.ok(!('spoken' in report));
    assert.ok(!reportBlocks(report, [lent], 'all').some(({ type }) => type === 'paragraph'));
  });
});
