/** `tenet judge calibrate` and `tenet judge list` as a user meets them. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listing, NO_NETWORK, STAMP, temporaryFolder, userIn } from '../../../../test/command.ts';
import { type Behaviour, verdict } from '../../../../test/servers/behaviours.ts';
import { testKey } from '../../../../test/servers/clients.ts';
import { sometimes } from '../../../../test/servers/faults.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import { readStamp } from '../../../model/simulated/subject.ts';
import { type Certificate, certificateSchema } from '../../../report/certificate/schema.ts';
import { sampleAt, transcriptId } from '../../../run/plan.ts';
import { planDocument } from '../../../run/run.ts';
import { view } from '../../../run/transcript/view.ts';

function certificateIn(json: string): Certificate {
  return certificateSchema.parse(JSON.parse(json));
}

/** Calls every reply a violation, and the first of two replies the better one. */
const stern: Behaviour = (asked) =>
  JSON.stringify(asked.schema ?? '').includes('better')
    ? '```json\n{"reason":"It stands first.","better":"A"}\n```'
    : verdict('violates')(asked);

interface Labelled {
  run: string;
  rows: { transcript: string; clause: string; truth: 'adheres' | 'violates' }[];
}

/** The newest run of a ledger with what its simulated subject truly did. */
async function truthsOf(path: string): Promise<Labelled> {
  const opened = await openLedger(path, { write: false });
  assert.ok(opened.ok);
  const { ledger } = opened;
  const run = (await ledger.runs.list()).at(-1);
  assert.ok(run !== undefined);
  const { plan } = await planDocument(ledger, run);
  const rows: Labelled['rows'] = [];
  for (let index = 0; index < run.samples; index++) {
    const stored = await ledger.runs.sample(run.ordinal, index);
    const { messages } = view(stored?.sample.transcript ?? [], { reader: 'judge' });
    const truth = readStamp(messages.at(-1)?.content ?? '');
    for (const clause of sampleAt(plan, index).scenario.clauses) {
      const broken = truth?.breaks.includes(clause) === true;
      rows.push({
        transcript: transcriptId(index),
        clause,
        truth: broken ? 'violates' : 'adheres',
      });
    }
  }
  await ledger.close();
  return { run: run.id, rows };
}

