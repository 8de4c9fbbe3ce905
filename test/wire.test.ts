import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { openLedger } from '../src/ledger/ledger.ts';
import { collect } from '../src/ledger/pages.ts';
import type { SampleRow, VerdictRow } from '../src/ledger/rows.ts';
import { type Folder, type Ran, temporaryFolder, userIn } from './command.ts';
import { assertNoKeyBelow, assertNoKeyIn } from './no-key.ts';
import { type Report, reportSchema } from './report-document.ts';
import { startAnthropic } from './servers/anthropic.ts';
import { type Asked, type Behaviour, echo, verdict } from './servers/behaviours.ts';
import { testKey } from './servers/clients.ts';
import { always, type FaultName } from './servers/faults.ts';
import { startGoogle } from './servers/google.ts';
import { startOpenai } from './servers/openai.ts';
import type { ServerOptions, TestServer } from './servers/server.ts';

interface WireProtocol {
  model: string;
  options?: string;
  start(options: ServerOptions): Promise<TestServer>;
  /** Where a fault comes to something else than with the others; null where it can't be played. */
  differs?: Partial<Record<FaultName, End | null>>;
}

/** What a fault comes to. `recovered`: asked again, and then answered. */
type End = 'recovered' | 'replied' | 'refused' | 'filtered' | 'failed';

const protocols: WireProtocol[] = [
  { model: 'openai:gpt-5', start: startOpenai },
  { model: 'openai:gpt-5', options: 'api=responses', start: startOpenai },
  {
    model: 'anthropic:claude-sonnet-4-5',
    start: startAnthropic,
    differs: { 'empty-choices': 'replied', filter: 'refused' },
  },
  {
    model: 'google:gemini-2.5-pro',
    start: startGoogle,
    // Without the header, Google's error still asks for half a minute, and would get it.
    differs: { refusal: 'filtered', '429': null },
  },
  {
    model: 'compatible:qwen3',
    start: (options) => startOpenai({ ...options, dialect: 'lenient' }),
  },
];

const ends: Partial<Record<FaultName, End>> = {
  '404': 'failed',
  html: 'failed',
  redirect: 'failed',
  'echo-headers': 'failed',
  filter: 'filtered',
  'filter-prompt': 'filtered',
  refusal: 'refused',
  huge: 'replied',
  '429': 'recovered',
  '429-retry-after': 'recovered',
  '500': 'recovered',
  cut: 'recovered',
  reset: 'recovered',
  malformed: 'recovered',
  'empty-choices': 'recovered',
};

const CLAUSES = ['tell_the_truth', 'do_not_flatter'];

/** Rows that test the same clauses, each with a prompt of its own. */
function writeSuite(folder: Folder, rows: number, clauses: string[]): string {
  const lines = Array.from({ length: rows }, (_, index) =>
    JSON.stringify({ id: `row${index}`, clauses, prompt: `Question ${index}, please.` }),
  );
  writeFileSync(folder.at('suite.jsonl'), `${lines.join('\n')}\n`);
  return 'suite.jsonl';
}

function nameOf({ model, options }: WireProtocol, server: TestServer, rest = ''): string {
  return `${model}?${['key=TEST_KEY', `base=${server.base}`, options, rest].filter(Boolean).join('&')}`;
}

/** The faults that a protocol can play, with what they come to. */
function faultsOf({ differs }: WireProtocol): [FaultName, End][] {
  return (Object.entries(ends) as [FaultName, End][]).flatMap(([name, usual]) => {
    const end = differs?.[name] === undefined ? usual : differs[name];
    return end === null ? [] : [[name, end] as [FaultName, End]];
  });
}

/** Plays the faults for the rows from `first` on, one each: those that pass once only, the others every time. */
function faultByRow(
  faults: [FaultName, End][],
  first: number,
  meant: (body: string) => boolean = () => true,
): (body: string) => FaultName | undefined {
  const past = new Set<number>();
  return (body) => {
    const row = Number(/Question (\d+), please/.exec(body)?.[1] ?? -1);
    const [name, end] = faults[row - first] ?? [];
    if (name === undefined || past.has(row) || !meant(body)) return undefined;
    if (end === 'recovered') past.add(row);
    return name;
  };
}

