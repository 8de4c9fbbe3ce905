// Programs as models, from the command line: what they are given, how they end, and that no stranger starts one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { STARTER_SPEC } from '../src/app/files.ts';
import { plannedModel } from '../src/app/models.ts';
import { prepareAudit } from '../src/app/prepare-audit.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { madeUpLog } from '../src/ledger/transcript.fixture.ts';
import { createRun } from '../src/run/run.ts';
import { drawSuite } from '../src/run/suite/draw.ts';
import { readSpec } from '../src/spec/index.ts';
import { type Folder, type Ran, TENET, temporaryFolder, userIn } from './command.ts';
import { type Report, reportSchema } from './report-document.ts';
import { verdict } from './servers/behaviours.ts';
import { testKey } from './servers/clients.ts';
import { startOpenai } from './servers/openai.ts';

const ADHERES = '{"reason": "so", "outcome": "adheres", "severity": null, "citations": []}';

/** A shell script in a folder, as a command. */
function script(folder: Folder, name: string, ...lines: string[]): string {
  writeFileSync(folder.at(name), ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(folder.at(name), 0o755);
  return `./${name}`;
}

/** The exit code of an audit in which no subject gave a reply. */
const NOTHING_ANSWERED = 2;

function reportOf({ code, stdout, stderr }: Ran, expected = 0): Report {
  assert.equal(code, expected, stderr);
  return reportSchema.parse(JSON.parse(stdout));
}

/** Lines of a file that a script writes; none where it never ran. */
function linesIn(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

describe('a program as a model of tenet audit', () => {
  it('should be asked and judge, each time anew, and be retried where it says so', async () => {
    using folder = temporaryFolder();
    const bot = script(
      folder,
      'bot.sh',
      'cat >> requests.jsonl; echo >> requests.jsonl',
      '[ -e again ] || { touch again; exit 75; }',
      'echo "Fine."',
    );
    const judge = script(folder, 'judge.sh', `cat > /dev/null; echo '${ADHERES}'`);
    const user = userIn(folder.path);
    const args = ['audit', '--subject', `exec:${bot}`, '--judge', `exec:${judge}`, '--limit', '4'];
    // One at a time, so that one alone finds no `again`.
    const first = reportOf(await user.run(...args, '--concurrency', '1', '--json'));
    assert.equal(first.subjects[0]?.id, 'exec:./bot.sh');
    assert.equal(first.accounting.samples.replied, 4);
    assert.equal(first.subjects[0]?.overall.counts.adheres, 4);
    const requests = linesIn(folder.at('requests.jsonl'));
    assert.equal(requests.length, 5);
    assert.equal(new Set(requests).size, 4, 'none was asked again');
    const schemas = requests.map((request) => JSON.parse(request).schema);
    assert.deepEqual(new Set(schemas), new Set(['tenet.model-request/1']));

    reportOf(await user.run(...args, '--json'));
    assert.equal(linesIn(folder.at('requests.jsonl')).length, 9, 'it was served from the record');
    const offline = await user.run(...args, '--offline', '--json');
    assert.equal(offline.code, 2);
    assert.equal(JSON.parse(offline.stdout).code, 'nothing-on-record');
    assert.equal(linesIn(folder.at('requests.jsonl')).length, 9);
  });

  it('should fail as any other model where it ends with an error', async () => {
    using folder = temporaryFolder();
    const bot = script(folder, 'bot.sh', 'echo "no model here" >&2', 'exit 3');
    const ran = await userIn(folder.path).run(
      ...['audit', '--subject', `exec:${bot}`, '--judge', 'exec:false', '--limit', '3'],
      ...['--concurrency', '1', '--json'],
    );
    const report = reportOf(ran, NOTHING_ANSWERED);
    assert.deepEqual(report.accounting.samples.failed, 3);
    const shown = await userIn(folder.path).run('show', report.run.id, 't1');
    assert.match(shown.stdout.replace(/\s+/g, ' '), /exit code 3: no model here/);
  });

  it('should know no key of other models, however it is named', async () => {
    await using server = await startOpenai({ behaviour: verdict('adheres'), key: testKey });
    using folder = temporaryFolder();
    const bot = script(folder, 'bot.sh', 'env | sort');
    writeFileSync(
      folder.at('own.yaml'),
      [
        'schema: tenet.http-model/1',
        'name: own',
        `url: ${server.base}/chat/completions`,
        `headers: { authorization: "Bearer $\{THEIR_TOKEN}" }`,
        'body: { model: own, messages: "{{messages}}" }',
        'reply: /choices/0/message/content',
      ].join('\n'),
    );
    const user = userIn(folder.path, {
      TEAM_KEY: testKey,
      THEIR_TOKEN: testKey,
      OPENAI_API_KEY: testKey,
      MISTRAL_API_KEY: testKey,
      BOT_MODE: 'brief',
    });
    const ran = await user.run(
      ...['audit', '--subject', `exec:${bot}`, '--judge', 'http:own.yaml', '--limit', '1'],
      ...['--judge', `openai:gpt-5?base=${server.base}&key=TEAM_KEY`, '--json'],
    );
    const report = reportOf(ran);
    assert.equal(report.accounting.samples.replied, 1);
    const shown = await user.run('show', report.run.id, 't1');
    assert.match(shown.stdout, /BOT_MODE=brief/);
    for (const name of ['TEAM_KEY', 'THEIR_TOKEN', 'OPENAI_API_KEY', 'MISTRAL_API_KEY', 'geheim']) {
      assert.ok(!shown.stdout.includes(name), name);
    }
  });

  it('should end at a second Ctrl-C, and go on where it is named again', async () => {
    using folder = temporaryFolder();
    const bot = script(
      folder,
      "it's slow.sh",
      'cat > /dev/null',
      'echo asked >> calls.txt',
      '[ -e go ] || { echo $$ > bot.pid; exec sleep 600; }',
      'echo "Fine."',
    );
    const judge = script(folder, 'judge.sh', `cat > /dev/null; echo '${ADHERES}'`);
    const subject = `exec:"${bot}"`;
    const user = userIn(folder.path);
    const own = ['--subject', subject, '--judge', `exec:${judge}`];
    const running = user.start('audit', ...own, '--limit', '2', '--concurrency', '1');
    while (linesIn(folder.at('bot.pid')).length === 0) await setTimeout(20);
    running.child.kill('SIGINT');
    assert.ok(await running.says('Ctrl-C again'));
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    assert.equal(code, 130, stderr);
    const [pid = ''] = linesIn(folder.at('bot.pid'));
    const isGone = (): boolean =>
      !existsSync(`/proc/${pid}/stat`) || / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    while (!isGone()) await setTimeout(20);

    const hint = /Go on with: (tenet audit --resume (\w+) .*)$/m.exec(stderr);
    assert.ok(hint !== null, stderr);
    const [, command = '', id = ''] = hint;
    writeFileSync(folder.at('go'), '');
    const asked = linesIn(folder.at('calls.txt')).length;
    const refused: [string[], string][] = [
      [['--resume', id], 'program-not-defined'],
      [['--resume', id, '--subject', subject], 'program-not-defined'],
      [['--resume', id, ...own, '--judge', 'exec:./other.sh'], 'resume-other-plan'],
      [['--resume', id, ...own, '--limit', '3'], 'resume-other-plan'],
    ];
    for (const [args, reason] of refused) {
      const ran = await user.run('audit', ...args, '--json');
      assert.equal(ran.code, 2);
      assert.equal(JSON.parse(ran.stdout).code, reason, ran.stdout);
    }
    assert.equal(linesIn(folder.at('calls.txt')).length, asked, 'it was started');

    const pasted = spawnSync('bash', ['-c', command.replace('tenet', '"$NODE" "$TENET"')], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, HOME: folder.path, NODE: process.execPath, TENET },
      encoding: 'utf8',
    });
    assert.equal(pasted.status, 0, pasted.stderr);
    assert.match(pasted.stderr, /Going on with run/);
    assert.equal(linesIn(folder.at('calls.txt')).length, asked + 2);
  });

  it('should be kept to a budget over several attempts where its price is known', async () => {
    using folder = temporaryFolder();
    const reply = {
      schema: 'tenet.model-reply/1',
      text: 'Fine.',
      usage: { input: 0, output: 4000 },
    };
    const bot = script(
      folder,
      'bot.sh',
      'cat > /dev/null',
      'echo asked >> calls.txt',
      `echo '${JSON.stringify(reply)}'`,
    );
    const judge = script(folder, 'judge.sh', `cat > /dev/null; echo '${ADHERES}'`);
    writeFileSync(
      folder.at('tenet.config.ts'),
      `export default {
         subject: 'exec:${bot}', judge: 'exec:${judge}', limit: 8, concurrency: 1, repeats: 1, budget: 1.5,
         prices: { 'exec:${bot}': { input: 0, output: 100 }, 'exec:${judge}': { input: 0, output: 0 } },
       };`,
    );
    const user = userIn(folder.path);
    const first = await user.run('audit');
    assert.equal(first.code, 2, first.stderr);
    assert.match(first.stderr, /of the budget of \$1\.50 are spent/);
    const asked = linesIn(folder.at('calls.txt')).length;
    assert.ok(asked > 0 && asked < 8, `${asked} calls`);
    const again = await user.run('audit', '--resume');
    assert.equal(again.code, 2, again.stderr);
    assert.equal(linesIn(folder.at('calls.txt')).length, asked, 'it was spent twice');
    const raised = await user.run('audit', '--resume', '--budget', '100');
    assert.equal(raised.code, 0, raised.stderr);
    assert.equal(linesIn(folder.at('calls.txt')).length, 8);
  });

  it('should lack nothing that can be said before it is started', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    for (const [subject, message] of [
      ['exec:', /"exec:" lacks a command/],
      ['exec:  ', /"exec:" lacks a command/],
      ['EXEC:./bot.sh', /no provider "EXEC"/],
    ] as const) {
      const ran = await user.run('audit', '--subject', subject, '--judge', 'sim:judge');
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, message);
    }
  });
});

