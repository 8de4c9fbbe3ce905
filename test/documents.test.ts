// Every command, as a script runs it: what `--json` prints is of the schema that the command says it prints.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Capability } from '../src/app/capability.ts';
import { sectionsOf } from '../src/app/lent.ts';
import { documentsOf, jsonSchemaOf } from '../src/app/schemas.ts';
import * as listed from '../src/capabilities.ts';
import { ownCapability } from '../src/cli/capability.ts';
import { commandsOf } from '../src/cli/program.ts';
import { type Folder, NO_NETWORK, temporaryFolder, type User, userIn } from './command.ts';

const capabilities: Capability[] = [...Object.values(listed), ownCapability(() => capabilities)];
const STARTER = fileURLToPath(new URL('../specs/starter/spec.md', import.meta.url));
const CLINIC = fileURLToPath(new URL('../specs/profiles/clinic.yaml', import.meta.url));

const JUDGE = ['--judge', 'sim:judge'];
const FEW = ['--limit', '4', '--retest', '0'];

/** What a command is given, by the document that it then prints. `$1` and `$2` are two runs of the ledger. */
const ARGUMENTS: Record<string, Record<string, string[]>> = {
  audit: {
    'tenet.report/1': ['--limit', '6'],
    'tenet.plan-estimate/1': ['--limit', '6', '--dry-run'],
  },
  runs: { 'tenet.runs/1': [] },
  report: { 'tenet.report/1': ['$1'] },
  show: { 'tenet.transcript/1': ['$1', 't1'] },
  compare: { 'tenet.comparison/1': ['$1', '$2'] },
  health: { 'tenet.health/1': [STARTER] },
  gate: { 'tenet.gate/1': ['$1', '--policy', 'policy.yaml'] },
  'judge again': {
    'tenet.report/1': ['$1', '--judge', 'sim:judge?violates=0.4'],
    'tenet.again-estimate/1': ['$1', '--judge', 'sim:judge?violates=0.5', '--dry-run'],
  },
  'judge calibrate': {
    'tenet.certificate/1': [...JUDGE, ...FEW],
    'tenet.certificates/1': [...JUDGE, '--judge', 'sim:judge?seed=b', ...FEW],
    'tenet.calibration-estimate/1': [...JUDGE, ...FEW, '--dry-run'],
  },
  'judge attack': {
    'tenet.attack/1': [...JUDGE, '--limit', '2'],
    'tenet.attack-estimate/1': [...JUDGE, '--limit', '2', '--dry-run'],
    'tenet.attack-list/1': ['--list'],
  },
  'judge list': { 'tenet.certificates/1': [] },
  label: { 'tenet.labels/1': ['$1', '--progress'] },
  'spec stats': { 'tenet.spec-stats/1': [STARTER] },
  'spec show': { 'tenet.spec/1': [STARTER], 'tenet.clause/1': [STARTER, 'do_not_flatter'] },
  'spec query': { 'tenet.spec-query/1': [STARTER, 'level:root'] },
  'spec lint': { 'tenet.lint/1': [STARTER], 'tenet.lint-rule/1': ['--explain', 'S022'] },
  'spec diff': { 'tenet.spec-diff/1': [STARTER, 'other.md'] },
  'spec resolve': {
    'tenet.resolution/1': [STARTER, '--conversation', 'conversation.json', '--profile', CLINIC],
  },
  'spec effective': {
    'tenet.effective/1': [STARTER, '--profile', CLINIC],
    'tenet.profile-difference/1': [STARTER, '--profile', CLINIC, '--against', 'other.yaml'],
  },
  'spec align': { 'tenet.alignment/1': [STARTER, 'other.md'] },
  'spec convert': { 'tenet.spec-convert/1': [STARTER, '--to', 'speceval'] },
  'spec fetch': {
    // It is there already, so that no network is needed.
    'tenet.spec-fetch/1': ['anthropic', '--out', 'constitution'],
    'tenet.published-specs/1': [],
  },
  'suite draw': { 'tenet.suite-draw/1': [STARTER, '--limit', '5'] },
  'judge rubric': { 'tenet.rubric-draft/1': [STARTER, 'do_not_flatter', '--out', 'rubric.md'] },
  init: { 'tenet.init/1': ['begun'] },
  schema: { 'tenet.schemas/1': [] },
  help: { 'tenet.commands/1': ['spec'] },
};

/** What a command is given that it can't do. */
const WRONG: Record<string, string[]> = {
  audit: ['--spec', 'absent.md'],
  report: ['nosuchrun'],
  show: ['$1', 't9999'],
  compare: ['$1', 'nosuchrun'],
  health: ['absent.md'],
  gate: ['$1', '--policy', 'absent.yaml'],
  'judge again': ['nosuchrun'],
  'judge calibrate': ['--judge', 'nobody:x'],
  'judge attack': ['--judge', 'nobody:x'],
  'judge list': ['--ledger', 'absent.db'],
  label: ['nosuchrun', '--progress'],
  'spec stats': ['absent.md'],
  'spec show': [STARTER, 'no_such_clause'],
  'spec query': [STARTER, 'level:'],
  'spec lint': ['absent.md'],
  'spec diff': [STARTER, 'absent.md'],
  'spec resolve': [STARTER, '--conversation', 'absent.json'],
  'spec effective': [STARTER, '--profile', 'absent.yaml'],
  'spec align': [STARTER, 'absent.md'],
  'spec convert': [STARTER, '--to', 'verse'],
  'spec fetch': ['nobody'],
  'suite draw': [STARTER, '--clauses', 'tag:no_such_tag'],
  'judge rubric': [STARTER, 'no_such_clause'],
  init: ['policy.yaml/below'],
  runs: ['--no-such-flag'],
  schema: ['--no-such-flag'],
  help: ['bogus'],
};

