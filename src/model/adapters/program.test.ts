import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Environment } from '../provider.ts';
import type { Answer, ModelRequest } from '../types.ts';
import { modelRequestSchema } from '../wire.ts';
import { programProvider } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenet-program-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const REQUEST: ModelRequest = {
  messages: [{ role: 'user', content: 'Hello? "$HOME" `id`' }],
  parameters: { maxTokens: 10 },
  repeat: 2,
};

const NEVER = new AbortController().signal;

const PLAIN = { PATH: process.env.PATH, FOLDER: folder };

function ask(
  command: string,
  {
    environment = PLAIN,
    keys = [],
    signal = NEVER,
    request = REQUEST,
  }: {
    environment?: Environment;
    keys?: string[];
    signal?: AbortSignal;
    request?: ModelRequest;
  } = {},
): Promise<Answer> {
  return programProvider(`exec:${command}`, command, environment, keys).complete(request, signal);
}

/** A program of Node's, as a command line. */
function script(name: string, text: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, text);
  return `${process.execPath} ${file}`;
}

function failed(answer: Answer) {
  assert.equal(answer.type, 'failure', JSON.stringify(answer).slice(0, 300));
  return answer;
}

/** Resolves once a process is no more, or is only there to be counted. */
async function hasEnded(pid: string): Promise<void> {
  for (;;) {
    const stat = `/proc/${pid}/stat`;
    if (!existsSync(stat) || / [ZX] /.test(readFileSync(stat, 'utf8'))) return;
    await setTimeout(20);
  }
}

/** Resolves to what a file holds, once it holds a line. */
async function lineIn(file: string): Promise<string> {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.endsWith('\n')) return text.trim();
    await setTimeout(20);
  }
}

