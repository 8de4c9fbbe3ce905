import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { reportSchema } from '../../test/report-document.ts';
import { TenetError } from '../app/errors.ts';
import { defineProvider } from '../model/custom.ts';
import type { Answer, ModelRequest } from '../model/types.ts';
import { defineJudge } from '../run/judging/function-judge.ts';
import { planOutline } from '../run/run.ts';
import { readSpec } from '../spec/index.ts';
import { type AuditEvent, type AuditInput, type AuditRun, audit } from './audit.ts';
import { openLedger } from './ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenet-library-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);

const spec = readSpec(
  '# Be brief {#be_brief authority=user}\n\nSay little.\n\n# Be kind {#be_kind authority=user}\n\nBe kind.\n',
  { path: 'house.md' },
);

const PROMPTS = 12;
writeFileSync(
  file('suite.csv'),
  `prompt,clause\n${Array.from({ length: PROMPTS }, (_, at) => `Question ${at}?,${at % 2 === 0 ? 'be_brief' : 'be_kind'}\n`).join('')}`,
);

interface Bot {
  provider: ReturnType<typeof defineProvider>;
  /** What it was asked. */
  asked: string[];
}

function bot(
  call: (question: string, context: { signal: AbortSignal }) => Promise<Answer | string>,
  version: string | null = '1',
): Bot {
  const asked: string[] = [];
  const provider = defineProvider({
    name: 'bot',
    version,
    call: ({ messages }: ModelRequest, context) => {
      const question = messages.at(-1)?.content ?? '';
      asked.push(question);
      return call(question, context);
    },
  });
  return { provider, asked };
}

const parrot = (version: string | null = '1'): Bot =>
  bot(async (question) => `You said: ${question}`, version);

const rule = defineJudge({
  name: 'rule',
  version: '1',
  judge: ({ transcript }) => {
    const words = transcript.messages.at(-1)?.content ?? '';
    const violates = words.includes('3');
    return { outcome: violates ? 'violates' : 'adheres', reason: words };
  },
});

function start(more: Partial<AuditInput> = {}): AuditRun {
  const subjects = more.subjects ?? [parrot().provider];
  return audit({ spec, suite: { path: file('suite.csv') }, judges: [rule], ...more, subjects });
}

function throwingAt(object: object, key: string): object {
  const get = (): never => {
    throw new Error('not today');
  };
  return Object.defineProperty(object, key, { enumerable: true, get });
}

async function eventsOf(run: AuditRun): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

function hangingAfter(answers: number): Bot {
  let begun = 0;
  return bot((question) => (begun++ < answers ? Promise.resolve(question) : new Promise(() => {})));
}