describe('each command, with --json', async () => {
  const entries = commandsOf(capabilities);
  const commands = await Promise.all(
    entries.map(async ({ path, load }) => ({ path, command: await load() })),
  );
  const printing = commands.filter(({ command }) => command.prints.length > 0);
  const checks = new Map<string, ValidateFunction>();
  let folder: Folder;
  let user: User;
  let runs: string[] = [];

  before(async () => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const sections = await sectionsOf(capabilities);
    for (const document of documentsOf(capabilities)) {
      const schema = await jsonSchemaOf(document, sections);
      const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
      checks.set(`${document.name}/${document.version}`, ajv.compile(schema));
    }
    for (const subject of ['sim:subject?violates=0.1', 'sim:subject?violates=0.4']) {
      const ran = await user.run(
        'audit',
        '--subject',
        subject,
        ...JUDGE,
        '--limit',
        '12',
        '--json',
      );
      assert.equal(ran.code, 0, ran.stderr);
      runs = [...runs, JSON.parse(ran.stdout).run.id];
    }
    writeFileSync(
      folder.at('policy.yaml'),
      'policy: tenet.policy/1\ngates:\n  - overall: true\n    adherence: 0.5\n',
    );
    writeFileSync(
      folder.at('conversation.json'),
      '[{"role": "user", "content": "Speak like a pirate."}]',
    );
    writeFileSync(
      folder.at('other.md'),
      '# Be brief {#be_brief authority=user}\n\nSay little, and say it well.\n',
    );
    mkdirSync(folder.at('constitution'));
    const constitution = '# A constitution\n\n## Be honest\n\nClaude should be honest.\n';
    const digest = hash('sha256', constitution);
    writeFileSync(folder.at('constitution', 'spec.md'), constitution);
    const pin = {
      schema: 'tenet.pin/1',
      name: 'anthropic',
      version: '2026-01-20',
      title: 'A constitution',
      licence: 'CC0-1.0',
      address: 'https://example.org/spec.md',
      document: 'spec.md',
      sha256: digest,
      fetchedAt: '2026-11-01T00:00:00.000Z',
      files: { 'spec.md': digest },
      tagsWithoutFile: [],
    };
    writeFileSync(folder.at('constitution', 'tenet-pin.json'), JSON.stringify(pin));
    writeFileSync(
      folder.at('other.yaml'),
      'profile: 1\nid: other\nspec: { id: starter, version: 2026-11-01 }\nby: developer\n',
    );
  });
  after(() => folder[Symbol.dispose]());

  const run = (path: string, words: string[]) => {
    const given = words.map((word) => word.replace(/^\$(\d)$/, (_, at) => runs[at - 1] ?? ''));
    return user.run(...path.split(' '), ...given, '--json');
  };
  const documentIn = (expected: string, stdout: string): void => {
    const document = JSON.parse(stdout);
    assert.equal(document.schema, expected);
    const check = checks.get(expected);
    assert.ok(check !== undefined, `${expected} is not declared`);
    assert.ok(check(document), `${expected}: ${JSON.stringify(check.errors?.slice(0, 3))}`);
  };

  it('should stand in the tables above, with each document that it prints', () => {
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(ARGUMENTS).map(([path, byDocument]) => [
          path,
          Object.keys(byDocument).sort(),
        ]),
      ),
      Object.fromEntries(printing.map(({ path, command }) => [path, [...command.prints].sort()])),
    );
    assert.deepEqual(Object.keys(WRONG).sort(), printing.map(({ path }) => path).sort());
  });

  for (const { path, command } of printing) {
    for (const printed of command.prints) {
      it(`should print ${printed} for tenet ${path}`, async () => {
        const { code, stdout, stderr } = await run(path, ARGUMENTS[path]?.[printed] ?? []);
        const known = [0, ...Object.keys(command.exit ?? {}).map(Number)];
        assert.ok(known.includes(code ?? -1), `exit ${code}: ${stderr}`);
        documentIn(printed, stdout);
      });
    }

    it(`should print tenet.error/1 where tenet ${path} can’t be done`, async () => {
      const { code, stdout, stderr } = await run(path, WRONG[path] ?? []);
      assert.equal(code, 2, stdout.slice(0, 200));
      documentIn('tenet.error/1', stdout);
      assert.notEqual(JSON.parse(stdout).code, 'internal', stderr);
      assert.match(stderr, /^tenet: /);
    });
  }
});