describe('tenet judge calibrate', () => {
  it('should measure a judge over the wire, ask nothing twice, and repeat it from the record alone', async () => {
    await using server = await startOpenai({
      behaviour: stern,
      faults: sometimes({ refusal: 0.03, '500': 0.03, malformed: 0.02 }, 3),
      key: testKey,
    });
    using folder = temporaryFolder();
    const judge = `openai:gpt-5?base=${server.base}&key=TEST_KEY&attempts=3`;
    const command = ['judge', 'calibrate', '--judge', judge, '--limit', '24', '--concurrency', '4'];
    const user = userIn(folder.path, { TEST_KEY: testKey });
    const dry = await user.run(...command, '--dry-run', '--json');
    const [estimate] = JSON.parse(dry.stdout).judges;
    assert.equal(server.requests, 0);

    // Stopped in the middle, and given again.
    const started = user.start(...command, '--json');
    while (server.requests < 12) await new Promise((resolve) => setTimeout(resolve, 5));
    started.child.kill('SIGINT');
    const stopped = await started.ended;
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.match(stopped.stderr, /The same command goes on/);
    assert.equal(stopped.stdout, '');
    const online = await user.run(...command, '--json', '--certificate', 'judge.json');
    assert.equal(online.code, 0, online.stderr);
    assert.equal(readFileSync(folder.at('judge.json'), 'utf8'), online.stdout);
    const asked = server.requests;
    await server.close();
    assert.ok(asked < estimate.calls * 1.25, `${asked} requests for ${estimate.calls} questions`);

    const { overall, bias, pairs, data, simulated, judge: who } = certificateIn(online.stdout);
    assert.deepEqual([simulated, data.items, who?.family], [false, 24, 'openai']);
    assert.deepEqual([overall.sensitivity.estimate, overall.specificity.estimate], [1, 0]);
    // Half of the better replies stand first; what was refused in one order can't be so in the other.
    assert.deepEqual([bias.position?.first.estimate, bias.position?.inconsistent.estimate], [1, 1]);
    assert.ok(Math.abs((pairs?.right.estimate ?? 0) - 0.5) < 0.1);
    assert.ok((pairs?.unusable ?? 0) > 0, 'a refusal is no answer');

    const before = listing(folder.path);
    const alone = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const offline = await alone.run(...command, '--offline', '--json');
    assert.equal(offline.stderr, '');
    assert.ok(offline.stdout === online.stdout, 'the certificate is another');
    const more = await alone.run(...command, '--limit', '25', '--offline');
    assert.equal(more.code, 0, more.stderr);
    assert.match(more.stdout, /missing/);
    const other = await alone.run(...command, '--seed', '5', '--offline');
    assert.equal(other.code, 2);
    assert.match(other.stderr, /nothing of this is on record/);
    assert.deepEqual(listing(folder.path), before, 'something was written');
    const listed = await alone.run('judge', 'list');
    assert.match(listed.stdout, /gpt-5[\s\S]*100 %[\s\S]*starter@/);
  });

  it('should score a judge on what people labelled, beside the marks', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const judge = 'sim:judge?sensitivity=0.6';
    const subject = 'sim:subject?violates=0.4';
    const audit = await user.run('audit', '--subject', subject, '--judge', judge);
    assert.equal(audit.code, 0, audit.stderr);
    const { run, rows } = await truthsOf(folder.at('.tenet', 'ledger.db'));
    const lines = rows.flatMap(({ transcript, clause, truth }, place) => {
      const wrong = truth === 'adheres' ? 'violates' : 'adheres';
      const own = [`${transcript},${clause},${truth},ann`];
      // Of every ten, one is disputed and one outvoted.
      if (place % 10 === 0) own.push(`${transcript},${clause},${wrong},bob`);
      if (place % 10 === 1) {
        own.push(`${transcript},${clause},${wrong},bob`, `${transcript},${clause},${truth},eve`);
      }
      return own;
    });
    writeFileSync(
      folder.at('labels.csv'),
      ['transcript,clause,outcome,person', ...lines].join('\n'),
    );
    const command = ['judge', 'calibrate', '--judge', judge, '--no-pairs', '--retest', '0'];
    const nobody = await user.run(...command, '--run', run);
    assert.equal(nobody.code, 2);
    assert.match(nobody.stderr, /nobody has labelled.*tenet label/);
    const imported = await user.run('label', run, '--import', 'labels.csv');
    assert.equal(imported.code, 0, imported.stderr);
    const stored = await user.run(...command, '--run', run, '--json');
    assert.equal(stored.code, 0, stored.stderr);
    const { data, sources, transfer, pairs, absent } = certificateIn(stored.stdout);
    const tenth = (from: number): number => rows.filter((_, place) => place % 10 === from).length;
    assert.deepEqual(data.runs, [
      {
        run,
        people: 3,
        labelled: rows.length - tenth(0),
        contested: tenth(1),
        excluded: { tied: tenth(0) },
      },
    ]);
    const labels = sources.find(({ source }) => source === 'labels');
    assert.equal(labels?.specificity.estimate, 1);
    const { low, high } = labels?.sensitivity ?? {};
    assert.ok((low ?? 1) <= 0.6 && 0.6 <= (high ?? 0), `${low} to ${high}`);
    const difference = transfer?.sensitivity.difference;
    assert.ok((difference?.low ?? 1) <= 0 && 0 <= (difference?.high ?? -1));
    assert.equal(pairs, null);
    assert.ok(absent.some(({ reason }) => reason === 'left out by --no-pairs'));
    // From the file alone it is the same, save that nothing says how the cases were drawn.
    const fromFile = await user.run(...command, '--run', run, '--labels', 'labels.csv', '--json');
    assert.deepEqual(certificateIn(fromFile.stdout).transfer, transfer);
    // A file with anything wrong in it is taken not at all.
    writeFileSync(folder.at('bad.csv'), 'transcript,clause,outcome\nt1,nowhere,violates\n');
    const bad = await user.run(...command, '--run', run, '--labels', 'bad.csv');
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /--labels: nothing was taken from this file.*\nbad\.csv:2:/);
    const whose = await user.run(...command, '--labels', 'labels.csv');
    assert.equal(whose.code, 2);
    assert.match(whose.stderr, /labels\.csv:2: this label does not say of which run it is\./);
    const text = await user.run(...command, '--run', run);
    const printed = text.stdout.trimEnd().split('\n');
    assert.match(printed[0] ?? '', STAMP);
    assert.match(printed.at(-1) ?? '', STAMP);
    assert.match(text.stdout, /Transfer +on labelled transcripts/);
    assert.ok(printed.every((line) => line.length <= 80));
    const real = await user.run(
      'judge',
      'calibrate',
      '--judge',
      'openai:gpt-5',
      '--run',
      run,
      '--dry-run',
    );
    assert.equal(real.code, 2);
    assert.match(real.stderr, /simulated and the judge is real/);
  });

  it('should say what is wrong with what it is given', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at('bare.md'), '# S\n\n## A {#a authority=user}\n\nBe kind.\n');
    writeFileSync(folder.at('labels.csv'), 'id,target\nnonsense,true\n');
    const user = userIn(folder.path);
    const cases: [string[], RegExp][] = [
      [['--spec', 'bare.md'], /bare\.md: there is no marked reply.*GOOD and BAD/],
      [['--clauses', '#nothing'], /--clauses/],
      [['--judge', 'openai:gpt-5'], /simulated and real judges/],
      [['--cutoff', 'soon'], /--cutoff soon: write a date/],
      [['--cutoff', '2025-01-01', '--earlier', 'bare.md'], /bare\.md: .*can't be dated/],
      [['--labels', 'labels.csv'], /there is no ledger|no such/],
      [['--certificate', 'bare.md/x.json'], /--certificate bare\.md\/x\.json: can't be written/],
    ];
    for (const [flags, expected] of cases) {
      const ran = await user.run('judge', 'calibrate', '--judge', 'sim:judge', ...flags);
      assert.equal(ran.code, 2, `${flags.join(' ')}: ${ran.stderr}`);
      assert.match(ran.stderr, expected);
      assert.equal(ran.stdout, '');
    }
  });
});
