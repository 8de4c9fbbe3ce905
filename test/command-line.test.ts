import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STARTER_SPEC } from '../src/app/files.ts';
import {
  type Folder,
  listing,
  NO_NETWORK,
  type Ran,
  STAMP,
  TENET,
  temporaryFolder,
  type User,
  userIn,
} from './command.ts';
import { type Report, reportSchema } from './report-document.ts';

const COLUMNS = 80;

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** What holds for everything that is printed for people into a pipe. */
function assertPlainText(text: string): void {
  assert.ok(!/[^\P{Cc}\n]/u.test(text), 'there are control characters in it');
  for (const line of linesOf(text)) {
    assert.ok([...line].length <= COLUMNS, `wider than ${COLUMNS} columns: ${line}`);
  }
}

/** The words of a report between its two stamps, which must be there. */
function assertStamped(text: string): string[] {
  const lines = linesOf(text);
  const last = lines.findLastIndex((line) => STAMP.test(line));
  assert.match(lines[0] ?? '', STAMP);
  assert.ok(last > 0, 'there is no stamp at the end');
  return lines.slice(last + 1);
}

function done({ code, stdout, stderr }: Ran): string {
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('the command line in a fresh folder, without a key or a network', () => {
  let folder: Folder;
  let user: User;
  let audit: Ran;
  let report: Report;
  before(async () => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    audit = await user.run('audit');
    report = reportSchema.parse(JSON.parse(done(await user.run('report', '--format', 'json'))));
  });
  after(() => folder[Symbol.dispose]());

  it('should audit the starter spec and say all that the next step needs', () => {
    const text = done(audit);
    assertPlainText(text);
    const afterwards = assertStamped(text);
    for (const { level, rate } of report.subjects.flatMap(({ levels }) => levels).map(flat)) {
      assert.match(text, new RegExp(`^  ${level} .*${Math.round(100 * rate)} %`, 'm'));
    }
    const broken = report.subjects.flatMap(({ clauses }) =>
      clauses.filter(({ counts }) => counts.violates > 0),
    );
    assert.ok(broken.length > 3, 'the demo has hardly a violation to show');
    for (const { id } of broken) assert.match(text, new RegExp(`^  #${id} .*%.*\\[`, 'm'));
    assert.ok(report.findings.length > 0);
    const words = text.replace(/\s+/g, ' ');
    for (const finding of report.findings) {
      // Names of subjects stand as letters in the table; the clause and the advice stand as they are.
      assert.ok(words.includes(finding.next), `no word of: ${finding.next}`);
    }
    assert.deepEqual(
      afterwards.filter((line) => !/^( {2}tenet .+|Next:|Report: .+|)$/.test(line)),
      [],
    );
    const place = /^Report: (\S+)\.md \(and \.json\)$/m.exec(text)?.[1];
    assert.ok(place !== undefined, 'it does not say where the report is');
    assert.ok(existsSync(folder.at(`${place}.md`)) && existsSync(folder.at(`${place}.json`)));
  });

  it('should offer next steps that work', async () => {
    const text = done(audit);
    const steps = [...text.matchAll(/^ {2}tenet (.+)$/gm)].map(([, step]) => step ?? '');
    assert.ok(steps.length >= 3, 'it offers next to nothing');
    for (const step of steps) assertPlainText(done(await user.run(...step.split(' '))));
  });

  it('should print one JSON document and nothing else, with --json', async () => {
    using other = temporaryFolder();
    const ran = await userIn(other.path).run('audit', '--json');
    const text = done(ran);
    assert.equal(text, readFileSync(folder.at(`.tenet/reports/${report.run.id}.json`), 'utf8'));
    assert.equal(ran.stderr, '');
    const parsed = reportSchema.parse(JSON.parse(text));
    assert.equal(parsed.run.simulated, true);
    assert.equal(parsed.accounting.samples.planned, 196);
    assert.ok(text.startsWith('{') && text.endsWith('}\n'));
  });

  it('should report in three formats, the same as the files it wrote', async () => {
    const { id } = report.run;
    const file = (suffix: string): string =>
      readFileSync(folder.at(`.tenet/reports/${id}.${suffix}`), 'utf8');
    const text = done(await user.run('report', id.slice(0, 6)));
    assertPlainText(text);
    assert.deepEqual(assertStamped(text), [], 'there is something after the last stamp');
    assert.ok(done(audit).startsWith(text), 'the audit printed another report');
    assert.equal(done(await user.run('report', '--format', 'json')), file('json'));
    const markdown = done(await user.run('report', '--format', 'markdown'));
    assert.equal(markdown, file('md'));
    assert.match(markdown, /^> \*\*SIMULATED:\*\*/m);
    const all = done(await user.run('report', id, '--all'));
    assertPlainText(all);
    const tested = report.subjects[0]?.clauses ?? [];
    assert.equal(tested.length, 27);
    for (const clause of tested) assert.ok(all.includes(`#${clause.id}`), clause.id);
  });

  it('should list runs and show transcripts with the words that verdicts cite', async () => {
    const runs = done(await user.run('runs'));
    assertPlainText(runs);
    assert.match(runs, new RegExp(`^${report.run.id} .* finished +196/196`, 'm'));
    assert.match(runs, /SIMULATED/);
    const listed = JSON.parse(done(await user.run('runs', '--json')));
    assert.partialDeepStrictEqual(listed, {
      schema: 'tenet.runs/1',
      runs: [{ id: report.run.id, state: 'finished', simulated: true }],
    });
    const worst = report.subjects.flatMap(({ clauses }) =>
      clauses.flatMap(({ worst }) => worst),
    )[0];
    assert.ok(worst !== undefined);
    const shown = done(await user.run('show', report.run.id, worst.transcript));
    assertPlainText(shown);
    assert.deepEqual(assertStamped(shown), []);
    const quote = worst.quotes[0];
    assert.ok(quote !== undefined && shown.includes('«'));
    const document = JSON.parse(
      done(await user.run('show', report.run.id, worst.transcript, '--json')),
    );
    const cited = document.sample.transcript.messages.find(
      ({ id }: { id: string }) => id === quote.message,
    );
    assert.equal(cited.content.slice(quote.start, quote.end), quote.quote);
  });

  it('should look into a spec', async () => {
    const stats = done(await user.run('spec', 'stats', STARTER_SPEC));
    assertPlainText(stats);
    assert.match(stats, /^Clauses +27$/m);
    assert.partialDeepStrictEqual(
      JSON.parse(done(await user.run('spec', 'stats', STARTER_SPEC, '--json'))),
      { schema: 'tenet.spec-stats/1', examples: 40, diagnostics: [], dangling: [] },
    );
    const outline = done(await user.run('spec', 'show', STARTER_SPEC));
    assertPlainText(outline);
    assert.match(outline, /#do_not_flatter/);
    const clause = done(await user.run('spec', 'show', STARTER_SPEC, '#do_not_flatter'));
    assertPlainText(clause);
    assert.match(clause, /level user/);
    assert.equal(clause, done(await user.run('spec', 'show', STARTER_SPEC, 'do_not_flatter')));
    const json = JSON.parse(
      done(await user.run('spec', 'show', STARTER_SPEC, 'do_not_flatter', '--json')),
    );
    assert.equal(json.schema, 'tenet.clause/1');
  });

  it('should plan without writing anything, with --dry-run', async () => {
    using other = temporaryFolder();
    const planner = userIn(other.path, { NODE_OPTIONS: NO_NETWORK });
    const text = done(await planner.run('audit', '--dry-run', '--repeats', '2'));
    assertPlainText(text);
    assert.match(text, /98 scenarios × 2 subjects × 2 repeats = 392/);
    const real = ['--subject', 'openai:gpt-5', '--judge', 'anthropic:claude-sonnet-4-5'];
    const document = JSON.parse(done(await planner.run('audit', ...real, '--dry-run', '--json')));
    assert.partialDeepStrictEqual(document, {
      schema: 'tenet.plan-estimate/1',
      simulated: false,
      samples: 98,
      calls: { total: 196 },
    });
    assert.ok(document.tokens.input > 0);
    assert.deepEqual(listing(other.path), {});
  });

  it('should say that there are no runs yet, and offer to make one', async () => {
    using other = temporaryFolder();
    const { code, stdout, stderr } = await userIn(other.path).run('runs');
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /tenet audit/);
    assert.deepEqual(listing(other.path), {});
  });

  it('should colour on a terminal, and nowhere else', (t) => {
    const inTerminal = (variables: Record<string, string>): string | null => {
      const env = { PATH: process.env.PATH ?? '', TERM: 'xterm', ...variables };
      const command = `'${process.execPath}' '${TENET}' report`;
      const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
        cwd: folder.path,
        env,
        encoding: 'utf8',
      });
      return status === 0 ? stdout : null;
    };
    const coloured = inTerminal({});
    if (coloured === null) return t.skip("'script' gives no terminal here");
    assert.ok(coloured.includes('\u001b['));
    for (const variable of ['NO_COLOR', 'CI']) {
      assert.ok(!inTerminal({ [variable]: '1' })?.includes('\u001b'), variable);
    }
  });

  it('should say its version and its help, on stdout', async () => {
    const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const flag of ['--version', '-V']) {
      assert.equal(done(await user.run(flag)), `${version}\n`);
    }
    for (const command of [[], ['audit'], ['report'], ['spec', 'show']]) {
      const help = await user.run(...command, '--help');
      assertPlainText(done(help));
      assert.equal(help.stderr, '');
    }
    for (const command of [['gate'], ['judge', 'again'], ['spec', 'lint']]) {
      const [asked, other] = [await user.run('help', ...command), await user.run(...command, '-h')];
      assert.equal(done(asked), done(other));
    }
  });
});

/** The parts of a level that its line in the table shows. */
function flat({ level, rate }: Report['subjects'][number]['levels'][number]): {
  level: string;
  rate: number;
} {
  return { level, rate: rate.estimate ?? Number.NaN };
}