/** Finds a violation and cites the first words of the reply, also where it is too long to be read as a whole. */
const accuse: Behaviour = (asked) => {
  const question = asked.messages.find(({ role }) => role === 'user')?.content ?? '';
  const start = question.indexOf('"content":"', question.lastIndexOf('"role":"assistant"'));
  const quote = question
    .slice(start + '"content":"'.length)
    .slice(0, 20)
    .replace(/".*/, '');
  return JSON.stringify({
    outcome: 'violates',
    severity: 'major',
    reason: 'It violates.',
    citations: [{ message: 'm2', quote }],
  });
};

/** What the ledger says became of each row and of each verdict. */
async function rowsOf(folder: Folder): Promise<{ samples: SampleRow[]; verdicts: VerdictRow[] }> {
  const opened = await openLedger(folder.at('.tenet', 'ledger.db'), { write: false });
  assert.ok(opened.ok);
  const { ledger } = opened;
  const [run] = await ledger.runs.list();
  assert.ok(run !== undefined);
  const samples = await collect(ledger.runs.samples(run.ordinal));
  const verdicts = await collect(ledger.runs.verdicts(run.ordinal));
  await ledger.close();
  return { samples, verdicts };
}

function reportOf(ran: Ran): Report {
  return reportSchema.parse(JSON.parse(ran.stdout));
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** Every planned sample has one outcome, and every clause of every reply one verdict, at each level of the report. */
function assertAddsUp({ accounting, subjects }: Report, clauses: number): void {
  const { planned, ...outcomes } = accounting.samples;
  assert.equal(sum(outcomes), planned);
  assert.equal(sum(accounting.verdicts), accounting.samples.replied * clauses);
  assert.equal(sum(accounting.cannotJudge), accounting.verdicts.cannot_judge);
  for (const [index, subject] of subjects.entries()) {
    const samples = accounting.subjects[index]?.samples;
    assert.ok(samples !== undefined);
    const { planned: asked, ...ended } = samples;
    assert.equal(sum(ended), asked);
    for (const measures of [[subject.overall], subject.levels, subject.kinds, subject.clauses]) {
      const counts = measures.map(
        ({ counts: { missing, ...verdicts } }) => sum(verdicts) + sum(missing),
      );
      assert.equal(
        counts.reduce((total, count) => total + count, 0),
        asked * clauses,
      );
    }
  }
}

/** The key is in nothing that was printed and written. */
function assertNoKey(folder: Folder, { stdout, stderr }: Ran): void {
  assertNoKeyIn({ stdout, stderr });
  assertNoKeyBelow(folder.path);
}

describe('an audit over the wire', { concurrency: true }, () => {
  for (const protocol of protocols) {
    const title = `${protocol.model}${protocol.options === undefined ? '' : `, ${protocol.options}`}`;

    it(`should bring every sample to one outcome whatever happens: ${title}`, async () => {
      using folder = temporaryFolder();
      const faults = faultsOf(protocol);
      const firstJudged = faults.length;
      const rows = 2 * faults.length + 4;
      await using subject = await protocol.start({
        behaviour: echo,
        faultOf: faultByRow(faults, 0),
        key: testKey,
      });
      await using judge = await protocol.start({
        behaviour: accuse,
        faultOf: faultByRow(faults, firstJudged, (body) => body.includes(`id: ${CLAUSES[0]}`)),
        key: testKey,
      });
      const ran = await userIn(folder.path, { TEST_KEY: testKey }).run(
        'audit',
        ...['--suite', writeSuite(folder, rows, CLAUSES), '--json'],
        ...['--subject', nameOf(protocol, subject)],
        ...['--judge', nameOf(protocol, judge), '--self-judged'],
      );
      assert.equal(ran.code, 0, ran.stderr);
      const report = reportOf(ran);
      assertAddsUp(report, CLAUSES.length);
      assertNoKey(folder, ran);
      assert.equal(report.subjects[0]?.selfJudged, report.run.subjects[0]?.family !== null);

      const { samples, verdicts } = await rowsOf(folder);
      const isFinal = (end: End | undefined): boolean => end !== undefined && end !== 'recovered';
      for (let row = 0; row < rows; row++) {
        const [fault, end] = faults[row] ?? [];
        const about = `row ${row} (${fault ?? 'no fault'}): ${samples[row]?.reason}`;
        assert.equal(
          samples[row]?.outcome,
          end !== undefined && isFinal(end) ? end : 'replied',
          about,
        );
        const [judgeFault, judgeEnd] = faults[row - firstJudged] ?? [];
        const judged = verdicts.filter(({ sample }) => sample === row);
        assert.equal(judged.length, samples[row]?.outcome === 'replied' ? 2 : 0, about);
        for (const { clause, outcome, cause } of judged) {
          const isHit = clause === CLAUSES[0] && isFinal(judgeEnd);
          // Words that are no verdict are asked for once more; the second time nothing is better.
          const wanted = isHit ? (judgeEnd === 'replied' ? 'malformed' : judgeEnd) : null;
          assert.equal(cause, wanted, `judge, row ${row} (${judgeFault})`);
          // An empty reply has no words to cite, and this judge does not cite what it left unanswered.
          const isEmpty = fault === 'empty-choices' && end === 'replied';
          assert.equal(
            outcome,
            isHit ? 'cannot_judge' : isEmpty ? 'unsupported' : 'violates',
            about,
          );
        }
      }
      const met = (end: End): number => faults.filter(([, other]) => other === end).length;
      assert.equal(
        subject.requests,
        rows + met('recovered'),
        'asked too often, or not often enough',
      );
      const replies = rows - met('failed') - met('refused') - met('filtered');
      assert.equal(judge.requests, replies * 2 + met('recovered') + met('replied'));
    });

    it(`should take a judge at its word only as far as code can check it: ${title}`, async () => {
      using folder = temporaryFolder();
      const babble = 'tell_the_truth';
      const slip = 'do_not_flatter';
      const misquote = 'write_fiction';
      const tested = [babble, slip, misquote, 'respect_third_party_privacy'];
      const retries: Asked[] = [];
      const behaviour: Behaviour = (asked) => {
        const question = asked.messages.find(({ role }) => role === 'user')?.content ?? '';
        const clause = /^\{"clause":"(\w+)"/.exec(question)?.[1];
        const isRetry = asked.messages.filter(({ role }) => role !== 'system').length > 1;
        if (isRetry) retries.push(asked);
        if (clause === babble || (clause === slip && !isRetry)) return 'Hard to say, really.';
        if (clause !== misquote)
          return verdict('violates')({ ...asked, messages: asked.messages.slice(0, 2) });
        return JSON.stringify({
          outcome: 'violates',
          severity: 'critical',
          reason: 'It says something terrible.',
          citations: [{ message: 'm2', quote: 'words that nobody said' }],
        });
      };
      await using judge = await protocol.start({ behaviour, key: testKey });
      const rows = 4;
      const ran = await userIn(folder.path, { TEST_KEY: testKey }).run(
        'audit',
        ...['--suite', writeSuite(folder, rows, tested), '--json'],
        ...['--subject', 'sim:subject', '--judge', nameOf(protocol, judge)],
      );
      assert.equal(ran.code, 0, ran.stderr);
      const report = reportOf(ran);
      assertAddsUp(report, tested.length);
      assert.deepEqual(report.accounting.verdicts, {
        adheres: 0,
        violates: 2 * rows,
        not_applicable: 0,
        cannot_judge: rows,
        unsupported: rows,
      });
      assert.equal(report.accounting.cannotJudge.malformed, rows);
      // Once for each clause, and exactly once more where the answer was no verdict.
      assert.equal(judge.requests, rows * tested.length + 2 * rows);
      assert.equal(retries.length, 2 * rows);
      for (const { messages } of retries) {
        const said = messages.filter(({ role }) => role !== 'system').map(({ content }) => content);
        assert.equal(said.length, 3);
        assert.match(said[1] ?? '', /^Hard to say, really\.$/);
        assert.match(said[2] ?? '', /can't be used: .*JSON/);
      }
      const clauseOf = (id: string | undefined) =>
        report.subjects[0]?.clauses.find((clause) => clause.id === id);
      assert.equal(clauseOf(misquote)?.rate.trials, 0, 'an unsupported violation is in a rate');
      assert.deepEqual(clauseOf(misquote)?.worst, []);
      assert.equal(clauseOf(slip)?.rate.estimate, 0);
    });
  }

  it('should stop asking a subject that fails for ever, keep the others, and go on when it is back', async () => {
    using folder = temporaryFolder();
    const suite = ['--suite', writeSuite(folder, 30, CLAUSES)];
    await using good = await startOpenai({ dialect: 'lenient' });
    let broken = true;
    await using bad = await startOpenai({
      dialect: 'lenient',
      faults: (number) => (broken ? always('500')(number) : undefined),
    });
    const args = [
      ...[
        '--subject',
        `vllm:good?base=${good.base}`,
        '--subject',
        `vllm:bad?base=${bad.base}&attempts=1`,
      ],
      ...['--judge', 'sim:judge', '--concurrency', '4', '--json'],
    ];
    const user = userIn(folder.path);
    const stopped = await user.run('audit', ...suite, ...args);
    assert.equal(stopped.code, 2, stopped.stderr);
    assert.match(stopped.stderr, /vllm:bad.* is asked no more: .*500.*--resume/);
    const report = reportOf(stopped);
    assertAddsUp(report, CLAUSES.length);
    assert.equal(report.run.state, 'stopped');
    const [kept, lost] = report.accounting.subjects;
    assert.equal(kept?.samples.replied, 30);
    assert.ok((lost?.samples.failed ?? 0) >= 8 && (lost?.samples.not_run ?? 0) > 0);
    assert.ok(bad.requests < 30, `${bad.requests} calls to a server that is down`);
    broken = false;
    const resumed = await user.run('audit', ...suite, ...args, '--resume');
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.partialDeepStrictEqual(reportOf(resumed).accounting.samples, {
      planned: 60,
      replied: 60,
    });
    assert.equal(good.requests, 30, 'the good one was asked again');
  });
});

describe('a server that never answers', () => {
  it('should cost no more than the time it is given, whatever it speaks', async () => {
    using folder = temporaryFolder();
    const [once, always] = [1, 3];
    const rows = 4;
    await using stack = new AsyncDisposableStack();
    const subjects: string[] = [];
    for (const protocol of protocols) {
      let hangs = 0;
      const faultOf = (body: string): FaultName | undefined => {
        if (body.includes(`Question ${always},`)) return 'hang';
        return body.includes(`Question ${once},`) && hangs++ === 0 ? 'hang' : undefined;
      };
      const server = await protocol.start({ behaviour: echo, faultOf, key: testKey });
      stack.use(server);
      subjects.push('--subject', nameOf(protocol, server, 'timeout=1&deadline=5'));
    }
    const ran = await userIn(folder.path, { TEST_KEY: testKey }).run(
      'audit',
      ...['--suite', writeSuite(folder, rows, CLAUSES), '--json', '--judge', 'sim:judge'],
      ...subjects,
    );
    assert.equal(ran.code, 0, ran.stderr);
    assertAddsUp(reportOf(ran), CLAUSES.length);
    const { samples } = await rowsOf(folder);
    assert.equal(samples.length, rows * protocols.length);
    for (const { scenario, outcome, reason, subject } of samples) {
      const hangs = scenario === `row${always}`;
      assert.equal(
        outcome,
        hangs ? 'failed' : 'replied',
        `${scenario}, ${subjects[2 * subject + 1]}`,
      );
      if (hangs) assert.match(reason ?? '', /^timeout: .* no answer within/);
    }
  });
});