describe('what a stranger has written', () => {
  const pwn = (folder: Folder): string => `touch ${folder.at('pwned')}; echo "{}"`;
  let folder: Folder;
  let strange: Folder;
  before(async () => {
    folder = temporaryFolder();
    strange = temporaryFolder();
    // A ledger in which everything that a name can stand in names a program.
    const spec = readSpec(readFileSync(STARTER_SPEC), { path: 'spec.md' });
    const drawn = drawSuite(spec);
    const program = `exec:${pwn(folder)}`;
    const own = (label: string) => ({
      ...plannedModel({ text: label, provider: 'exec', model: pwn(folder), options: {} }, {}),
      name: program,
    });
    const opened = await openLedger(strange.at('ledger.db'), { write: true });
    assert.ok(opened.ok);
    const { ledger } = opened;
    for (const [at, label] of [
      program,
      ` ${program}`,
      `sim:subject`,
      `http:${strange.at('own.yaml')}`,
    ].entries()) {
      const prepared = prepareAudit({
        text: readFileSync(STARTER_SPEC, 'utf8'),
        spec,
        suite: { ...drawn, scenarios: [...drawn.scenarios].slice(0, 2 + at) },
        subjects: [{ ...own(label), system: null }],
        judges: [own(label === 'sim:subject' ? 'sim:judge' : label)],
        repeats: 1,
        seed: null,
      });
      const run = await createRun(ledger, prepared.document, 1 + at);
      await using writer = await ledger.writer(run, 'a test');
      await writer.addSample(
        {
          index: 0,
          scenario: prepared.document.plan.suite.scenarios.at(0)?.id ?? '',
          subject: 0,
          repeat: 0,
          outcome: 'replied',
          reason: null,
          transcript: madeUpLog([
            { id: 'm1', role: 'user', content: 'Hello?', source: 'scenario' },
            { id: 'm2', role: 'assistant', content: 'Yes.', source: 'subject' },
          ]),
          usage: { input: 1, output: 1 },
          cost: 0,
          calls: [],
        },
        [],
      );
    }
    await ledger.close();
    // Files that a project may bring along.
    writeFileSync(strange.at('spec.md'), readFileSync(STARTER_SPEC));
    writeFileSync(
      strange.at('tenet.config.ts'),
      `import { execSync } from 'node:child_process';
       execSync(${JSON.stringify(pwn(folder))});
       export default { subject: ${JSON.stringify(program)} };`,
    );
    writeFileSync(
      strange.at('own.yaml'),
      `schema: tenet.http-model/1\nname: own\nurl: http://127.0.0.1:9/\nbody: "{{last}}"\n`,
    );
    const row = { clause: 'do_not_flatter', subject: program, judge: program, model: program };
    writeFileSync(strange.at('suite.jsonl'), `${JSON.stringify({ ...row, prompt: program })}\n`);
    writeFileSync(
      strange.at('suite.csv'),
      `prompt,clause,subject,judge,model\n"${program.replaceAll('"', '""')}",do_not_flatter,${'x,'.repeat(2)}x\n`,
    );
    writeFileSync(
      strange.at('policy.yaml'),
      `policy: tenet.policy/1\njudge: ${JSON.stringify(program)}\ngates:\n  - overall: { adherence: 0.5 }\n    subject: ${JSON.stringify(program)}\n`,
    );
    writeFileSync(
      strange.at('profile.yaml'),
      `profile: tenet.profile/1\nname: x\nmodel: ${JSON.stringify(program)}\n`,
    );
    writeFileSync(
      strange.at('rubric.md'),
      `---\nrubric: tenet.rubric/1\nid: x\nversion: 1\nclause: do_not_flatter\njudge: ${JSON.stringify(program)}\n---\n\nNo.\n`,
    );
    writeFileSync(
      strange.at('labels.jsonl'),
      `${JSON.stringify({ ...row, person: program, transcript: 't1', outcome: 'adheres' })}\n`,
    );
    writeFileSync(
      strange.at('certificate.json'),
      JSON.stringify({ schema: 'tenet.certificate/1', judge: { name: program, label: program } }),
    );
  });
  after(() => {
    folder[Symbol.dispose]();
    strange[Symbol.dispose]();
  });

  it('should start no program, whatever is done with it', async () => {
    const user = userIn(folder.path);
    const opened = await openLedger(strange.at('ledger.db'), { write: false });
    assert.ok(opened.ok);
    const runs = (await opened.ledger.runs.list()).map(({ id }) => id);
    await opened.ledger.close();
    assert.equal(runs.length, 4);
    const ledger = ['--ledger', strange.at('ledger.db')];
    const on = (words: string[], ...more: string[]): string[][] =>
      runs.map((run) => [...words, run, ...more, ...ledger]);
    const [first = '', second = ''] = runs;
    const withLedger = [
      ...on(['audit', '--resume']),
      ...on(['judge', 'again']),
      ...on(['judge', 'again'], '--resume', '--seed', '3'),
      ['audit', '--resume', first, '--offline', ...ledger],
      ['audit', '--resume', first, '--dry-run', ...ledger],
      ['judge', 'again', first, '--dry-run', '--seed', '3', ...ledger],
      ['report', first, ...ledger],
      ['show', first, 't1', ...ledger],
      ['health', first, ...ledger],
      ['compare', first, second, ...ledger],
      ['gate', first, '--policy', strange.at('policy.yaml'), ...ledger],
      ['label', 'import', strange.at('labels.jsonl'), ...ledger],
      ['judge', 'calibrate', '--judge', 'sim:judge', '--run', first, ...ledger],
      ['complete', '--line', `tenet report --ledger ${strange.at('ledger.db')} `],
    ];
    const rehearsal = ['--subject', 'sim:subject', '--judge', 'sim:judge', '--limit', '2'];
    const withFiles = [
      ['audit', '--spec', strange.at('spec.md'), ...rehearsal],
      ['audit', '--suite', strange.at('suite.jsonl'), ...rehearsal],
      ['audit', '--suite', strange.at('suite.csv'), ...rehearsal],
      ['audit', '--rubric', strange.at('rubric.md'), ...rehearsal],
      ['audit', '--certificate', strange.at('certificate.json'), ...rehearsal],
      ['judge', 'calibrate', '--judge', 'sim:judge', '--labels', strange.at('labels.jsonl')],
      ['spec', 'effective', strange.at('profile.yaml')],
      ['spec', 'lint', strange.path],
    ];
    const refused = new Map<string, number>();
    const give = async (command: string[]): Promise<void> => {
      const { code, stderr } = await user.run(...command);
      assert.ok(code !== null, `${command.join(' ')}: ${stderr}`);
      assert.ok(!existsSync(folder.at('pwned')), `tenet ${command.join(' ')}\n${stderr}`);
      assert.doesNotMatch(stderr, /fault of Tenet/, `tenet ${command.join(' ')}`);
      const said =
        /starts no program|is no (subject|judge)|when the plan was made|no provider/.exec(
          stderr,
        )?.[0];
      if (said !== undefined) refused.set(said, (refused.get(said) ?? 0) + 1);
    };
    await Promise.all(
      [withLedger, withFiles].map(async (commands) => {
        for (const command of commands) await give(command);
      }),
    );
    assert.ok((refused.get('starts no program') ?? 0) >= 4, JSON.stringify([...refused]));
    assert.ok((refused.get('when the plan was made') ?? 0) >= 1, JSON.stringify([...refused]));
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name === 'pwned'),
      [],
    );
  });

  it('would have been started by the same names of the user’s own', async () => {
    // The net is none if what it should catch can't get through.
    const user = userIn(folder.path);
    const program = `exec:${pwn(folder)}`;
    await user.run('audit', '--subject', program, '--judge', 'exec:false', '--limit', '1');
    assert.ok(existsSync(folder.at('pwned')));
  });
});
