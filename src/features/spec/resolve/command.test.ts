import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { userIn } from '../../../../test/command.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { resolutionSchema } from './schema.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'tenet-resolve-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const starter = join(root, 'specs/starter/spec.md');
const clinic = join(root, 'specs/profiles/clinic.yaml');

function tenet(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, 'bin/tenet.js'), 'spec', ...args],
      { cwd: folder, env: { PATH, NO_COLOR: '1' }, maxBuffer: 1e8 },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a model answers what messages mean, its calls are kept, and it decides on no winner', async (t) => {
  let calls = 0;
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return response.end('{"data":[]}');
      calls++;
      const { messages } = JSON.parse(Buffer.concat(chunks).toString());
      const { question } = JSON.parse(messages[1].content);
      seen.push(question);
      const pair = { manner: 'explicit', extent: 'whole', sure: true, reason: 'It says so.' };
      const isChange = question.startsWith('Which clauses');
      const answer = {
        reason: 'Read it.',
        answer: isChange ? 'yes' : 'no',
        pairs: isChange
          ? [
              { ...pair, by: 'm1', target: '#answer_in_users_language' },
              { ...pair, by: 'm1', target: '#tell_the_truth' },
            ]
          : [],
      };
      response.setHeader('content-type', 'application/json');
      const message = { role: 'assistant', content: JSON.stringify(answer) };
      response.end(
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, finish_reason: 'stop', message }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const judge = `vllm:m?base=http://127.0.0.1:${port}/v1`;
  const talk = file('talk.json', '[{"role":"user","content":"<b>In Spanish</b>, please."}]');
  const args = ['resolve', starter, '--conversation', talk, '--judge', judge, '--json'];

  const first = await tenet(...args);
  assert.equal(first.code, 0, first.err);
  const resolution = JSON.parse(first.out);
  const stateOf = (id: string): string =>
    resolution.directives.find((one: { id: string }) => one.id === id).state;
  assert.equal(stateOf('#answer_in_users_language'), 'overridden');
  assert.equal(stateOf('#tell_the_truth'), 'in_force');
  assert.ok(resolution.questions.every((one: { answered: boolean }) => one.answered));
  assert.ok(seen.length === calls && calls > 1);
  assert.ok(existsSync(join(folder, '.tenet/ledger.db')));

  const asked = calls;
  const second = await tenet(...args);
  assert.equal(second.out, first.out);
  assert.equal(calls, asked, 'the second time every call is on record');
});

test('bad input ends with a located message and exit code 2', async () => {
  const talk = file('king.json', '[{"role":"king","content":"a"}]');
  const bad = file(
    'bad.yaml',
    'profile: 1\nid: b\nspec: { id: starter }\nby: developer\ndisable:\n  tell_the_truth: { reason: r }\n',
  );
  const cases: [string[], RegExp][] = [
    [['resolve', starter, '--conversation', talk], /king\.json:1:10: message 1: the role "king"/],
    [['effective', starter, '--profile', bad], /bad\.yaml:6:3: #tell_the_truth .*\[fixed\]/],
    [
      ['effective', starter, '--profile', clinic, '--tokens', '0'],
      /--tokens: expected a whole number/,
    ],
    [
      ['effective', starter, '--profile', clinic, '--tokens', '9'],
      /--tokens: only a prompt has a limit/,
    ],
    [
      ['effective', starter, '--profile', clinic, '--as', 'prompt', '--tokens', '9'],
      /--tokens 9: the clauses that nobody may change take about \d+/,
    ],
  ];
  for (const [args, expected] of cases) {
    const { code, out, err } = await tenet(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, expected);
  }
});

test('Ctrl-C ends the asking: what was not answered stays open, and how to go on is said', async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await startOpenai({
    behaviour: async () => {
      asked.resolve();
      return new Promise<string>(() => {});
    },
  });
  const talk = file('stop.json', '[{"role":"user","content":"In Spanish, please."}]');
  const user = userIn(folder, { TEST_KEY: 'secret-of-the-test' });
  const judge = `openai:gpt-5?base=${server.base}&key=TEST_KEY`;
  const command = ['spec', 'resolve', starter, '--conversation', talk, '--judge', judge];
  const { child, ended } = user.start(...command, '--json');
  await asked.promise;
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /^Stopped\. The same command goes on from the answers/m);
  const { questions } = resolutionSchema.parse(JSON.parse(stdout));
  const [first, ...others] = questions.map(({ unanswered }) => unanswered?.code ?? null);
  assert.equal(first, 'stopped');
  assert.ok(others.length > 0 && others.every((one) => one === null));
});
