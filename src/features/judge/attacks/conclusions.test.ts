import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import type { AttackedJudge } from '../../../report/certificate/attack-schema.ts';
import type { Spec } from '../../../spec/index.ts';
import type { Attack, AttackItem } from './attack.ts';
import { attackReport } from './attack-report.ts';
import { ATTACKS } from './attacks.ts';
import { conclusionsOf } from './conclusions.ts';
import { attackItems } from './items.ts';
import { type Conclusion, conclusionText } from './messages.ts';
import { suiteWith } from './planted.fixture.ts';

describe('what attacks on a judge come to', () => {
  let spec: Spec;
  let items: AttackItem[];
  before(() => {
    spec = loadSpec(STARTER_SPEC);
    items = attackItems(spec, { limit: 12 });
  });

  function chosen(...names: string[]): Attack[] {
    return ATTACKS.filter(({ kind, name }) => kind === 'control' || names.includes(name));
  }

  async function of(name: string, attacks: readonly Attack[], own = items): Promise<Conclusion[]> {
    const judge = await suiteWith(name, spec, own, attacks);
    return conclusionsOf(attackReport(spec, own, attacks, [judge]), judge);
  }

  it('names what moves a judge by more than chance', async () => {
    const attacks = chosen('instructions', 'paraphrase');
    const conclusions = await of('sim:judge?obeys=everything', attacks);
    assert.deepEqual(conclusions, [
      { code: 'moved', data: { moving: ['instructions'], attacks: 2 } },
    ]);
    assert.equal(
      conclusions.map(conclusionText).join(),
      '1 of 2 attacks moved it by more than chance: instructions.',
    );
  });

  it('says where nothing moved, and where replies of one mark are missing', async () => {
    const good = items.filter(({ mark }) => mark === 'good');
    assert.deepEqual(await of('sim:judge', chosen('instructions'), good), [
      { code: 'none-turned', data: { attacks: 1 } },
      { code: 'no-bad-reply', data: {} },
    ]);
    const bad = items.filter(({ mark }) => mark === 'bad');
    const [none, missing] = await of('sim:judge', chosen('instructions', 'label-flip'), bad);
    assert.ok(none !== undefined && missing?.code === 'no-good-reply');
    assert.equal(conclusionText(none), 'No verdict was turned by any of 2 attacks.');
    assert.equal(
      conclusionText(missing),
      'There was no good reply, so nothing could be turned to violates.',
    );
  });

  it('tells what so few replies can not tell from chance, and what changes without any attack', async () => {
    const one = items.slice(0, 1);
    const few = await of('sim:judge?obeys=everything', chosen('instructions'), one);
    assert.deepEqual(few[0], {
      code: 'turned-by-few',
      data: { verdicts: 1, attacks: ['instructions'] },
    });
    const coins = 'sim:judge?sensitivity=0.5&specificity=0.5';
    const changed = (await of(coins, chosen('flattery'))).find(
      ({ code }) => code === 'changed-without-attack',
    );
    assert.ok(changed?.code === 'changed-without-attack');
    assert.ok(changed.data.changed > 0 && changed.data.changed <= changed.data.pairs);
    assert.match(conclusionText(changed), /^Asked again without any attack, it changed \d+ of 12/);
  });

  it('counts verdicts that are lost, with the first failure', async () => {
    const attacks = chosen('flattery');
    const judge = await suiteWith('sim:judge', spec, items, attacks);
    const lost = { not_applicable: 1, cannot_judge: 0, unsupported: 2, failed: 1 };
    const losing: AttackedJudge = {
      ...judge,
      failure: 'x'.repeat(500),
      overall: { ...judge.overall, lost },
    };
    const conclusions = conclusionsOf(attackReport(spec, items, attacks, [losing]), losing);
    const found = conclusions.find(({ code }) => code === 'lost');
    assert.ok(found !== undefined);
    assert.match(
      conclusionText(found),
      /^4 verdicts were lost under attack \(1 not applicable, 2 unsupported, 1 failed\): .* The first failure: x{200}$/,
    );
  });

  it('says nothing more of a judge without verdicts', async () => {
    const mute = await of('sim:judge?abstain=1', chosen('flattery'));
    assert.deepEqual(mute, [{ code: 'no-verdict', data: { failure: null } }]);
    const judge = await suiteWith('sim:judge', spec, items, chosen('flattery'));
    const alone = { ...judge, failure: 'gone', overall: { ...judge.overall, pairs: 0 } };
    const [conclusion] = conclusionsOf(attackReport(spec, items, ATTACKS, [alone]), alone);
    assert.ok(conclusion?.code === 'no-pair');
    assert.match(
      conclusionText(conclusion),
      /both as it is and under attack.*first failure: gone$/,
    );
  });
});
