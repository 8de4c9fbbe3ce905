// Models and judges of the user's own, from tenet.config.ts and from HTTP templates, on the command line.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Folder, NO_NETWORK, type Ran, temporaryFolder, userIn } from './command.ts';
import { assertNoKeyBelow, assertNoKeyIn } from './no-key.ts';
import { type Report, reportSchema } from './report-document.ts';
import { echo, verdict } from './servers/behaviours.ts';
import { testKey } from './servers/clients.ts';
import { always, type FaultName } from './servers/faults.ts';
import { startOpenai } from './servers/openai.ts';

/** The exit code of an audit in which no subject gave a reply. */
const NOTHING_ANSWERED = 2;

function reportOf({ code, stdout, stderr }: Ran, expected = 0): Report {
  assert.equal(code, expected, stderr);
  return reportSchema.parse(JSON.parse(stdout));
}

/** A configuration with a bot and two judges, which write down that they were asked. */
function configure(
  folder: Folder,
  { bot = '"1"', rule = '"1"', more = '' }: { bot?: string; rule?: string; more?: string } = {},
): void {
  writeFileSync(
    folder.at('tenet.config.ts'),
    `import { appendFileSync } from 'node:fs';
     import { defineConfig, defineJudge, defineProvider } from 'tenet';
     const bot = defineProvider({
       name: 'bot',
       version: ${bot},
       call: async ({ messages }) => {
         appendFileSync('asked.txt', 'bot\\n');
         return 'You said: ' + messages.at(-1)?.content;
       },
     });
     const rule = defineJudge({
       name: 'rule',
       version: ${rule},
       judge: async ({ transcript, clause }) => {
         const reply = transcript.messages.at(-1)?.content ?? '';
         return reply.length % 3 === 0
           ? { outcome: 'violates', severity: 'minor', reason: clause.title, citations: [{ message: transcript.messages.at(-1)?.id ?? '', quote: reply.slice(0, 20) }] }
           : { outcome: 'adheres', reason: clause.title };
       },
     });
     const model = defineProvider({
       name: 'model',
       version: '1',
       call: async () => {
         appendFileSync('asked.txt', 'model\\n');
         return JSON.stringify({ reason: 'so', outcome: 'adheres', severity: null, citations: [] });
       },
     });
     export default defineConfig({ providers: [bot, model], judges: [rule], ${more} });
    `,
  );
}

