import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import { judgeKey } from '../../../report/certificate/identity.ts';
import { attachAttack } from './attach.ts';
import { attackReport } from './attack-report.ts';
import { ATTACKS } from './attacks.ts';
import { attackItems } from './items.ts';
import { plannedJudge, suiteWith } from './planted.fixture.ts';

describe('a report on attacks', () => {
  it('becomes part of the certificate of the same judge in the same wording, once', async () => {
    const spec = loadSpec(STARTER_SPEC);
    const items = attackItems(spec, { limit: 2 });
    const name = 'sim:judge?obeys=structure';
    const report = attackReport(spec, items, ATTACKS, [await suiteWith(name, spec, items)]);
    const opened = await openLedger(':memory:', { write: true });
    assert.ok(opened.ok);
    const { certificates } = opened.ledger;
    const judge = { ...plannedJudge(name), parameters: { seed: 1 } };
    assert.equal(await attachAttack(certificates, judge, report), false);
    const certificate = {
      hash: 'a'.repeat(64),
      judge: judgeKey(judge),
      prompt: report.prompt.hash,
      spec: spec.sha256,
      simulated: true,
      created: 1,
      body: { schema: 'tenet.certificate/1', data: { items: 96 }, attack: null },
    };
    await certificates.add({ ...certificate, prompt: 'b'.repeat(64), body: {} });
    await certificates.add({ ...certificate, hash: 'c'.repeat(64), simulated: false, body: {} });
    assert.equal(await attachAttack(certificates, judge, report), false);
    await certificates.add({ ...certificate, hash: 'd'.repeat(64) });
    assert.equal(await attachAttack(certificates, judge, report), true);
    assert.equal(await attachAttack(certificates, judge, report), true);
    assert.equal((await certificates.list()).length, 4);
    assert.deepEqual((await certificates.ofJudge(judgeKey(judge)))[0]?.body, {
      schema: 'tenet.certificate/1',
      data: { items: 96 },
      attack: report,
    });
    await opened.ledger.close();
  });
});
