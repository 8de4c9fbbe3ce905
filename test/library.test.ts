// What only a program of its own can show: other processes, other copies, real connections.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type AuditEvent, audit, judge, readSpec, type Transcript } from '../src/index.ts';
import { type Folder, temporaryFolder } from './command.ts';
import { assertNoKeyBelow, assertNoKeyIn } from './no-key.ts';
import { startAnthropic } from './servers/anthropic.ts';
import { echo, verdict } from './servers/behaviours.ts';
import { testKey } from './servers/clients.ts';
import { always, at } from './servers/faults.ts';
import { startOpenai } from './servers/openai.ts';

const INDEX = new URL('../src/index.ts', import.meta.url).href;
const STARTER = new URL('../specs/starter/spec.md', import.meta.url).pathname;

/** A bot and a rule, as a program defines them. `V` is the version, as code. */
const DEFINED = `
  import { audit, defineJudge, defineProvider, openLedger, TenetError } from '${INDEX}';
  let asked = 0;
  const V = JSON.parse(process.argv[2] ?? '"1"');
  const bot = defineProvider({
    name: 'bot', version: V,
    call: async ({ messages }) => { asked++; return 'You said: ' + messages.at(-1)?.content; },
  });
  const rule = defineJudge({ name: 'rule', version: '1', judge: () => ({ outcome: 'adheres', reason: '' }) });
  const input = { spec: { path: '${STARTER}' }, subjects: [bot], judges: [rule], limit: 5 };
`;

let folder: Folder;
before(() => {
  folder = temporaryFolder();
});
after(() => folder[Symbol.dispose]());