function askedIn(folder: Folder): number {
  try {
    return readFileSync(folder.at('asked.txt'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

describe('a model and a judge of tenet.config.ts', () => {
  it('should not get a word into a document on stdout', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.at('tenet.config.ts'),
      `import { defineConfig, defineJudge, defineProvider } from 'tenet';
       console.log('configured');
       const bot = defineProvider({
         name: 'bot', version: '1',
         call: async () => { console.log('called'); process.stdout.write('asked\\n'); return 'Yes.'; },
       });
       const rule = defineJudge({
         name: 'rule', version: '1',
         judge: () => { console.info('judged'); return { outcome: 'adheres', reason: '' }; },
       });
       setTimeout(() => console.log('late'), 1);
       process.on('exit', () => console.log('gone'));
       export default defineConfig({ providers: [bot], judges: [rule], subject: 'bot', judge: 'rule' });
      `,
    );
    const user = userIn(folder.path);
    const audited = await user.run('audit', '--limit', '1', '--json');
    assert.equal(reportOf(audited).run.state, 'finished');
    for (const word of ['configured', 'called', 'asked', 'judged', 'late', 'gone']) {
      assert.match(audited.stderr, new RegExp(`^${word}$`, 'm'));
    }
    const failed = await user.run('audit', '--clauses', 'level:', '--json');
    assert.equal(JSON.parse(failed.stdout).code, 'wrong-query');
  });

  it('should be audited and judge, and the same again from the record alone', async () => {
    using folder = temporaryFolder();
    configure(folder);
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const args = ['audit', '--subject', 'bot', '--judge', 'rule', '--limit', '9'];

    const planned = await user.run(...args, '--dry-run', '--json');
    assert.equal(planned.code, 0, planned.stderr);
    assert.partialDeepStrictEqual(JSON.parse(planned.stdout), {
      calls: { subjects: 9, judges: 0 },
      cost: null,
      unpriced: ['custom:bot@1'],
    });
    assert.equal(askedIn(folder), 0);

    const first = await user.run(...args, '--json');
    const report = reportOf(first);
    assert.equal(report.subjects[0]?.id, 'custom:bot@1');
    assert.deepEqual(
      report.run.judges.map(({ id }) => id),
      ['function:rule@1'],
    );
    const { adheres, violates } = report.subjects[0]?.overall.counts ?? {};
    assert.equal((adheres ?? 0) + (violates ?? 0), 9);
    assert.ok((violates ?? 0) > 0);
    assert.equal(askedIn(folder), 9);

    for (const again of [
      [...args, '--offline', '--json'],
      ['audit', '--resume', report.run.id, '--offline', '--json'],
    ]) {
      const offline = await user.run(...again);
      assert.equal(offline.code, 0, offline.stderr);
      assert.ok(offline.stdout === first.stdout, 'the report is another');
    }
    reportOf(await user.run(...args, '--json'));
    assert.equal(askedIn(folder), 9, 'it was asked again');

    const shown = await user.run('show', report.run.id, 't1');
    assert.match(shown.stdout, /You said: /);
  });

  it('should be what the configuration names, too', async () => {
    using folder = temporaryFolder();
    configure(folder, { more: "subject: 'bot', judge: ['rule', 'model'], limit: 3" });
    const ran = await userIn(folder.path).run('audit', '--json');
    const report = reportOf(ran);
    assert.equal(report.subjects[0]?.id, 'custom:bot@1');
    assert.equal(report.accounting.samples.replied, 3);
    assert.equal(askedIn(folder), 6);
  });

  it('should be resumed where it is defined as it was, and nowhere else', async () => {
    using folder = temporaryFolder();
    using elsewhere = temporaryFolder();
    configure(folder);
    const user = userIn(folder.path);
    const args = ['audit', '--subject', 'bot', '--judge', 'rule', '--limit', '4'];
    const { run } = reportOf(await user.run(...args, '--json'));
    const ledger = ['--ledger', folder.at('.tenet', 'ledger.db')];
    const finished = await user.run('audit', '--resume', run.id, '--json');
    assert.equal(reportOf(finished).run.id, run.id);

    // The same plan, and nothing of it on record.
    const again = ['audit', '--resume', run.id, '--offline', '--json'];
    const codeOf = async (who = user): Promise<string> => {
      const { code, stdout } = await who.run(...again, ...ledger);
      assert.equal(code, 2);
      return JSON.parse(stdout).code;
    };
    configure(folder, { rule: '"2"' });
    assert.equal(await codeOf(), 'judge-not-defined');
    assert.equal(await codeOf(userIn(elsewhere.path)), 'judge-not-defined');
    configure(folder, { bot: '"2"' });
    const judged = await user.run('judge', 'again', run.id, '--judge', 'model', '--json');
    assert.equal(reportOf(judged).accounting.samples.replied, 4);
  });

  it('should not be asked in place of the one that a run was planned with', async () => {
    using folder = temporaryFolder();
    configure(folder);
    const user = userIn(folder.path);
    const stopping = `${readFileSync(folder.at('tenet.config.ts'), 'utf8')}
      setInterval(() => {}, 1000).unref();`;
    writeFileSync(
      folder.at('tenet.config.ts'),
      stopping.replace(
        "appendFileSync('asked.txt', 'bot\\n');",
        "appendFileSync('asked.txt', 'bot\\n'); await new Promise(() => {});",
      ),
    );
    const running = user.start('audit', '--subject', 'bot', '--judge', 'rule', '--limit', '3');
    while (askedIn(folder) < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    running.child.kill('SIGINT');
    assert.ok(await running.says('Ctrl-C again'));
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    assert.equal(code, 130, stderr);
    const id = /--resume (\w+)/.exec(stderr)?.[1] ?? '';
    configure(folder, { bot: '"2"' });
    const other = await user.run('audit', '--resume', id, '--json');
    assert.equal(other.code, 2);
    assert.equal(JSON.parse(other.stdout).code, 'model-defined-otherwise');
    assert.match(
      other.stderr,
      /bot is custom:bot@2 here, and was custom:bot@1 when the plan was made/,
    );
    assert.equal(askedIn(folder), 3);
    configure(folder);
    const resumed = reportOf(await user.run('audit', '--resume', id, '--json'));
    assert.equal(resumed.accounting.samples.replied, 3);
    assert.equal(askedIn(folder), 6);
  });

  it('should judge stored transcripts again', async () => {
    using folder = temporaryFolder();
    configure(folder);
    const user = userIn(folder.path);
    const { run } = reportOf(
      await user.run('audit', '--subject', 'bot', '--judge', 'model', '--limit', '6', '--json'),
    );
    assert.equal(askedIn(folder), 12);
    const again = ['judge', 'again', run.id, '--judge', 'rule'];
    const planned = await user.run(...again, '--dry-run', '--json');
    assert.partialDeepStrictEqual(JSON.parse(planned.stdout), { transcripts: 6, calls: 0 });
    const judged = reportOf(await user.run(...again, '--json'));
    assert.equal(judged.run.transcriptsOf, run.id);
    assert.ok((judged.subjects[0]?.overall.counts.violates ?? 0) > 0);
    assert.equal(askedIn(folder), 12, 'a model was asked');
    const nothing = await user.run('judge', 'again', run.id, '--judge', 'model', '--json');
    assert.equal(JSON.parse(nothing.stdout).code, 'nothing-new');
  });

  it('should serve no other process what it said without a version', async () => {
    using folder = temporaryFolder();
    configure(folder, { bot: 'null' });
    const user = userIn(folder.path);
    const args = ['audit', '--subject', 'bot', '--judge', 'rule', '--limit', '3'];
    reportOf(await user.run(...args, '--json'));
    reportOf(await user.run(...args, '--json'));
    assert.equal(askedIn(folder), 6);
    const offline = await user.run(...args, '--offline', '--json');
    assert.equal(JSON.parse(offline.stdout).code, 'nothing-on-record');
  });

  it('should be told apart from what is no definition, with the place', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const wrong: [() => void, RegExp][] = [
      [() => configure(folder, { bot: 'undefined' }), /version of bot is undefined/],
      [() => configure(folder, { more: "judge: 'rules'" }), /"rules" names no provider/],
      [
        () => configure(folder, { more: 'judges: [{ name: "x" }]' }),
        /judges\.0: give what defineJudge gives/,
      ],
      [
        () => configure(folder, { more: 'providers: [bot, bot]' }),
        /tenet\.config\.ts: bot is defined twice/,
      ],
    ];
    for (const [write, message] of wrong) {
      write();
      const ran = await user.run('audit', '--subject', 'bot', '--limit', '1');
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, message);
      assert.doesNotMatch(ran.stderr, /fault of Tenet/);
    }
    assert.equal(askedIn(folder), 0);
  });
});

describe('a model of tenet.config.ts as a judge', () => {
  it('should be calibrated', async () => {
    using folder = temporaryFolder();
    configure(folder);
    const user = userIn(folder.path);
    const args = ['judge', 'calibrate', '--limit', '6', '--retest', '0'];
    const model = await user.run(...args, '--judge', 'model', '--json');
    assert.equal(model.code, 0, model.stderr);
    assert.match(model.stdout, /"custom:model@1"/);
    const asked = askedIn(folder);
    assert.ok(asked >= 6, `${asked} calls`);
    const again = await user.run(...args, '--judge', 'model', '--offline', '--json');
    assert.equal(again.code, 0, again.stderr);
    assert.equal(askedIn(folder), asked);
  });
});

describe('a model behind an HTTP template', () => {
  const template = (folder: Folder, origin: string, more: object = {}): void => {
    writeFileSync(
      folder.at('own.yaml'),
      JSON.stringify({
        schema: 'tenet.http-model/1',
        name: 'own',
        version: '3',
        url: `${origin}/v1/chat/completions`,
        headers: { authorization: `Bearer $\{OWN_TOKEN}` },
        body: { model: 'own', messages: '{{messages}}', max_tokens: '{{maxTokens}}' },
        reply: '/choices/0/message/content',
        ...more,
      }),
    );
  };
  // Its scenarios have no developer messages, which are sent as they are, and which the server does not know.
  const clauses = ['--clauses', 'under:do_not_flatter'];
  const args = ['audit', '--subject', 'http:own.yaml', ...clauses, '--limit', '3'];

  it('should be audited, recorded without its secrets, and repeated from the record', async () => {
    await using server = await startOpenai({
      dialect: 'lenient',
      key: testKey,
      behaviour: (asked) =>
        asked.schema === undefined ? `${echo(asked)} ${testKey}` : verdict('adheres')(asked),
    });
    using folder = temporaryFolder();
    template(folder, server.origin);
    const user = userIn(folder.path, { OWN_TOKEN: testKey, JUDGE_KEY: testKey });
    const judge = ['--judge', `compatible:judge?base=${server.base}&key=JUDGE_KEY`];
    const first = await user.run(...args, ...judge, '--json');
    const report = reportOf(first);
    assert.equal(report.subjects[0]?.id, 'http:own@3');
    assert.equal(report.subjects[0]?.overall.counts.adheres, 3);
    assert.equal(server.requests, 6);
    const shown = await user.run('show', report.run.id, 't1');
    assert.match(shown.stdout, /\[key\]/);
    await server.close();

    const offline = await userIn(folder.path, { OWN_TOKEN: 'another' }).run(
      ...[...args, ...judge, '--offline', '--json'],
    );
    assert.ok(offline.stdout === first.stdout, offline.stderr);
    assertNoKeyIn({ stdout: first.stdout, stderr: first.stderr, shown: shown.stdout });
    assertNoKeyBelow(folder.path);
  });

  it('should say what is missing, and never what is secret', async () => {
    using folder = temporaryFolder();
    template(folder, 'http://127.0.0.1:9');
    const run = async (variables: Record<string, string>, ...more: string[]): Promise<string> => {
      const user = userIn(folder.path, variables);
      const { code, stderr } = await user.run(...args, '--judge', 'http:own.yaml', ...more);
      assert.equal(code, 2);
      assert.ok(!stderr.includes('geheim'), stderr);
      return stderr;
    };
    assert.match(await run({}), /the environment variable OWN_TOKEN is not set/);
    assert.match(await run({ OWN_TOKEN: `${testKey}\n\u00e4` }), /OWN_TOKEN holds characters/);
    assert.match(await run({ OWN_TOKEN: testKey }), /own\.yaml: nothing listens/i);
    template(folder, 'http://127.0.0.1:9', { body: { q: '{{question}}' } });
    assert.match(await run({ OWN_TOKEN: testKey }), /own\.yaml: body holds \{\{question\}\}/);
    template(folder, 'http://127.0.0.1:9', { headers: {} });
    assert.match(
      await run({}, '--subject', 'http:absent.yaml'),
      /absent\.yaml: there is no such file/,
    );
    assert.match(
      await run({}, '--subject', 'http://127.0.0.1:9/v1'),
      /compatible:MODEL\?base=http:\/\/127\.0\.0\.1:9\/v1/,
    );
  });

  it('should fail as any other model does', async () => {
    const ends: [FaultName, RegExp][] = [
      ['redirect', /redirects to https:\/\/elsewhere\.example/],
      ['404', /answered 404/],
      ['empty-choices', /there is no text at \/choices\/0\/message\/content/],
      ['echo-headers', /answered 400.*\[key\]/],
    ];
    for (const [fault, reason] of ends) {
      await using server = await startOpenai({ dialect: 'lenient', faults: always(fault) });
      using folder = temporaryFolder();
      template(folder, server.origin);
      const user = userIn(folder.path, { OWN_TOKEN: testKey });
      const ran = await user.run(...args, '--judge', 'http:own.yaml', '--json');
      const report = reportOf(ran, NOTHING_ANSWERED);
      assert.equal(report.accounting.samples.failed, 3, fault);
      const shown = await user.run('show', report.run.id, 't1');
      assert.match(shown.stdout.replace(/\s+/g, ' '), reason);
      assert.ok(!shown.stdout.includes('geheim'));
    }
  });
});
