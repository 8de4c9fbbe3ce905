import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import {
  type Folder,
  NO_NETWORK,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';
import { jsonSchemaOf } from '../../../app/schemas.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { gateBlocks } from './blocks.ts';
import { capability } from './capability.ts';

import { evaluatePolicy } from './evaluate-policy.ts';
import { gateJunit } from './junit.ts';
import { readPolicy } from './read-policy.ts';
import { type GateDocument, gateSchema } from './schema.ts';

const HEAD = 'policy: tenet.policy/1\ngates:\n';

/** Enough of XML 1.0 to see that no text has become markup: tags that nest, attributes in quotes, known entities. */
function assertWellFormed(xml: string): void {
  assert.doesNotMatch(xml, /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
  assert.doesNotMatch(xml, /&(?!amp;|lt;|gt;|quot;)/);
  const open: string[] = [];
  const rest = xml.replace(
    /<(?:\?xml [^<>]*\?|(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)(\/?))>/g,
    (_, close: string, name: string, __, empty: string) => {
      if (name === undefined) return '';
      if (close === '/') assert.equal(open.pop(), name);
      else if (empty === '') open.push(name);
      return '';
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]/);
}

describe('a run held to a policy', () => {
  let folder: Folder;
  let user: User;
  let report: Report;
  let good = '';
  let weak = '';
  const policy = (text: string): string => {
    writeFileSync(folder.at('gate.yaml'), text);
    return folder.at('gate.yaml');
  };
  const audited = async (subject: string): Promise<string> => {
    const flags = ['--judge', 'sim:judge', '--limit', '60', '--repeats', '2'];
    const ran = await user.run('audit', '--subject', subject, ...flags, '--json');
    assert.equal(ran.code, 0, ran.stderr);
    return reportSchema.parse(JSON.parse(ran.stdout)).run.id;
  };
  before(async () => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    good = await audited('sim:subject?violates=0.01');
    weak = await audited('sim:subject?violates=0.3');
    const ran = await user.run('report', weak, '--format', 'json');
    report = reportSchema.parse(JSON.parse(ran.stdout));
  });
  after(() => folder[Symbol.dispose]());

  it('passes with exit code 0 and fails with 1, clauses and quotes shown', async () => {
    const file = policy(`${HEAD}  - overall: true\n    adherence: 0.8\n    missing: 0.05\n`);
    const passed = await user.run('gate', good, '--policy', file);
    assert.equal(passed.code, 0, passed.stdout);
    assert.match(passed.stdout, /PASSED/);
    const failed = await user.run('gate', weak, '--policy', file);
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /✗ overall: adherence, lower end ≥ 80 %; found \d+ %/);
    assert.match(failed.stdout, /t\d+ {2}#\w+ {2}(critical|major|minor)/);
    assert.match(failed.stdout, /“/);
    assert.match(failed.stdout, /✓ overall: missing/);
    assert.match(failed.stdout, /SIMULATED/);
  });

  it('finds a drop against a baseline, and none where there is none', async () => {
    const file = policy(`${HEAD}  - overall: true\n    drop: true\n`);
    assert.equal((await user.run('gate', weak, '--policy', file, '--baseline', good)).code, 1);
    assert.equal((await user.run('gate', good, '--policy', file, '--baseline', weak)).code, 0);
    const github = ['--format', 'github'];
    const ran = await user.run('gate', weak, '--policy', file, '--baseline', good, ...github);
    assert.match(ran.stdout, /^::error file=.*,line=3,title=SIMULATED Tenet gate%3A overall::/m);
  });

  it('does not pass every clause against a baseline with which no clause can be compared', async () => {
    const file = policy(`${HEAD}  - clause: '*'\n    drop: true\n`);
    const told = await user.run('gate', good, '--policy', file, '--baseline', weak);
    assert.equal(told.code, 0);
    // Clauses of one seed are let off, and are not told to have passed.
    assert.match(
      told.stdout,
      /PASSED {2}run \w+: (?!0 )\d+ of \d+ checks passed, \d+ can't be told/,
    );
    const two = ['--subject', 'sim:subject?seed=x', '--subject', 'sim:subject?seed=y'];
    const ran = await user.run('audit', ...two, '--judge', 'sim:judge', '--limit', '9', '--json');
    const other = reportSchema.parse(JSON.parse(ran.stdout)).run.id;
    const failed = await user.run('gate', good, '--policy', file, '--baseline', other);
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /FAILED {2}run \w+: 0 of \d+ checks passed\n/);
    assert.match(failed.stdout.replace(/\s+/g, ' '), /the runs have no subject in common/);
  });

  it('says all that is wrong with a policy, with its place', async () => {
    const wrong: [string, RegExp][] = [
      ['', /gate\.yaml:1:1: .*expected object/],
      ['gates: [', /gate\.yaml:1:\d+: this is no YAML/],
      [`${HEAD}  - overall: true\n    adherence: 2\n`, /gate\.yaml:4:\d+: gates\.0\.adherence/],
      [`${HEAD}  - overall: true\n    level: root\n    missing: 0\n`, /exactly one of overall/],
      [`${HEAD}  - overall: true\n`, /gate\.yaml:3:\d+: this gate asks for nothing/],
      [
        `${HEAD}  - level: root\n    adherence: 0.9\n  - level: root\n    adherence: 0.8\n`,
        /gate\.yaml:5:1: level root has another 'adherence' at line 3 already/,
      ],
      [
        `${HEAD}  - &same\n    overall: true\n    missing: 0\n  - *same\n`,
        /gate\.yaml:6:1: overall has the same 'missing' at line 4 already/,
      ],
      [`${HEAD}  - clause: nowhere\n    missing: 0\n`, /gate\.yaml:3:1: .*no clause #nowhere/],
      [`${HEAD}  - level: nowhere\n    missing: 0\n`, /no tested clause has the level 'nowhere'/],
      [`${HEAD}  - overall: true\n    drop: true\n`, /gate\.yaml:3:1: 'drop' needs a run/],
      [`${HEAD}  - overall: true\n    speling: 1\n    missing: 0\n`, /speling/],
    ];
    for (const [text, said] of wrong) {
      const ran = await user.run('gate', weak, '--policy', policy(text));
      assert.equal(ran.code, 2, `${text}\n${ran.stdout}`);
      assert.match(ran.stderr, said);
      assert.equal(ran.stdout, '');
    }
  });

  function evaluated(text: string, of: Report): GateDocument {
    const result = evaluatePolicy(readPolicy(text, 'gate.yaml'), of, null);
    assert.ok('checks' in result);
    return result;
  }

  it('does not pass what it can not check', () => {
    const empty = structuredClone(report);
    for (const subject of empty.subjects) {
      const { overall } = subject;
      Object.assign(overall.rate, { estimate: null, low: null, high: null, reason: 'no trial' });
      Object.assign(overall.counts, { adheres: 0, violates: 0, cannot_judge: 9 });
      overall.severity = { minor: 0, major: 0, critical: 0 };
    }
    const gates = '  - overall: true\n    adherence: 0\n    severity: minor\n    missing: 0.5\n';
    const corrected = '  - level: root\n    adherence: 0.1\n    corrected: true\n';
    const { passed, checks } = evaluated(`${HEAD}${gates}${corrected}`, empty);
    assert.equal(passed, false);
    assert.deepEqual(
      checks.map(({ demand, outcome }) => [demand, outcome]),
      [
        ['adherence', 'unknown'],
        ['severity', 'unknown'],
        ['missing', 'failed'],
        ['adherence', 'unknown'],
      ],
    );
  });

  it('is described by the schema in the documentation', async () => {
    const entry = capability.documents?.find(({ name }) => name === 'tenet.policy');
    assert.ok(entry);
    const page = new URL('../../../../docs/schemas/policy-1.json', import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(page, 'utf8')), await jsonSchemaOf(entry));
  });

  it('is data: what was asked, what was found, why it can not be told', async () => {
    const gates = '  - overall: true\n    adherence: 0.95\n    severity: major\n    drop: 0.05\n';
    const file = policy(`${HEAD}${gates}`);
    const ran = await user.run('gate', weak, '--policy', file, '--baseline', good, '--json');
    assert.equal(ran.code, 1);
    const { checks } = gateSchema.parse(JSON.parse(ran.stdout));
    assert.deepEqual(
      checks.map(({ demand, value, figure, code }) => [demand, value, figure?.type, code]),
      [
        ['adherence', 0.95, 'rate', null],
        ['severity', 'major', 'violations', null],
        ['drop', 0.05, 'difference', null],
      ],
    );
    const [check] = evaluated(`${HEAD}  - overall: true\n    drop: true\n`, report).checks;
    assert.deepEqual([check?.figure, check?.code, check?.data], [null, 'no-baseline', {}]);
  });

  it('writes what it would print, whatever the format, and prints nothing then', async () => {
    const file = policy(`${HEAD}  - overall: true\n    adherence: 0.8\n`);
    for (const format of ['text', 'markdown', 'html', 'json', 'junit', 'github']) {
      const out = folder.at('written', format);
      const command = ['gate', weak, '--policy', file, '--format', format];
      const printed = await user.run(...command);
      const written = await user.run(...command, '--out', out);
      assert.deepEqual([printed.code, written.code, written.stdout], [1, 1, '']);
      assert.equal(readFileSync(out, 'utf8'), printed.stdout);
      assert.match(printed.stdout, /SIMULATED|"simulated": true/);
    }
    const refused = await user.run('gate', weak, '--policy', file, '--out', folder.at('written'));
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--out .*written: this is a folder/);
  });

  it('says what is wrong with a baseline', async () => {
    const file = policy(`${HEAD}  - overall: true\n    drop: true\n`);
    const itself = await user.run('gate', weak, '--policy', file, '--baseline', weak, '--json');
    assert.equal(itself.code, 2);
    assert.match(
      itself.stderr,
      /^tenet: --baseline \w+: a run can't be measured against itself\.$/m,
    );
    assert.equal(JSON.parse(itself.stdout).code, 'baseline-is-the-run');
  });

  it('lets no words of a model become markup', () => {
    const hostile = structuredClone(report);
    const words = ']]></failure><x a="&evil;\u0000\u001b[2J\ud800\u202e">\n::error::owned';
    for (const clause of hostile.subjects.flatMap(({ clauses }) => clauses)) {
      for (const worst of clause.worst) {
        worst.reason = words;
        for (const quote of worst.quotes) quote.quote = words;
      }
    }
    const result = evaluated(`${HEAD}  - overall: true\n    severity: minor\n`, hostile);
    assert.equal(result.passed, false);
    const xml = gateJunit(result);
    assert.match(xml, /owned/);
    assertWellFormed(xml);
    assert.doesNotMatch(toTerminal(gateBlocks(result)), /[^\P{Cc}\n]|\u202e/u);
  });
});
