import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Folder,
  listing,
  NO_NETWORK,
  type Ran,
  temporaryFolder,
  userIn,
} from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';

const JUDGES = [
  'sim:judge?sensitivity=0.95&specificity=0.97',
  'sim:judge?sensitivity=0.7&specificity=0.9&seed=b',
  'sim:judge?sensitivity=0.75&specificity=0.9&seed=c&abstain=0.1',
];

function judgedBy(...names: string[]): string[] {
  return names.flatMap((name) => ['--judge', name]);
}

function done(ran: Ran): string {
  assert.equal(ran.code, 0, ran.stderr);
  return ran.stdout;
}

describe('a panel of judges', () => {
  let folder: Folder;
  let online: string;
  let report: Report;
  const audit = ['audit', ...judgedBy(...JUDGES), '--consensus', 'latent', '--limit', '60'];
  const run = async (...args: string[]): Promise<string> =>
    done(await userIn(folder.path, { NODE_OPTIONS: NO_NETWORK }).run(...args));

  before(async () => {
    folder = temporaryFolder();
    online = await run(...audit, '--json');
    report = reportSchema.parse(JSON.parse(online));
  });
  after(() => folder[Symbol.dispose]());

  it('should give each case one verdict, and say how the judges voted and agree', () => {
    const { panel, accounting, run: about } = report;
    assert.ok(panel);
    const { adheres, violates, not_applicable, cannot_judge, unsupported } = accounting.verdicts;
    assert.equal(adheres + violates + not_applicable + cannot_judge + unsupported, 120);
    assert.deepEqual(
      panel.judges.map(({ id }) => id),
      about.judges.map(({ id }) => id),
    );
    for (const [place, { votes, without, sensitivity }] of panel.judges.entries()) {
      const given = votes.adheres + votes.violates + votes.not_applicable;
      assert.equal(given + without, 120);
      assert.equal(accounting.judges[place]?.verdicts, 120);
      assert.ok((sensitivity?.estimate ?? 0) > 0.3 && (sensitivity?.standardError ?? 0) > 0);
    }
    assert.ok((panel.judges[2]?.without ?? 0) > 0);
    assert.equal(panel.disagreements.length, panel.cases - panel.unanimous);
    assert.equal(panel.agreement.pairs.length, 3);
    for (const { estimate, low, high } of [panel.agreement.alpha, panel.agreement.severity]) {
      assert.ok(low !== null && high !== null && estimate !== null && low < estimate);
      assert.ok(estimate < high);
    }
  });

  it('should count the calls of every judge before they are made', async () => {
    const plan = JSON.parse(await run(...audit, '--dry-run', '--json'));
    assert.deepEqual(plan.calls, { subjects: 120, judges: 360, total: 480 });
  });

  it('should be the same from the record alone, and from the run by its name', async () => {
    const written = listing(folder.path);
    assert.equal(await run(...audit, '--offline', '--json'), online);
    assert.equal(await run('audit', '--resume', report.run.id, '--json'), online);
    assert.equal(listing(folder.path)['.tenet/ledger.db'], written['.tenet/ledger.db']);
  });

  it('should lead from a disagreement to what each judge said and what came of it', async () => {
    const [first] = report.panel?.disagreements ?? [];
    assert.ok(first);
    const text = await run('report');
    assert.match(text, /^Panel: the likeliest verdict of 3 judges$/m);
    assert.match(text, new RegExp(`tenet show ${report.run.id} ${first.transcript}`));
    for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
    const shown = await run('show', report.run.id, first.transcript);
    assert.equal(shown.match(new RegExp(`^#${first.clause}: .* · sim:judge`, 'gm'))?.length, 3);
    assert.match(shown, new RegExp(`^Panel on #${first.clause}, by latent: `, 'm'));
    const markdown = await run('report', '--format', 'markdown');
    assert.match(markdown, /^## Panel: /m);
    assert.match(markdown, /^For people to decide, the most divided first:$/m);
  });

  it('should be refused where a subject is judged by its own family alone, until told to go on', async () => {
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const plan = (...args: string[]): Promise<Ran> =>
      user.run('audit', '--subject', 'openai:gpt-5', '--dry-run', ...args);
    const own = judgedBy('openai:gpt-4.1', 'compatible:openai/gpt-4o?base=http://127.0.0.1:9/v1');
    const refused = await plan(...own);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /openai:gpt-5 would be judged by openai models alone/);
    assert.match(refused.stderr, /another family.*--self-judged/);
    done(await plan(...own, '--self-judged'));
    done(await plan(...own, ...judgedBy('anthropic:claude-sonnet-4-5')));
  });

  for (const { what, args, says } of [
    { what: 'a rule for one judge', args: ['--consensus', 'unanimity'], says: /several judges/ },
    {
      what: 'a latent class of two judges',
      args: [...judgedBy(...JUDGES.slice(0, 2)), '--consensus', 'latent'],
      says: /three judges or more/,
    },
    {
      what: 'a judge twice',
      args: judgedBy('sim:judge', 'sim:judge'),
      says: /--judge: sim:judge is given twice/,
    },
    {
      what: 'simulated judges beside real ones',
      args: judgedBy('sim:judge', 'openai:gpt-5'),
      says: /simulated and real judges/,
    },
  ]) {
    it(`should be one message: ${what}`, async () => {
      const { code, stdout, stderr } = await userIn(folder.path).run('audit', '--dry-run', ...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, says);
    });
  }
});