describe('audit', () => {
  it('should tell what happens in order: the plan, each sample with its verdicts, what was spent', async () => {
    const run = start({ schedule: { type: 'fixed', repeats: 2 } });
    const [events, again] = await Promise.all([eventsOf(run), eventsOf(run)]);
    assert.deepEqual(again, events, 'two readers are told the same');
    const [plan, ...rest] = events;
    assert.ok(plan?.type === 'plan');
    assert.deepEqual(plan.plan, await run.plan);
    assert.partialDeepStrictEqual(plan.plan, {
      simulated: false,
      scenarios: PROMPTS,
      samples: 2 * PROMPTS,
      subjects: ['custom:bot@1'],
      judges: ['function:rule@1'],
      estimate: { calls: { subjects: 2 * PROMPTS, judges: 0 }, cost: null },
    });
    assert.deepEqual(
      rest.map(({ type }) => type),
      Array.from({ length: 2 * PROMPTS }, () => ['sample', 'verdict', 'spent']).flat(),
    );
    const samples = events.filter((event) => event.type === 'sample');
    const transcripts = samples.map(({ transcript }) => transcript);
    assert.deepEqual(
      new Set(transcripts),
      new Set(Array.from({ length: 2 * PROMPTS }, (_, at) => `t${at + 1}`)),
    );
    assert.ok(
      samples.every(({ outcome, subject }) => outcome === 'replied' && subject === 'custom:bot@1'),
    );
    const violated = events.filter(
      (event) => event.type === 'verdict' && event.outcome === 'violates',
    );
    assert.deepEqual(
      violated.map((event) => event.type === 'verdict' && [event.clause, event.severity]),
      [
        ['be_kind', 'major'],
        ['be_kind', 'major'],
      ],
    );
    assert.deepEqual(
      events.findLast(({ type }) => type === 'spent'),
      {
        type: 'spent',
        calls: 2 * PROMPTS,
        usd: 0,
        unpriced: 2 * PROMPTS,
      },
    );
  });

  it('should come to a report and an outcome', async () => {
    const { run, outcome, causes, report } = await start().result;
    assert.equal(outcome, 'finished');
    assert.deepEqual(causes, []);
    assert.equal(reportSchema.parse(report).run.id, run);
    assert.deepEqual(report.accounting.samples.replied, PROMPTS);
    assert.equal(report.subjects[0]?.overall.rate.estimate, 11 / 12);
  });

  it('should tell the plan before the first call', async () => {
    const own = parrot();
    const run = start({ subjects: [own.provider] });
    await run.plan;
    assert.equal(own.asked.length, 0);
    await run.result;
    assert.equal(own.asked.length, PROMPTS);
  });

  it('should go on, whether somebody reads or not, and let a reader go', async () => {
    const run = start();
    for await (const event of run) if (event.type === 'sample') break;
    assert.equal((await run.result).outcome, 'finished');
    assert.deepEqual(await eventsOf(run), [], 'nothing is kept for who comes later');
  });

  it('should be stopped in the middle, keep what is finished, and go on from there', async () => {
    const ledger = file('stopped.db');
    const controller = new AbortController();
    const own = hangingAfter(5);
    const run = start({ subjects: [own.provider], ledger, signal: controller.signal });
    let samples = 0;
    const events: AuditEvent[] = [];
    for await (const event of run) {
      events.push(event);
      if (event.type === 'sample' && ++samples === 5) controller.abort();
    }
    const { outcome, causes, report } = await run.result;
    assert.equal(outcome, 'unfinished');
    assert.partialDeepStrictEqual(causes, [{ code: 'interrupted', count: 1 }]);
    assert.deepEqual(events.at(-1), { type: 'stopped', cause: causes[0] });
    assert.equal(report.run.state, 'stopped');
    assert.partialDeepStrictEqual(report.accounting.samples, { replied: 5, not_run: PROMPTS - 5 });

    const next = parrot();
    const rest = await start({ subjects: [next.provider], ledger }).result;
    assert.equal(rest.outcome, 'finished');
    assert.equal(next.asked.length, PROMPTS - 5);
  });

  it('should ask nobody where it was stopped before it began', async () => {
    const own = parrot();
    const run = start({ subjects: [own.provider], signal: AbortSignal.abort() });
    const { outcome, causes } = await run.result;
    assert.deepEqual(
      [outcome, causes[0]?.code, own.asked.length],
      ['unfinished', 'interrupted', 0],
    );
  });

  it('should stop with a judge that never answers', async () => {
    const controller = new AbortController();
    const never = defineJudge({
      name: 'never',
      version: '1',
      judge: () => {
        controller.abort();
        return new Promise(() => {});
      },
    });
    const { outcome } = await start({ judges: [never], signal: controller.signal }).result;
    assert.equal(outcome, 'unfinished');
  });

  it('should count what a provider throws, refuses or gets wrong, and never reject for it', async () => {
    const usage = { input: null, output: null };
    const moody = bot(async (question) => {
      const number = Number(/\d+/.exec(question));
      if (number % 4 === 1) throw new Error(`no ${number}`);
      if (number % 4 === 2) return { type: 'refused', reason: 'no', usage, raw: '' };
      if (number % 4 === 3) return {} as Answer;
      return 'yes';
    });
    const { outcome, report } = await start({ subjects: [moody.provider] }).result;
    assert.equal(outcome, 'finished');
    assert.partialDeepStrictEqual(report.accounting.samples, { replied: 3, refused: 3, failed: 6 });
  });

  it('should say that nothing was answered', async () => {
    const broken = bot(async () => {
      throw new Error('down');
    });
    const repeats = 10;
    const schedule = { type: 'fixed', repeats } as const;
    const failed = await start({ subjects: [broken.provider], schedule }).result;
    assert.equal(failed.outcome, 'nothing_answered');
    assert.ok(broken.asked.length < repeats * PROMPTS, 'it was asked to the end');
    assert.partialDeepStrictEqual(failed.causes, [{ code: 'breaker', count: 1 }]);
    assert.match(failed.causes[0]?.example ?? '', /custom:bot@1 is asked no more: .*down/);

    const usage = { input: null, output: null };
    const shy = bot(async () => ({ type: 'refused', reason: 'no', usage, raw: '' }));
    const refused = await start({ subjects: [shy.provider] }).result;
    assert.deepEqual([refused.outcome, refused.causes], ['nothing_answered', []]);
    assert.equal(refused.report.accounting.samples.refused, PROMPTS);
  });

  it('should count a judge that throws, and those that say nothing usable', async () => {
    let judged = 0;
    const moody = defineJudge({
      name: 'moody',
      version: '1',
      judge: async () => {
        judged++;
        if (judged % 3 === 0) throw new Error('no');
        if (judged % 3 === 1) return { outcome: 'maybe', reason: '' } as never;
        return { outcome: 'adheres', reason: '' };
      },
    });
    const { outcome, report } = await start({ judges: [moody] }).result;
    assert.equal(outcome, 'finished');
    assert.partialDeepStrictEqual(report.accounting.cannotJudge, { failed: 4, malformed: 4 });
  });

  it('should take answers that are on record, ask anew, or make no call', async () => {
    const ledger = file('record.db');
    const own = parrot();
    const run = (record: AuditInput['record']) =>
      start({ subjects: [own.provider], ledger, record }).result;
    const counted: number[] = [];
    for (const record of ['use', 'use', 'only', 'fresh', 'only', 'fresh'] as const) {
      const before = own.asked.length;
      const { outcome, report } = await run(record);
      assert.equal(outcome, 'finished', record);
      assert.equal(report.accounting.samples.replied, PROMPTS);
      counted.push(own.asked.length - before);
    }
    assert.deepEqual(counted, [PROMPTS, 0, 0, PROMPTS, 0, PROMPTS]);
  });

  it('should tell of a repeat from the record as of any other audit', async () => {
    const ledger = file('told.db');
    const own = parrot();
    const first = await eventsOf(start({ subjects: [own.provider], ledger }));
    const again = await eventsOf(start({ subjects: [own.provider], ledger, record: 'only' }));
    const kinds = (events: AuditEvent[]) => Map.groupBy(events, ({ type }) => type);
    for (const type of ['plan', 'sample', 'verdict'] as const) {
      const byText = (events: AuditEvent[] = []) => events.map((one) => JSON.stringify(one)).sort();
      assert.deepEqual(byText(kinds(again).get(type)), byText(kinds(first).get(type)), type);
    }
  });

  it('should leave what is not on record as not run', async () => {
    const ledger = file('part.db');
    const own = parrot();
    await start({ subjects: [own.provider], ledger, limit: 4 }).result;
    const { outcome, causes, report } = await start({
      subjects: [own.provider],
      ledger,
      record: 'only',
    }).result;
    assert.equal(own.asked.length, 4);
    assert.deepEqual([outcome, causes[0]?.code], ['unfinished', 'not-recorded']);
    assert.partialDeepStrictEqual(report.accounting.samples, { replied: 4, not_run: PROMPTS - 4 });
    const nothing = await start({ ledger: 'memory', record: 'only' }).result;
    assert.equal(nothing.outcome, 'unfinished');
  });

  it('should serve a function without a version to this process', async () => {
    const own = parrot(null);
    await using ledger = await openLedger('memory', { write: true });
    for (const record of ['use', 'use', 'only'] as const) {
      const { outcome } = await start({ subjects: [own.provider], ledger, record }).result;
      assert.equal(outcome, 'finished', record);
    }
    assert.equal(own.asked.length, PROMPTS);
  });

  it('should keep all in a ledger that is given, and leave it open', async () => {
    const ledger = await openLedger(file('given.db'), { write: true });
    const first = await start({ ledger }).result;
    const second = await start({ ledger }).result;
    assert.deepEqual(
      (await ledger.runs.list()).map(({ id, state }) => [id, state]),
      [
        [first.run, 'finished'],
        [second.run, 'finished'],
      ],
    );
    await ledger[Symbol.asyncDispose]();
    const read = await openLedger(file('given.db'));
    assert.equal((await read.runs.list()).length, 2);
    await read.close();
  });

  it('should call it wrong input where a getter throws', async () => {
    const input = (): AuditInput => ({ spec, subjects: ['sim:subject'], judges: ['sim:judge'] });
    const inputs: [object, RegExp][] = [
      [throwingAt(input(), 'limit'), /^limit: can't be read: not today/],
      [throwingAt(input(), 'subjects'), /^subjects: can't be read: not today/],
      [
        { ...input(), subjects: [throwingAt({ model: 'sim:subject' }, 'system')] },
        /^input: can't be read: not today/,
      ],
      [{ ...input(), spec: throwingAt({}, 'path') }, /^input: can't be read: not today/],
    ];
    for (const [given, message] of inputs) {
      await assert.rejects(audit(given as AuditInput).result, { code: 'wrong-input', message });
    }
  });

  it('should call the run what it is told to, whatever else has its plan', async () => {
    await using ledger = await openLedger('memory', { write: true });
    const first = await start({ ledger, name: 'nightly', tags: ['eu'] }).result;
    const second = await start({ ledger }).result;
    const listed = await ledger.runs.list();
    const called = listed.map(async (run) => {
      const { name, tags } = await planOutline(ledger, run);
      return [run.id, name, tags];
    });
    assert.deepEqual(await Promise.all(called), [
      [first.run, 'nightly', ['eu']],
      [second.run, undefined, undefined],
    ]);
    assert.equal(listed[0]?.planHash, listed[1]?.planHash);
  });

  it('should let a panel of functions judge, each the clauses that are its own', async () => {
    const judges = (['be_brief', 'be_kind'] as const).map((clause) =>
      defineJudge({
        name: clause,
        version: '1',
        clauses: [clause],
        judge: ({ clause: asked }) => ({ outcome: 'violates', reason: asked.id }),
      }),
    );
    const run = start({ judges: [...judges, rule] });
    const events = await eventsOf(run);
    const verdicts = events.filter((event) => event.type === 'verdict');
    assert.equal(verdicts.length, 2 * PROMPTS);
    assert.ok(
      verdicts.every(
        ({ judge, clause }) => judge === 'function:rule@1' || judge === `function:${clause}@1`,
      ),
    );
    assert.equal((await run.result).outcome, 'finished');
  });

  it('should put the system prompt and the parameters of a subject to it', async () => {
    const seen: ModelRequest[] = [];
    const provider = defineProvider({
      name: 'seen',
      version: '1',
      call: async (request) => {
        seen.push(request);
        return 'yes';
      },
    });
    const run = start({
      subjects: [
        { model: provider, system: 'Be brief.', parameters: { temperature: 0.5 } },
        { model: provider },
      ],
      limit: 1,
    });
    const { subjects } = await run.plan;
    assert.deepEqual(subjects, ['custom:seen@1', 'custom:seen@1~2']);
    await run.result;
    const [system, ...rest] = seen.find(({ messages }) => messages.length === 2)?.messages ?? [];
    assert.deepEqual([system?.content, rest.length], ['Be brief.', 1]);
    assert.deepEqual(seen.map(({ parameters }) => parameters.temperature).toSorted(), [
      0.5,
      undefined,
    ]);
  });

  it('should choose scenarios until intervals are narrow enough', async () => {
    const run = start({ schedule: { type: 'sequential', precision: 0.2 } });
    const { outcome, report } = await run.result;
    assert.equal(outcome, 'finished');
    assert.ok(report.accounting.samples.replied > PROMPTS);
  });

  it('should keep to a budget where prices are known', async () => {
    const own = bot(async () => ({
      type: 'reply',
      text: 'yes',
      finish: 'stop',
      usage: { input: 0, output: 4_000 },
      raw: '',
    }));
    const prices = { 'custom:bot@1': { input: 0, output: 100 } };
    const schedule = { type: 'fixed', repeats: 2 } as const;
    const run = start({ subjects: [own.provider], budget: 5, prices, schedule });
    const { outcome, causes } = await run.result;
    assert.deepEqual([outcome, causes[0]?.code], ['unfinished', 'budget']);
    // 40 cents each.
    assert.equal(own.asked.length, 12);
  });

  it('should run simulated models too, and say so', async () => {
    const run = audit({
      spec: { path: 'specs/starter/spec.md' },
      subjects: ['sim:subject'],
      judges: ['sim:judge'],
      limit: 6,
    });
    assert.equal((await run.plan).simulated, true);
    const { outcome, report } = await run.result;
    assert.deepEqual([outcome, report.run.simulated], ['finished', true]);
  });

  it('should reject with a TenetError for an input that can’t be carried out', async () => {
    const suite = { path: file('suite.csv') };
    const wrong: [Partial<Record<keyof AuditInput, unknown>>, string, RegExp][] = [
      [{ spec: undefined }, 'wrong-input', /^spec: must be what readSpec gives/],
      [{ spec: { text: 'No heading.' } }, 'no-clause', /no clause/],
      [{ spec: { path: file('absent.md') } }, 'no-such-file', /absent\.md: there is no such file/],
      [{ suite: { path: file('absent.csv') } }, 'no-such-file', /absent\.csv/],
      [{ suite: undefined }, 'nothing-to-draw', /no example/],
      [{ name: 3 }, 'wrong-input', /^name: must be a text/],
      [{ tags: 'eu' }, 'wrong-input', /^tags: must be a list/],
      [{ clauses: 'level:' }, 'wrong-query', /level:/],
      [{ clauses: 'level:root' }, 'no-clause-fits', /level:root/],
      [{ subjects: [] }, 'no-subject', /name the model to audit/],
      [{ subjects: ['gpt-5'] }, 'wrong-model-name', /"gpt-5" names no provider/],
      [{ subjects: ['sim:judge'] }, 'wrong-part', /sim:judge is no subject/],
      [{ subjects: [{}] }, 'wrong-input', /^subjects\.0: /],
      [{ subjects: [parrot().provider, 'sim:subject'] }, 'mixed-subjects', /simulated and real/],
      [{ judges: [] }, 'no-judge', /name the model that judges/],
      [{ judges: [rule, rule] }, 'judge-twice', /given twice/],
      [{ judges: [rule, defineJudge({ ...rule })] }, 'defined-twice', /^rule is defined twice/],
      [
        { judges: [defineJudge({ ...rule, clauses: ['be_breif'] })] },
        'judge-of-nothing',
        /#be_breif.*#be_brief/,
      ],
      [{ judges: [defineJudge({ ...rule, clauses: ['be_kind'] })] }, 'nobody-judges', /#be_brief/],
      [{ schedule: { type: 'fixed', repeats: 0 } }, 'wrong-input', /^schedule\.repeats: /],
      [{ schedule: { type: 'sequential', precision: 3 } }, 'wrong-input', /^schedule\.precision: /],
      [{ schedule: { type: 'other' } }, 'wrong-input', /^schedule.*: /],
      [{ limit: 1.5 }, 'wrong-input', /^limit: /],
      [{ ['budgett' as 'budget']: 0 }, 'wrong-input', /^budgett: is no such field/],
      [{ subjects: [{ model: 'sim:subject', sytem: '' }] }, 'wrong-input', /^subjects\.0\.sytem: /],
      [
        { subjects: [{ model: 'sim:subject', system: 3 }] },
        'wrong-input',
        /^subjects\.0\.system: /,
      ],
      [{ record: 'never' }, 'wrong-input', /^record: /],
      [{ budget: 1 }, 'price-unknown', /^budget: .*custom:bot@1.*leave budget out/],
      [
        { prices: { 'custom:bot@1': { input: 1 } } },
        'wrong-input',
        /^prices\.custom:bot@1\.output/,
      ],
      [{ ledger: file('absent.db'), record: 'only' }, 'ledger', /there is no ledger here/],
      [{ ledger: folder }, 'ledger', /is a folder/],
    ];
    for (const [more, code, message] of wrong) {
      const own = parrot();
      const run = audit({
        spec,
        suite,
        subjects: [own.provider],
        judges: [rule],
        ...more,
      } as AuditInput);
      const error = await run.result.then(
        () => assert.fail(`${JSON.stringify(more)} was carried out`),
        (reason: unknown) => reason,
      );
      assert.ok(TenetError.is(error), `${code}: ${error}`);
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /tenet\.config\.ts/);
      assert.equal(own.asked.length, 0);
    }
  });
});
