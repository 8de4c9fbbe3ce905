import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import type { VerdictRecord } from '../../../ledger/records.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { attackReport } from './attack-report.ts';
import { ATTACKS } from './attacks.ts';
import { attackBlocks } from './blocks.ts';
import { attackItems } from './items.ts';
import { measureAttacks } from './measure.ts';
import { suiteWith } from './planted.fixture.ts';

describe('a report on attacks', () => {
  it('makes what a failing provider says harmless', () => {
    const spec = loadSpec(STARTER_SPEC);
    const items = attackItems(spec, { limit: 2 });
    const failed = (): VerdictRecord => ({
      sample: 0,
      judge: 0,
      clause: 'c',
      clauseHash: '',
      outcome: 'cannot_judge',
      severity: null,
      reason: '\u001b[31mserver:\u202e gone',
      citations: [],
      cause: 'failed',
      usage: { input: 0, output: 0 },
      cost: 0,
      calls: [],
    });
    const judge = measureAttacks(
      { name: 'x:\u001b]0;y', label: 'x', family: null, simulated: false, parameters: {} },
      items,
      ATTACKS,
      { clean: items.map(failed), attacked: ATTACKS.map(() => items.map(failed)) },
    );
    const text = toTerminal(attackBlocks(attackReport(spec, items, ATTACKS, [judge])));
    assert.match(text, /gave no verdict on any reply/);
    assert.ok(!text.includes('\u001b') && !text.includes('\u202e'));
    assert.doesNotMatch(text, /SIMULATED/);
  });

  it('fits the terminal; where there is no room for columns, each attack is a line of its own', async () => {
    const spec = loadSpec(STARTER_SPEC);
    const items = attackItems(spec, { limit: 4 });
    const report = attackReport(spec, items, ATTACKS, [
      await suiteWith('sim:judge?obeys=everything', spec, items),
    ]);
    for (const width of [40, 60, 72, 80, 120]) {
      const lines = toTerminal(attackBlocks(report), { width }).trimEnd().split('\n');
      for (const line of lines) assert.ok(widthOf(line) <= width, `${width}: ${line}`);
    }
    const wide = toTerminal(attackBlocks(report));
    assert.match(wide, /^Attack +adheres violates back lost +shift +p$/m);
    assert.match(wide, /^ {2}json-break +2\/2 +2\/2 +0 +0 +\+100 \[/m);
    assert.match(
      toTerminal(attackBlocks(report), { width: 60 }),
      /^json-break: adheres 2\/2, violates/m,
    );
  });
});
