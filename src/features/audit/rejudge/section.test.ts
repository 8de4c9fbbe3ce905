import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { VerdictOutcome } from '../../../ledger/records.ts';
import { type MadeUp, madeUpRun } from '../../../report/findings/made-up.fixture.ts';
import { madeUpLedger } from '../../../report/made-up.fixture.ts';
import { buildReport, partOf, reportBlocks, reportSchema } from '../../../report/report.ts';
import { openRunView, type RunViewInput } from '../../../report/run-view.ts';
import type { Report } from '../../../report/schema.ts';
import { createRun } from '../../../run/run.ts';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import type { ReportAgain } from './schema.ts';
import { section } from './section.ts';

const about: MadeUp = {
  clauses: [{ id: 'be_honest' }],
  scenarios: [40],
  subjects: [{ name: 'a:b' }],
};

/** A run whose verdicts are these, in the plan's order, judged again with others. */
async function rejudged(before: VerdictOutcome[], after: VerdictOutcome[]): Promise<RunViewInput> {
  const first = await madeUpLedger({ ...about, decide: ({ index }) => decided(before[index]) });
  return { ledger: first.ledger, ...(await judgedAgain(first, after)) };
}

function decided(outcome: VerdictOutcome | undefined) {
  return outcome === undefined ? null : { outcome };
}

async function judgedAgain(
  { ledger, run, plan }: Awaited<ReturnType<typeof madeUpLedger>>,
  after: VerdictOutcome[],
): Promise<Pick<RunViewInput, 'run' | 'plan'>> {
  const { asked, sample } = madeUpRun({ ...about, decide: ({ index }) => decided(after[index]) });
  const [judge] = plan.judges;
  assert.ok(judge !== undefined);
  const anew = {
    ...plan,
    hash: 'cd'.repeat(32),
    judges: [{ ...judge, name: 'mistral:other', label: 'mistral:other' }],
    transcriptsOf: { run: run.id, plan: run.planHash },
  };
  const made = await createRun(ledger, { plan: anew, spec: '' }, 5);
  await using writer = await ledger.writer(made, 'a test');
  for (const index of asked) {
    const { sample: record, verdicts } = sample(index);
    await writer.addSample(record, verdicts);
  }
  await writer.addEvent({ time: 6, kind: 'finished', detail: null });
  return { run: await runOf(ledger, made.id), plan: anew };
}

async function runOf(ledger: Ledger, id: string): Promise<RunViewInput['run']> {
  const found = await ledger.runs.find(id);
  assert.ok('run' in found);
  return found.run;
}

async function reportOf(
  input: RunViewInput,
): Promise<{ report: Report; again: ReportAgain | undefined }> {
  const report = await buildReport(await openRunView(input), [section]);
  assert.deepEqual(reportSchema([section]).parse(report), report);
  return { report, again: partOf(report, section) };
}

function fill(count: number, outcome: VerdictOutcome): VerdictOutcome[] {
  return new Array<VerdictOutcome>(count).fill(outcome);
}

describe('the section on a run whose transcripts were judged again', () => {
  it('should count what became what, the most frequent first, and agree with kappa by hand', async () => {
    // Both adhere 20, violates → adheres 6, adheres → violates 4, both violate 9, one can no longer be judged.
    const before = [
      ...fill(20, 'adheres'),
      ...fill(6, 'violates'),
      ...fill(4, 'adheres'),
      ...fill(10, 'violates'),
    ];
    const after = [...fill(26, 'adheres'), ...fill(13, 'violates'), ...fill(1, 'cannot_judge')];
    const { again } = await reportOf(await rejudged(before, after));
    assert.ok(again !== undefined);
    const { run, agreement, changes, ...counted } = again;
    assert.notEqual(run, '');
    assert.deepEqual(counted, {
      judges: ['anthropic:judge'],
      cases: 40,
      changed: 11,
      transitions: [
        { from: 'violates', to: 'adheres', count: 6 },
        { from: 'adheres', to: 'violates', count: 4 },
        { from: 'violates', to: 'cannot_judge', count: 1 },
      ],
    });
    assert.equal(changes.length, 11);
    assert.deepEqual(changes[0], {
      transcript: 't21',
      clause: 'be_honest',
      from: 'violates',
      to: 'adheres',
    });
    // Of 39 that both decided: observed 29/39, by chance (24·26 + 15·13)/39².
    const chance = (24 * 26 + 15 * 13) / 39 ** 2;
    assert.equal(agreement.items, 39);
    const kappa = (29 / 39 - chance) / (1 - chance);
    assert.ok(Math.abs((agreement.estimate ?? 0) - kappa) < 1e-12);
  });

  it('should say so at a glance, and in full in a document', async () => {
    const { report } = await reportOf(await rejudged(fill(20, 'adheres'), fill(20, 'violates')));
    const glance = toTerminal(reportBlocks(report, [section], 'glance'), { width: 80 });
    assert.match(glance, /^Judged again: the transcripts of run \w+$/m);
    assert.match(
      glance.replaceAll(/\s+/g, ' '),
      /It was judged by anthropic:judge\. Of 20 verdicts in both runs 20 are another now: 20 adheres → violates\./,
    );
    assert.match(glance, /^ {2}t1 {4}#be_honest: adheres → violates$/m);
    assert.match(glance, /^ {2}and 10 more$/m);
    assert.doesNotMatch(glance, /t11 /);
    const markdown = toMarkdown(reportBlocks(report, [section], 'all'));
    assert.match(markdown, /`t20` +`#be_honest`: adheres → violates/);
    assert.doesNotMatch(markdown, /more$/m);
  });

  it('should say that nothing changed, and why there is no agreement to tell', async () => {
    const { report, again } = await reportOf(
      await rejudged(fill(8, 'adheres'), fill(8, 'adheres')),
    );
    assert.deepEqual([again?.changed, again?.transitions, again?.changes], [0, [], []]);
    const text = toTerminal(reportBlocks(report, [section], 'glance'), { width: 80 });
    assert.match(text.replaceAll(/\s+/g, ' '), /Of 8 verdicts in both runs none is another now\./);
    assert.equal(again?.agreement.estimate, null);
    assert.notEqual(again?.agreement.missing, undefined);
  });

  it('should compare only what both runs have', async () => {
    const { again } = await reportOf(await rejudged(fill(12, 'adheres'), fill(30, 'adheres')));
    assert.equal(again?.cases, 12);
  });

  it('should be left out where nothing was judged again, and where that run is in another ledger', async () => {
    const run = await madeUpLedger(about);
    assert.equal((await reportOf(run)).again, undefined);
    const elsewhere = { ...run.plan, transcriptsOf: { run: 'ffffffffff', plan: run.plan.hash } };
    assert.equal((await reportOf({ ...run, plan: elsewhere })).again, undefined);
    const changed = { run: run.run.id, plan: 'ef'.repeat(32) };
    assert.equal(
      (await reportOf({ ...run, plan: { ...run.plan, transcriptsOf: changed } })).again,
      undefined,
    );
  });
});
