import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { certificateOf, judgeNamed } from '../../features/judge/calibration/planted.fixture.ts';
import type { Plan } from '../../run/plan.ts';
import { batchPermission } from './batch-permission.ts';
import { batchReasonText } from './messages.ts';
import type { BatchFigures, Certificate } from './schema.ts';

const JUDGE = 'sim:judge?sensitivity=0.9&specificity=0.95';

/** A spec that the certificates were not measured on. */
const spec: Plan['spec'] = {
  id: 'elsewhere',
  version: null,
  title: '',
  sha256: '0'.repeat(64),
  file: '',
  levels: [],
};

describe('asking about several clauses at once', () => {
  let measured: Certificate & { batch: BatchFigures };
  before(async () => {
    const certificate = await certificateOf(JUDGE, undefined, {
      batch: 4,
      pairs: false,
      retest: 0,
    });
    const { batch } = certificate;
    assert.ok(batch !== undefined);
    measured = { ...certificate, batch };
  });

  function permission(certificates: readonly Certificate[], size = 4, names = [JUDGE]) {
    return batchPermission({ judges: names.map(judgeNamed), spec }, size, certificates);
  }

  function withBatch(batch: Partial<BatchFigures>): Certificate {
    return { ...measured, batch: { ...measured.batch, ...batch } };
  }

  it('should be allowed where every judge was measured in batches as large, without a loss', () => {
    const clean = withBatch({ noLoss: true });
    const { batch: _, ...plain } = measured;
    const allowed = permission([clean]);
    assert.ok(allowed.type === 'allowed');
    assert.match(allowed.notes.join(), /^sim:judge.* was measured on another spec: starter@/);
    // A smaller batch; a newer certificate of one clause a call takes nothing away.
    assert.equal(permission([plain, clean], 3).type, 'allowed');
    // A larger one; one clause a call alone; another wording; a panel of which only one was measured.
    const other = withBatch({ noLoss: true, prompt: { name: 'batch-0', hash: 'a'.repeat(64) } });
    for (const refused of [
      permission([clean], 5),
      permission([plain]),
      permission([other]),
      permission([clean], 4, [JUDGE, 'sim:judge']),
    ]) {
      assert.ok(refused.type === 'refused' && refused.remedy === 'measure');
      assert.equal(refused.because.code, 'never-measured');
    }
  });

  it('should be refused where a loss is not ruled out, with what would rule it out', () => {
    const side = measured.batch.sensitivity;
    const difference = { ...side.difference, estimate: 0, low: -0.06, high: 0.06 };
    const wide = { ...side, difference };
    // As narrow as can be: the loss is on the other side alone.
    const sure = { ...measured.batch.specificity, difference: { ...difference, low: -0.01 } };
    const refused = permission([
      withBatch({ noLoss: false, sensitivity: wide, specificity: sure }),
    ]);
    assert.ok(refused.type === 'refused' && refused.because.code === 'may-lose');
    assert.equal(refused.remedy, 'more items');
    const [loss, ...others] = refused.because.data.losses;
    assert.deepEqual(others, []);
    // An interval of ±6 points has to shrink to ±5: (6/5)² times the trials, in tens.
    const needed = Math.ceil((side.single.trials * 1.44) / 10) * 10;
    assert.deepEqual(
      [loss?.side, loss?.needed, loss?.trials],
      ['violations', needed, side.single.trials],
    );
    assert.match(
      refused.reason,
      /^the interval of the difference must lie above −5 points, and it is 0 points \[−6, \+6\] of violations called so/,
    );
  });

  it('should be refused for good where it is a loss by itself, and where nothing is known', () => {
    const { specificity } = measured.batch;
    const lost = { ...specificity.difference, estimate: -0.1, low: -0.15, high: -0.06 };
    const loses = permission([
      withBatch({ noLoss: false, specificity: { ...specificity, difference: lost } }),
    ]);
    assert.ok(loses.type === 'refused' && loses.remedy === 'none');
    assert.match(loses.reason, /−10 points \[−15, −6\] of adherence.*that is a loss by itself/);
    const text = batchReasonText({
      code: 'may-lose',
      data: {
        margin: 0.05,
        losses: [
          {
            side: 'adherence',
            estimate: null,
            low: null,
            high: null,
            trials: 0,
            reason: 'no trial',
          },
        ],
      },
    });
    assert.match(text, /and it is not known of adherence \(no trial\)$/);
  });
});
