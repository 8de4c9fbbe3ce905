import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import {
  type Folder,
  NO_NETWORK,
  STAMP,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';
import { jsonSchemaOf } from '../../../app/schemas.ts';
import { capability } from './capability.ts';
import { DECISION_TABLE } from './decision-table.ts';
import { type HealthDocument, healthSchema } from './schema.ts';

const SPEC = new URL('../../../../specs/starter/spec.md', import.meta.url).pathname;
const FAULTY = 'sim:subject?violates=0.05&violates.tell_the_truth=0.8&seed=b';

/** The words of a command line as a POSIX shell takes them, after `tenet`. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  assert.equal(words[0], 'tenet');
  return words.slice(1).map((word) => word.replaceAll("'", ''));
}

describe('tenet health', () => {
  let folder: Folder;
  let user: User;
  let newest = '';
  let transcripts = 0;
  let clauses: HealthDocument['clauses'] = [];
  const done = async (...args: string[]): Promise<string> => {
    const ran = await user.run(...args);
    assert.equal(ran.code, 0, ran.stderr);
    return ran.stdout;
  };
  const read = async (...args: string[]): Promise<HealthDocument> =>
    healthSchema.parse(JSON.parse(await done('health', SPEC, '--format', 'json', ...args)));
  const audit = (...args: string[]): Promise<string> =>
    done('audit', '--spec', SPEC, '--judge', 'sim:judge?specificity=0.97', ...args);

  before(() => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
  });
  after(() => folder[Symbol.dispose]());

  it('says before any run that nothing can be told, and what to run', async () => {
    const text = await done('health', SPEC);
    assert.match(text, /^No run of this spec is in the ledger\.$/m);
    assert.match(text, /^Nothing can be told: there is not enough evidence of 27 of 27 clauses/m);
    assert.match(text, /^27 never tested, 0 only by what can't fail/m);
    const [command] = /tenet audit .*/.exec(text) ?? [];
    await done(...wordsOf(command ?? ''), '--dry-run');
  });

  it('says what one judge and one subject cannot show, with commands that work', async () => {
    await audit(
      '--subject',
      'sim:subject?violates=0.05',
      '--repeats',
      '2',
      '--clauses',
      'level:user',
    );
    const { diagnoses, evidence, next, counts, simulated } = await read();
    assert.deepEqual([diagnoses, simulated], [[], true]);
    assert.deepEqual([evidence.runs.length, evidence.judges.length], [1, 1]);
    assert.ok(counts.never > 0 && counts.never + counts.noPower + counts.cannotFail === 27);
    const told = next.map(({ text }) => text).join('\n');
    for (const what of [
      /never tested/,
      /one judge only/,
      /one subject only/,
      /No judge was measured/,
    ]) {
      assert.match(told, what);
    }
    for (const { command } of next) {
      assert.ok(command);
      const words = wordsOf(command).map((word) =>
        word.replace(/^JUDGE$/, 'sim:judge?seed=z').replace(/^MODEL$/, FAULTY),
      );
      await done(...words, '--dry-run');
    }
  });

  it('lays what one subject alone does at its door, from all runs together', async () => {
    await audit('--subject', 'sim:subject?violates=0.05', '--repeats', '5');
    await audit('--subject', FAULTY, '--repeats', '5');
    const { diagnoses, evidence } = await read();
    assert.deepEqual([evidence.runs.length, evidence.subjects.length], [3, 2]);
    newest = evidence.runs.at(-1)?.id ?? '';
    transcripts = evidence.transcripts;
    const [told] = diagnoses;
    assert.deepEqual(
      [told?.clause, told?.faults, told?.rule],
      ['tell_the_truth', ['model'], 'subject-alone'],
    );
    assert.equal(diagnoses.length, 1);
    const [first] = told?.evidence ?? [];
    assert.ok(first);
    const words = ['tenet', 'show', first.run, first.transcript];
    assert.equal(told?.settle.command, words.join(' '));
    assert.deepEqual([told?.settle.code, told?.settle.words], ['read-transcript', words]);
    assert.deepEqual([told?.code, told?.scenario], ['subject-alone', null]);
    assert.match(JSON.stringify(told?.data), /"failing":\[\{"subject":"sim:subject\?/);
    assert.match(await done('show', first.run, first.transcript), /breaks #tell_the_truth/);
    const other = await read('--clauses', 'keep_confidences');
    assert.deepEqual([other.diagnoses, other.clauses.length], [[], 1]);
  });

  it('reads the judges that judged the same transcripts again as more judges, and certificates', async () => {
    await done('judge', 'again', newest, '--judge', 'sim:judge?sensitivity=0.9&seed=c');
    await done(
      'judge',
      'calibrate',
      '--judge',
      'sim:judge?specificity=0.97',
      '--spec',
      SPEC,
      '--retest',
      '0',
      '--no-pairs',
    );
    const after = await read();
    assert.equal(after.evidence.transcripts, transcripts);
    clauses = after.clauses;
    assert.deepEqual(
      after.evidence.judges.map(({ measured }) => measured),
      [true, false],
    );
    const compared = after.clauses.reduce((sum, clause) => sum + clause.compared.cases, 0);
    assert.ok(compared > 400, `${compared} transcripts have two judges`);
    assert.ok(after.questions.bySignal.some(({ code }) => code === 'judges-disagree'));
    assert.ok(after.questions.bySignal.some(({ code }) => code === 'good-fails'));
    assert.deepEqual(
      after.diagnoses.map(({ clause }) => clause),
      ['tell_the_truth'],
    );
  });

  it('prints no line that is too long, every clause with --all, and the stamp at both ends', async () => {
    const text = await done('health', SPEC, '--all');
    const lines = text.trimEnd().split('\n');
    assert.match(lines[0] ?? '', STAMP);
    assert.match(lines.at(-1) ?? '', STAMP);
    for (const line of lines) assert.ok(line.length <= 80, line);
    for (const { id } of clauses) assert.ok(text.includes(`#${id.slice(0, 20)}`), id);
    const markdown = await done('health', SPEC, '--format', 'markdown');
    assert.match(markdown, /^### `#tell_the_truth`: model$/m);
    assert.equal(markdown.match(/^\| `#/gm)?.length, clauses.length);
  });

  for (const { what, args, says } of [
    { what: 'a ledger that is not there', args: ['--ledger', 'none.db'], says: /none\.db/ },
    { what: 'a query that fits nothing', args: ['--clauses', 'no_such'], says: /--clauses/ },
    { what: 'a spec that is not there', args: [], says: /no-spec\.md: there is no such file/ },
  ]) {
    it(`says in one message what is wrong: ${what}`, async () => {
      const file = args.length === 0 ? 'no-spec.md' : SPEC;
      const { code, stdout, stderr } = await user.run('health', file, ...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, says);
    });
  }
});

describe('what is published of health', () => {
  it('has the schema of the documents that are printed', async () => {
    const file = new URL('../../../../docs/schemas/health-1.json', import.meta.url);
    const [entry] = capability.documents ?? [];
    assert.ok(entry);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), await jsonSchemaOf(entry));
  });

  it('has every row of the decision table, in its order', () => {
    const page = readFileSync(new URL('../../../../docs/health.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm)].map((row) =>
      row.slice(1),
    );
    assert.deepEqual(
      rows,
      DECISION_TABLE.map(({ code, when, faults }) => [code, when, faults.join(' or ')]),
    );
  });
});
