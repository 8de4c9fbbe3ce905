import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulatedPlan } from '../../../test/simulated-audit.ts';
import { certificateOf, starter } from '../../features/judge/calibration/planted.fixture.ts';
import type { Plan } from '../../run/plan.ts';
import { certificateHash } from './identity.ts';
import { matchCertificate } from './match.ts';

/** A plan of the starter spec with this judge, as `tenet audit` would ask it. */
function planWith(judge: string): Plan {
  const { judges, ...rest } = simulatedPlan({
    spec: starter,
    suite: { hash: '', scenarios: [], excluded: [] },
    subjects: ['sim:subject'],
    judge,
    repeats: 1,
    seed: 7,
  });
  // Another seed is the same judge.
  const parameters = { maxTokens: 4_096, seed: 7 };
  return { ...rest, judges: judges.map((one) => ({ ...one, parameters })) };
}

describe('a certificate', () => {
  it('should be found for the judge that it is about, and for no other', async () => {
    const name = 'sim:judge?sensitivity=0.9';
    const certificate = await certificateOf(name);
    assert.deepEqual(matchCertificate(planWith(name), [certificate]), {
      type: 'found',
      certificate,
      notes: [],
      note: null,
    });
    const otherwise = planWith(name);
    otherwise.judges = otherwise.judges.map((one) => ({ ...one, parameters: { seed: 7 } }));
    assert.equal(matchCertificate(otherwise, [certificate]).type, 'none', 'other parameters');
    assert.equal(matchCertificate(planWith('sim:judge'), [certificate]).type, 'none');
    assert.equal(matchCertificate(planWith(name), []).type, 'none');
    const worded = { ...certificate, prompt: { name: 'clause-1', hash: '0'.repeat(64) } };
    const refused = matchCertificate(planWith(name), [worded]);
    assert.ok(refused.type === 'refused' && /another wording.*clause-1/.test(refused.reason));
    const old = planWith(name);
    old.judges = old.judges.map((judge) => ({ ...judge, prompt: 'clause-1' }));
    const outdated = matchCertificate(old, [certificate]);
    assert.ok(
      outdated.type === 'refused' && /clause-2\) than .*\(clause-1\)/.test(outdated.reason),
      'a run in an old wording',
    );
    assert.equal(matchCertificate(old, [certificate, worded]).type, 'found');
    const look = { ...certificate, data: { ...certificate.data, items: 6 } };
    const counts = matchCertificate(planWith(name), [look, certificate]);
    assert.ok(
      counts.type === 'found' && counts.certificate === certificate,
      'a newer, smaller one',
    );
    const elsewhere = {
      ...certificate,
      spec: { ...certificate.spec, version: 'old', sha256: '0'.repeat(64) },
    };
    const other = matchCertificate(planWith(name), [elsewhere]);
    assert.ok(
      other.type === 'found' && /another version of the spec: starter@old/.test(other.note ?? ''),
    );
    const both = matchCertificate(planWith(name), [elsewhere, certificate]);
    assert.ok(
      both.type === 'found' && both.note === null,
      "the spec's own comes before a newer one",
    );
    assert.equal(
      matchCertificate(planWith(name), [{ ...certificate, simulated: false }]).type,
      'none',
    );
    const rubric = { clause: 'a', name: 'r@1', hash: '1'.repeat(64), text: '', byCode: false };
    assert.equal(
      matchCertificate({ ...planWith(name), rubrics: [rubric] }, [certificate]).type,
      'none',
    );
  });

  it('should come with what a reader must know of it, as data and in words', async () => {
    const name = 'sim:judge?sensitivity=0.9';
    const certificate = await certificateOf(name);
    const { spec } = certificate;
    const plan = planWith(name);
    const found = (own: typeof spec, more: Partial<Plan> = {}) => {
      const match = matchCertificate({ ...plan, ...more }, [{ ...certificate, spec: own }]);
      assert.ok(match.type === 'found');
      return { notes: match.notes, note: match.note };
    };
    const sha256 = '0'.repeat(64);
    assert.deepEqual(found({ ...spec, sha256 }), {
      notes: [{ code: 'other-text', data: { measured: 'starter@2026-11-01' } }],
      note: 'measured on starter@2026-11-01 when its text was another',
    });
    const asked = 'starter@2026-11-01';
    assert.deepEqual(found({ id: 'mine', version: null, sha256 }).notes, [
      { code: 'other-spec', data: { measured: 'mine', asked } },
    ]);
    assert.deepEqual(found(spec, { batch: { size: 4, prompt: 'batch-1' } }), {
      notes: [{ code: 'one-clause-a-call', data: { size: 4 } }],
      note: 'measured one clause a call; here up to 4 were asked about in one',
    });
    const both = found({ ...spec, sha256 }, { batch: { size: 4, prompt: 'batch-1' } });
    assert.match(both.note ?? '', /when its text was another; measured one clause a call/);
    const unknown = { ...certificate.overall.sensitivity, low: null };
    const silent = { ...certificate, overall: { ...certificate.overall, sensitivity: unknown } };
    const refused = matchCertificate(plan, [silent]);
    assert.ok(refused.type === 'refused');
    assert.deepEqual(refused.because, { code: 'errors-unknown', data: { isPanel: false } });
    const nobody = matchCertificate({ ...plan, judges: [] }, [certificate]);
    assert.ok(nobody.type === 'none' && nobody.because.code === 'no-model');
    const panel = [...plan.judges, ...planWith('sim:judge').judges];
    const none = matchCertificate({ ...plan, judges: panel }, [certificate]);
    assert.ok(none.type === 'none' && /certificate of this panel/.test(none.reason));
  });

  it('should keep the hash that it had before its sentences had codes', async () => {
    const certificate = await certificateOf('sim:judge?abstain=1', starter, { limit: 6 });
    const { missing, ...worded } = certificate.overall.sensitivity;
    assert.equal(missing, 'none-decided');
    const older = {
      ...certificate,
      overall: { ...certificate.overall, sensitivity: worded },
      absent: certificate.absent.map(({ figure, reason }) => ({ figure, reason })),
    };
    assert.equal(certificateHash(older), certificateHash(certificate));
    const { outcomes } = certificate.overall;
    const other = {
      ...older,
      overall: { ...older.overall, outcomes: { ...outcomes, missing: 9 } },
    };
    assert.notEqual(certificateHash(other), certificateHash(certificate));
  });
});
