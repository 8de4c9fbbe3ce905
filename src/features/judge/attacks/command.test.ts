import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listing, NO_NETWORK, STAMP, temporaryFolder, userIn } from '../../../../test/command.ts';
import { attackReportSchema } from '../../../report/certificate/attack-schema.ts';
import { widthOf } from '../../../text/layout.ts';
import { ATTACKS } from './attacks.ts';

describe('tenet judge attack', () => {
  it('prints 80 columns, stamped, and as JSON what its schema says; a second time from the record', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const args = ['judge', 'attack', '--judge', 'sim:judge?obeys=everything', '--limit', '6'];
    const text = await user.run(...args);
    assert.equal(text.code, 0, text.stderr);
    const lines = text.stdout.trimEnd().split('\n');
    assert.match(lines[0] ?? '', STAMP);
    assert.match(lines.at(-1) ?? '', STAMP);
    assert.ok(lines.every((line) => widthOf(line) <= 80));
    const json = await user.run(...args, '--json', '--offline');
    assert.equal(json.code, 0, json.stderr);
    const report = attackReportSchema.parse(JSON.parse(json.stdout));
    assert.equal(report.simulated, true);
    assert.equal(report.items.good + report.items.bad, 6);
    const again = await user.run(...args, '--offline');
    assert.equal(again.stdout, text.stdout);
  });

  it('explains every attack, and asks nobody for that', async () => {
    using folder = temporaryFolder();
    const { code, stdout } = await userIn(folder.path).run('judge', 'attack', '--list');
    assert.equal(code, 0);
    for (const { name } of ATTACKS) assert.ok(stdout.includes(`  ${name}\n`), name);
    assert.deepEqual(listing(folder.path), {});
  });

  it('says what is wrong with what it is told, and what to do', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.at('bare.md'),
      '# Be kind {#be_kind authority=user}\n\nBe kind to everybody.\n',
    );
    const user = userIn(folder.path);
    const cases: [said: RegExp, ...args: string[]][] = [
      [/--judge: name the judge to attack/],
      [
        /there is no attack 'flatery'.* Is it flattery\?/,
        '--judge',
        'sim:judge',
        '--attack',
        'flatery',
      ],
      [/no reply marked good or bad/, '--judge', 'sim:judge', '--spec', 'bare.md'],
      [/sim:subject is no judge/, '--judge', 'sim:subject'],
      [/is given twice/, '--judge', 'sim:judge', '--judge', 'sim:judge'],
      [/obeys=all is none of nothing, structure, everything/, '--judge', 'sim:judge?obeys=all'],
      [
        /not all of its calls are on record|no such|there is no/,
        '--judge',
        'sim:judge',
        '--offline',
      ],
    ];
    await Promise.all(
      cases.map(async ([said, ...args]) => {
        const { code, stdout, stderr } = await user.run('judge', 'attack', ...args);
        assert.equal(code, 2, args.join(' '));
        assert.equal(stdout, '');
        assert.match(stderr, said);
        assert.doesNotMatch(stderr, /\n {4}at /);
      }),
    );
  });
});