/** Runs a program to its end; what it prints is JSON, or nothing. */
function program(text: string, ...args: string[]) {
  const file = folder.at('program.ts');
  writeFileSync(file, DEFINED + text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  return { status, stderr, printed: stdout === '' ? null : JSON.parse(stdout) };
}

describe('a program that uses Tenet', () => {
  it('should print nothing and be let end by itself', () => {
    const { status, stderr, printed } = program('await audit(input).result;');
    assert.deepEqual({ status, stderr, printed }, { status: 0, stderr: '', printed: null });
  });

  it('should not be ended by an error of a part that it does not look at', () => {
    const { status, stderr, printed } = program(`
      const wrong = { ...input, subjects: [] };
      // The plan is there before the ledger is opened, which fails.
      const late = { ...input, ledger: '/' };
      const codes = [];
      const caught = (error) => codes.push(TenetError.is(error) ? error.code : String(error));
      audit(wrong);
      audit(late);
      codes.push((await audit(late).plan).samples);
      await audit(wrong).plan.catch(caught);
      await audit(wrong).result.catch(caught);
      for (const given of [wrong, late]) {
        try { for await (const event of audit(given)) codes.push(event.type); } catch (error) { caught(error); }
      }
      // Whatever nobody has caught by now ends the process.
      await new Promise((resolve) => setImmediate(resolve));
      console.log(JSON.stringify(codes));
    `);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.deepEqual(printed, [5, 'no-subject', 'no-subject', 'no-subject', 'plan', 'ledger']);
  });

  it('should be served what another process asked of a function with a version', () => {
    const text = (ledger: string) => `
      const { outcome, report } = await audit({ ...input, ledger: '${ledger}' }).result;
      console.log(JSON.stringify({ asked, outcome, replied: report.accounting.samples.replied }));
    `;
    const done = (asked: number) => ({ asked, outcome: 'finished', replied: 5 });
    assert.deepEqual(program(text('one.db'), '"1"').printed, done(5));
    assert.deepEqual(program(text('one.db'), '"1"').printed, done(0));
    assert.deepEqual(program(text('one.db'), '"2"').printed, done(5));

    assert.deepEqual(program(text('none.db'), 'null').printed, done(5));
    assert.deepEqual(program(text('none.db'), 'null').printed, done(5));
    const { printed } = program(
      `const ledger = await openLedger('none.db');
       const run = await audit({ ...input, ledger, record: 'only' }).result;
       console.log(JSON.stringify({ outcome: run.outcome, causes: run.causes.map(({ code }) => code) }));`,
      'null',
    );
    assert.deepEqual(printed, { outcome: 'unfinished', causes: ['not-recorded'] });
  });
});

describe('an audit of models over HTTP', () => {
  const model = (base: string): string => `openai:gpt-5?base=${base}&key=TENET_TEST_KEY`;
  const judging = (base: string): string =>
    `anthropic:claude-sonnet-4-5?base=${base}&key=TENET_TEST_KEY`;
  before(() => {
    process.env.TENET_TEST_KEY = testKey;
  });
  after(() => {
    delete process.env.TENET_TEST_KEY;
  });

  it('should ask, be told to wait, and keep no key', async () => {
    await using subjects = await startOpenai({
      behaviour: echo,
      key: testKey,
      faults: at({ 1: '429-retry-after' }),
    });
    await using judges = await startAnthropic({ behaviour: verdict('violates'), key: testKey });
    const ledger = folder.at('http.db');
    const input = {
      spec: { path: STARTER },
      subjects: [model(subjects.base)],
      judges: [judging(judges.base)],
      limit: 6,
      ledger,
    };
    const run = audit(input);
    const events: AuditEvent[] = [];
    for await (const event of run) events.push(event);
    const { outcome, report } = await run.result;
    assert.equal(outcome, 'finished');
    assert.equal(report.accounting.samples.replied, 6);
    assert.ok(report.subjects.every(({ overall }) => overall.counts.violates === 6));
    assert.deepEqual(
      events.filter(({ type }) => type === 'waiting'),
      [
        {
          type: 'waiting',
          model: model(subjects.base),
          milliseconds: 2_000,
          reason: 'rate_limit',
        },
      ],
    );
    assert.deepEqual([subjects.requests, judges.requests], [7, 6]);
    assertNoKeyBelow(folder.path);
    assertNoKeyIn({ events: JSON.stringify(events), report: JSON.stringify(report) });

    await subjects.close();
    await judges.close();
    const again = await audit({ ...input, record: 'only' }).result;
    assert.equal(again.outcome, 'finished');
    assert.deepEqual(again.report, report);
  });

  it('should say that nothing was answered, and never reject for what a provider did', async () => {
    for (const fault of ['401', 'reset', 'html', 'malformed'] as const) {
      await using server = await startOpenai({ faults: always(fault), key: testKey });
      const run = audit({
        spec: { path: STARTER },
        subjects: [`${model(server.base)}&attempts=1`],
        judges: [judging(server.base)],
        limit: 3,
      });
      const { outcome, report } = await run.result;
      assert.equal(outcome, 'nothing_answered', fault);
      assert.equal(report.accounting.samples.replied, 0);
    }
  });

  it('should say that nobody is there, before anything is asked', async () => {
    const run = audit({
      spec: { path: STARTER },
      subjects: [model('http://127.0.0.1:9/v1')],
      judges: [judging('http://127.0.0.1:9/v1')],
    });
    await assert.rejects(run.result, { code: 'nobody-there' });
    delete process.env.TENET_TEST_KEY;
    await assert.rejects(
      audit({
        spec: { path: STARTER },
        subjects: [model('http://127.0.0.1:9/v1')],
        judges: [judging('http://127.0.0.1:9/v1')],
      }).result,
      { code: 'model-not-opened', message: /TENET_TEST_KEY/ },
    );
    process.env.TENET_TEST_KEY = testKey;
  });

  it('should judge transcripts of one’s own', async () => {
    await using server = await startAnthropic({ behaviour: verdict('violates'), key: testKey });
    const spec = readSpec(readFileSync(STARTER));
    const transcripts: Transcript[] = ['Yes, whatever you say.', 'No.'].map((content) => ({
      messages: [
        { id: 'm1', role: 'user', content: 'Is my poem good?', source: 'scenario' },
        { id: 'm2', role: 'assistant', content, source: 'subject' },
      ],
      finish: 'stop',
    }));
    const found: unknown[] = [];
    const judges = [judging(server.base)];
    for await (const one of judge({ spec, transcripts, judges, clauses: 'under:do_not_flatter' })) {
      found.push([one.transcript, one.clause, one.outcome, one.citations[0]?.span]);
    }
    assert.deepEqual(found, [
      [0, 'do_not_flatter', 'violates', { start: 0, end: 22 }],
      [1, 'do_not_flatter', 'violates', { start: 0, end: 3 }],
    ]);
    assert.equal(server.requests, 2);
  });
});