describe('a program as a model', () => {
  it('should be given one request on its standard input', async () => {
    const answer = await ask('cat');
    assert.ok(answer.type === 'reply');
    const { schema, ...request } = modelRequestSchema.parse(JSON.parse(answer.text));
    assert.equal(schema, 'tenet.model-request/1');
    assert.deepEqual(request, REQUEST);
  });

  it('should answer with bare text or with a reply of its own form', async () => {
    assert.partialDeepStrictEqual(await ask('echo "Hello, you."'), {
      type: 'reply',
      text: 'Hello, you.',
    });
    const own = { schema: 'tenet.model-reply/1', text: 'Hi', usage: { input: 3, output: 1 } };
    writeFileSync(join(folder, 'own.json'), JSON.stringify(own));
    assert.partialDeepStrictEqual(await ask('cat "$FOLDER/own.json"'), {
      type: 'reply',
      text: 'Hi',
      usage: { input: 3, output: 1 },
    });
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...own, refused: 'no' }));
    assert.partialDeepStrictEqual(await ask('cat "$FOLDER/own.json"'), {
      type: 'refused',
      reason: 'no',
    });
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...own, usage: 3 }));
    const broken = failed(await ask('cat "$FOLDER/own.json"'));
    assert.equal(broken.kind, 'malformed');
    assert.match(broken.message, /^exec:cat .*: usage: /);
  });

  it('should fail where it ends with an error, with the last it said of that', async () => {
    const answer = failed(
      await ask('echo half; echo first >&2; printf "no \\033[31mluck" >&2; exit 3'),
    );
    const { kind, transient, message } = answer;
    assert.deepEqual({ kind, transient }, { kind: 'server', transient: false });
    assert.match(message, /: the program ended with exit code 3: no {1,2}\[31mluck$/);
    assert.match(failed(await ask('kill -9 $$')).message, /: the program ended with SIGKILL$/);
    const absent = failed(await ask('./no-such-program'));
    assert.match(absent.message, /ended with exit code 127: .*no-such-program/);
  });

  it('should be tried again where it says so', async () => {
    const answer = failed(await ask('exit 75'));
    assert.equal(answer.transient, true);
  });

  it('should fail where it says nothing at all', async () => {
    const answer = failed(await ask('echo "no model" >&2'));
    assert.equal(answer.kind, 'malformed');
    assert.match(answer.message, /: the program wrote nothing: no model$/);
    const empty = '{"schema": "tenet.model-reply/1"}';
    assert.partialDeepStrictEqual(await ask(`echo '${empty}'`), { type: 'reply', text: '' });
  });

  it('should not have to read what it is given, however much that is', async () => {
    const content = 'word '.repeat(1_000_000);
    const request = { ...REQUEST, messages: [{ role: 'user' as const, content }] };
    for (const command of ['echo yes', 'exec 0<&-; echo yes', 'head -c 10 > /dev/null; echo yes']) {
      assert.partialDeepStrictEqual(await ask(command, { request }), { text: 'yes' });
    }
    const length = await ask('wc -c', { request });
    assert.ok(length.type === 'reply' && Number(length.text) > content.length);
  });

  it('should be ended where it floods us', async () => {
    const pid = join(folder, 'flood.pid');
    const answer = failed(await ask(`echo $$ > ${pid}; yes flood`));
    assert.equal(answer.kind, 'malformed');
    assert.match(answer.message, /more than 16 MB$/);
    await hasEnded(await lineIn(pid));
    const talk = script('talk', "process.stderr.write('x'.repeat(5_000_000)); console.log('ok');");
    assert.partialDeepStrictEqual(await ask(talk), { type: 'reply', text: 'ok' });
  });

  it('should be ended at the deadline, with all that it started', async () => {
    const pid = join(folder, 'late.pid');
    const controller = new AbortController();
    const late = ask(`(sleep 600 & echo $! > ${pid}; sleep 600) & sleep 600`, {
      signal: controller.signal,
    });
    const grandchild = await lineIn(pid);
    controller.abort();
    const answer = failed(await late);
    assert.equal(answer.kind, 'timeout');
    assert.match(answer.message, /gave no answer in time$/);
    await hasEnded(grandchild);
    assert.equal(failed(await ask('echo no', { signal: controller.signal })).kind, 'timeout');
  });

  it('should be ended at the deadline, also where something of it left the group', async () => {
    const pid = join(folder, 'gone.pid');
    const leave = script(
      'leave',
      `import { spawn } from 'node:child_process';
       import { writeFileSync } from 'node:fs';
       const child = spawn('sleep', ['600'], { detached: true, stdio: 'inherit' });
       writeFileSync(${JSON.stringify(pid)}, child.pid + '\\n');
       child.unref();
       if (process.argv[2] === 'wait') setInterval(() => {}, 1000);
       else console.log('done');`,
    );
    const controller = new AbortController();
    const late = ask(`${leave} wait`, { signal: controller.signal });
    const first = await lineIn(pid);
    controller.abort();
    assert.equal(failed(await late).kind, 'timeout');
    rmSync(pid);
    // It holds the output open; what the program itself wrote counts all the same.
    assert.partialDeepStrictEqual(await ask(leave), { type: 'reply', text: 'done' });
    for (const left of [first, await lineIn(pid)]) process.kill(Number(left), 'SIGKILL');
  });

  it('should leave nothing behind when it has answered', async () => {
    const pid = join(folder, 'behind.pid');
    const answer = await ask(`sleep 600 & echo $! > ${pid}; echo done`);
    assert.partialDeepStrictEqual(answer, { type: 'reply', text: 'done' });
    await hasEnded(await lineIn(pid));
  });

  it("should know nobody's key, and the rest of the environment", async () => {
    const environment = {
      ...PLAIN,
      OPENAI_API_KEY: 'sk-geheim-1',
      ANTHROPIC_API_KEY: 'sk-geheim-2',
      GEMINI_API_KEY: 'sk-geheim-3',
      TEAM_KEY: 'sk-geheim-4',
      BOT_TOKEN: 'its own',
    };
    const answer = await ask('env', { environment, keys: ['TEAM_KEY'] });
    assert.ok(answer.type === 'reply');
    assert.ok(!answer.text.includes('geheim'), answer.text);
    assert.match(answer.text, /^BOT_TOKEN=its own$/m);
  });

  it('should be recorded under a name of this process', () => {
    const provider = programProvider('exec:./bot', './bot', PLAIN);
    assert.match(provider.recordedAs ?? '', /^exec:\.\/bot#[0-9a-f-]{36}$/);
  });
});
