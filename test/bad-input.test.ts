import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, describe, it } from 'node:test';
import { listing, temporaryFolder, userIn } from './command.ts';

type Content = string | Buffer | (() => Buffer);

interface Case {
  what: string;
  /** What lies in the folder; a name with a slash at its end is a folder. */
  files?: Record<string, Content>;
  args: string[];
  /** What was wrong and where, and what to do about it. */
  says: RegExp[];
}

const MOST_LINES = 3;

const REAL = ['--subject', 'openai:gpt-5', '--judge', 'sim:judge'];

const row = (rest: object): string =>
  `${JSON.stringify({ id: 'a', clause: 'tell_the_truth', ...rest })}\n`;

/** The bytes of a ledger with one finished run, made once. */
let ledger: Buffer;

/** A closed port, and the address of it. */
let refusing: string;

before(async () => {
  using folder = temporaryFolder();
  const ran = await userIn(folder.path).run('audit', '--limit', '1', '--json');
  assert.equal(ran.code, 0, ran.stderr);
  ledger = readFileSync(folder.at('.tenet', 'ledger.db'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address !== 'string');
  refusing = `http://127.0.0.1:${address.port}/v1`;
  await new Promise((resolve) => server.close(resolve));
});

/** A ledger as a later version of the program would leave it. */
function newerLedger(): Buffer {
  using folder = temporaryFolder();
  writeFileSync(folder.at('l.db'), ledger);
  const database = new DatabaseSync(folder.at('l.db'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  return readFileSync(folder.at('l.db'));
}

/** Somebody else's SQLite file. */
function foreignDatabase(): Buffer {
  using folder = temporaryFolder();
  const database = new DatabaseSync(folder.at('x.db'));
  database.exec('CREATE TABLE guests (name TEXT)');
  database.close();
  return readFileSync(folder.at('x.db'));
}

const noClause = [/there is no clause in this file/, /Markdown with headings/];

const specFiles: Case[] = [
  {
    what: 'an empty spec',
    files: { 's.md': '' },
    args: ['s.md'],
    says: [/s\.md:1:1/, ...noClause],
  },
  {
    what: 'a file that is no spec',
    files: { 's.md': 'Dear diary,\nnothing happened.\n' },
    args: ['s.md'],
    says: [/s\.md:1:1/, ...noClause],
  },
  {
    what: 'a spec of one line of 50 MB',
    files: { 's.md': () => Buffer.alloc(50 * 1024 * 1024, 'word ') },
    args: ['s.md'],
    says: [/s\.md:1:1/, ...noClause],
  },
  {
    what: 'a spec of more than 64 MB',
    files: { 's.md': () => Buffer.alloc(65 * 1024 * 1024, 'word ') },
    args: ['s.md'],
    says: [/s\.md: 65 MB is too much/, /limit is 64 MB/],
  },
  {
    what: 'a spec that is not UTF-8',
    files: { 's.md': Buffer.from('# A\n\nna\u00efve\n', 'latin1') },
    args: ['s.md'],
    says: [/s\.md:3:3/, /Save the file as UTF-8/],
  },
  {
    what: 'a folder for a spec',
    files: { 'specs/': '' },
    args: ['specs'],
    says: [/specs: this is a folder/, /Name the file/],
  },
  {
    what: 'no file at all',
    args: ['s.md'],
    says: [/s\.md: there is no such file/, /Check the path/],
  },
];

const specs: Case[] = specFiles.map(({ args, what, ...rest }) => ({
  ...rest,
  what: `an audit of ${what}`,
  args: ['audit', '--spec', ...args],
}));

const looks: Case[] = [
  {
    what: 'statistics of an empty spec',
    files: { 's.md': '' },
    args: ['spec', 'stats', 's.md'],
    says: [/s\.md:1:1/, ...noClause],
  },
  {
    what: 'a clause that is not there',
    files: { 's.md': '# Rules\n\n## Be honest {#be_honest authority=user}\n\nDo not lie.\n' },
    args: ['spec', 'show', 's.md', 'be_honets'],
    says: [/s\.md: there is no clause #be_honets/, /Is it #be_honest/],
  },
];

const suites: Case[] = [
  ['a row without messages', 'u.jsonl', row({}), [/u\.jsonl:1: no messages/, /give 'messages'/]],
  [
    'a row with an empty list of messages',
    'u.jsonl',
    row({ prompt: 'x' }) + row({ id: 'b', messages: [] }),
    [/u\.jsonl:2: .*messages/],
  ],
  [
    'a message of an unknown role',
    'u.jsonl',
    row({ messages: [{ role: 'king', content: 'x' }] }),
    [/u\.jsonl:1: .*messages\.0\.role/, /"system"\|"developer"\|"user"/],
  ],
  [
    'a row with an unknown clause',
    'u.jsonl',
    row({ prompt: 'x', clause: 'tell_truth' }),
    [/u\.jsonl:1: the spec has no clause #tell_truth/, /Is it #tell_the_truth/],
  ],
  [
    'a row without a clause',
    'u.csv',
    'prompt\nhello\n',
    [/u\.csv:2: no clause/, /a column or field named 'clause'/],
  ],
  [
    'a line of bad JSON',
    'u.jsonl',
    `${row({ prompt: 'x' })}{oops\n`,
    [/u\.jsonl:2: this line is no JSON/],
  ],
  [
    'the same id twice',
    'u.jsonl',
    row({ prompt: 'x' }) + row({ prompt: 'y' }),
    [/u\.jsonl:2: the id 'a' stands at 1 too/],
  ],
  ['no rows', 'u.csv', '', [/u\.csv: no scenario in it/, /'clause' and a 'prompt'/]],
  ['a CSV quote that never ends', 'u.csv', 'clause,prompt\na,"x', [/u\.csv:2: this is no CSV/]],
  [
    'bytes that are not UTF-8',
    'u.csv',
    Buffer.from([0x63, 0xff]),
    [/u\.csv: this is no UTF-8/, /Save the file as UTF-8/],
  ],
].map(([what, file, content, says]) => ({
  what: `a suite with ${what}`,
  files: { [file as string]: content as Content },
  args: ['audit', '--suite', file as string],
  says: says as RegExp[],
}));

const models: Case[] = [
  [
    'an unknown provider',
    ['--subject', 'opnai:gpt-5'],
    [/--subject: .*"opnai"/, /Did you mean "openai"/],
  ],
  ['a model without a provider', ['--judge', 'gpt-5'], [/--judge: "gpt-5"/, /openai:gpt-5/]],
  ['a missing key', REAL, [/openai:gpt-5: there is no key/, /OPENAI_API_KEY/]],
  [
    'a key in the place of its name',
    ['--subject', 'openai:gpt-5?key=sk-geheim-0123', '--judge', 'sim:judge'],
    [/key must be the name of an environment variable/],
  ],
  [
    'an unknown option of a model',
    ['--subject', 'openai:gpt-5?tempo=1', '--judge', 'sim:judge'],
    [/no option "tempo"/, /Options are base, key/],
  ],
  ['an unknown plant', ['--subject', 'sim:subject?oops=1'], [/no option 'oops'/, /has violates, /]],
  [
    'a plant that is no share',
    ['--subject', 'sim:subject?violates=2'],
    [/violates=2/, /from 0 to 1/],
  ],
  ['a simulated subject as judge', ['--judge', 'sim:subject'], [/--judge: /, /Write sim:judge/]],
  [
    'a simulated judge as subject',
    ['--subject', 'sim:judge'],
    [/--subject: /, /Write sim:subject/],
  ],
  [
    'real subjects without a judge',
    ['--subject', 'ollama:x'],
    [/--judge: name the model/, /such as/],
  ],
  [
    'a base address that is none',
    ['--subject', 'vllm:x?base=nonsense', '--judge', 'sim:judge'],
    [/vllm:x: base must be an http/, /such as http:/],
  ],
  [
    'no base address',
    ['--subject', 'compatible:x', '--judge', 'sim:judge'],
    [/compatible:x: it needs an address/, /base=/],
  ],
  [
    'simulated and real subjects in one run',
    ['--subject', 'sim:subject', '--subject', 'ollama:x', '--judge', 'sim:judge'],
    [/--subject: simulated and real/, /Audit them apart/],
  ],
  [
    'the same subject twice',
    ['--subject', 'sim:subject', '--subject', 'sim:subject'],
    [/--subject: .*twice/, /--repeats/],
  ],
  [
    'a budget for a model of unknown price',
    [
      '--subject',
      'compatible:x?base=http://127.0.0.1:9/v1',
      '--judge',
      'sim:judge',
      '--budget',
      '1',
    ],
    [/--budget: the price of compatible:x is not known/, /Give it in tenet\.config\.ts/],
  ],
].map(([what, args, says]) => ({
  what: what as string,
  args: ['audit', ...(args as string[])],
  says: says as RegExp[],
}));

const flags: Case[] = [
  ['an unknown flag', ['audit', '--nonsense'], [/unknown option '--nonsense'/, /--help/]],
  ['an unknown command', ['adit'], [/unknown command 'adit'/, /audit|--help/]],
  ['no repeats', ['audit', '--repeats', '0'], [/--repeats.*'0'/, /a whole number above 0/]],
  [
    'more repeats than there can be samples',
    ['audit', '--limit', '10', '--repeats', '1000000000'],
    [
      /--repeats: 10 scenarios, 2 subjects and 1,000,000,000 repeats are more than the 20,000,000 samples/,
      /Give 1,000,000 at most, or fewer scenarios with --limit/,
    ],
  ],
  ['a budget in words', ['audit', '--budget', 'five'], [/--budget.*'five'/, /a number/]],
  ['an unknown format', ['report', '--format', 'pdf'], [/--format.*'pdf'/, /text, json, markdown/]],
  ['an unknown shell', ['completion', 'tcsh'], [/'tcsh'/, /bash, zsh, fish/]],
  [
    'a query with a mistake',
    ['audit', '--clauses', 'level=king'],
    [/--clauses: column 7 of 'level=king'/, /Expected one of root/],
  ],
  ['an empty query', ['audit', '--clauses', ''], [/--clauses: column 1/, /Expected an id/]],
  [
    'a system prompt that is not there',
    ['audit', '--system', 'p.txt'],
    [/p\.txt: there is no such file/, /Check the path/],
  ],
  ['a report before any run', ['report'], [/ledger\.db: there is no ledger here/, /'tenet audit'/]],
  [
    'a replay before any run',
    ['audit', '--offline'],
    [/ledger\.db: there is no ledger/, /'tenet audit'/],
  ],
].map(([what, args, says]) => ({
  what: what as string,
  args: args as string[],
  says: says as RegExp[],
}));

const ours = (): Buffer => ledger;

const ledgers: Case[] = [
  {
    what: 'a ledger that is a text',
    files: { 'l.db': 'My notes, not a database. '.repeat(20) },
    args: ['audit', '--ledger', 'l.db'],
    says: [/l\.db is not a ledger/, /Nothing was changed/, /another file with --ledger/],
  },
  {
    what: "a ledger that is somebody else's database",
    files: { 'l.db': foreignDatabase },
    args: ['audit', '--ledger', 'l.db'],
    says: [/l\.db is a database, but not a ledger/, /another file with --ledger/],
  },
  {
    what: 'a ledger of a newer version',
    files: { 'l.db': newerLedger },
    args: ['audit', '--ledger', 'l.db'],
    says: [/l\.db was written by a newer Tenet \(ledger version 99/, /Install that Tenet/],
  },
  {
    what: 'a report from a ledger of a newer version',
    files: { 'l.db': newerLedger },
    args: ['report', '--ledger', 'l.db'],
    says: [/l\.db was written by a newer Tenet/, /Install that Tenet/],
  },
  {
    what: 'a ledger that was cut off',
    files: { 'l.db': () => ledger.subarray(0, 20_000) },
    args: ['audit', '--ledger', 'l.db'],
    says: [/l\.db/, /another file with --ledger/],
  },
  {
    what: 'a ledger that is a folder',
    files: { 'l.db/': '' },
    args: ['audit', '--ledger', 'l.db'],
    says: [/l\.db is a folder/],
  },
  {
    what: 'a ledger in a folder that is a file',
    files: { notes: 'x' },
    args: ['audit', '--ledger', 'notes/l.db'],
    says: [/notes\/l\.db can't be opened/, /another file with --ledger/],
  },
  {
    what: 'going on with an unknown run',
    files: { '.tenet/ledger.db': ours },
    args: ['audit', '--resume', 'zzzz'],
    says: [/--resume zzzz: there is no such run in \S*ledger\.db/, /'tenet runs' lists them/],
  },
  {
    what: 'a report of an unknown run',
    files: { '.tenet/ledger.db': ours },
    args: ['report', 'zzzz'],
    says: [/zzzz: there is no such run/, /'tenet runs' lists them/],
  },
  {
    what: 'a replay of what was never asked',
    files: { '.tenet/ledger.db': ours },
    args: ['audit', '--offline', '--seed', '5'],
    says: [/--offline: nothing of this plan is on record/, /without --offline/],
  },
];

/** SQLite leaves two files with nothing in them beside what it has only read, and taking hold of a ledger one. */
function withoutTraces(files: Record<string, string>): Record<string, string> {
  const nothing = hash('sha256', '');
  return Object.fromEntries(
    Object.entries(files).filter(
      ([name, digest]) =>
        !/\.db(-shm|\.hold)$/.test(name) && !(name.endsWith('.db-wal') && digest === nothing),
    ),
  );
}

const config = (what: string, content: string, ...says: RegExp[]): Case => ({
  what: `a configuration ${what}`,
  files: { 'tenet.config.ts': content },
  args: ['audit'],
  says: [/tenet\.config\.ts/, ...says],
});

const configs: Case[] = [
  config('that does not parse', 'export default {', /can't be loaded/),
  config('that throws', "throw new Error('boom')\n", /can't be loaded: boom/),
  config('without an export', 'const judge = 1\n', /no default export/, /Write 'export default/),
  config(
    'with an unknown setting',
    'export default { jugde: 1 }',
    /"jugde"/,
    /Settings are .*judge/,
  ),
  config(
    'with a wrong value',
    'export default { repeats: 0 }',
    /repeats: must be a whole number above 0/,
  ),
];

describe('bad input', { concurrency: 2 }, () => {
  for (const { what, files, args, says } of [
    ...specs,
    ...looks,
    ...suites,
    ...models,
    ...flags,
    ...ledgers,
    ...configs,
  ]) {
    it(`should be one message and no trace: ${what}`, async () => {
      using folder = temporaryFolder();
      for (const [name, content] of Object.entries(files ?? {})) {
        mkdirSync(name.endsWith('/') ? folder.at(name) : dirname(folder.at(name)), {
          recursive: true,
        });
        if (name.endsWith('/')) continue;
        writeFileSync(folder.at(name), typeof content === 'function' ? content() : content);
      }
      const earlier = listing(folder.path);
      const { code, stdout, stderr } = await userIn(folder.path).run(...args);
      assert.equal(code, 2, `${stdout}${stderr}`);
      assert.equal(stdout, '');
      for (const part of says) assert.match(stderr, part);
      assert.match(stderr, /^tenet: /);
      assert.ok(stderr.trimEnd().split('\n').length <= MOST_LINES, stderr);
      assert.doesNotMatch(stderr, /^\s+at |node:|fault of Tenet|geheim/m);
      assert.deepEqual(withoutTraces(listing(folder.path)), earlier, 'something was written');
    });
  }

  it('should be one message and no trace: a base address that refuses', async () => {
    using folder = temporaryFolder();
    const subject = `vllm:x?base=${refusing}`;
    const ran = await userIn(folder.path).run(
      'audit',
      '--subject',
      subject,
      '--judge',
      'sim:judge',
    );
    assert.deepEqual([ran.code, ran.stdout], [2, '']);
    assert.match(
      ran.stderr,
      /^tenet: vllm:x.*nothing listens at 127\.0\.0\.1.*Start the server.*\n$/,
    );
    assert.deepEqual(listing(folder.path), {});
  });
});
