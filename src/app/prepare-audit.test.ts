import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlanInput } from '../run/plan.ts';
import { drawSuite } from '../run/suite/draw.ts';
import { limitScenarios } from '../run/suite/select.ts';
import { loadSpec, STARTER_SPEC } from './files.ts';
import { prepareAudit } from './prepare-audit.ts';

describe('the plan of an audit', () => {
  const spec = loadSpec(STARTER_SPEC);
  const planned = (name: string) => ({
    name,
    label: name,
    family: 'sim',
    simulated: true,
    parameters: { maxTokens: 100 },
  });
  const input: PlanInput & { text: string } = {
    text: spec.text,
    spec,
    suite: limitScenarios(drawSuite(spec), 5, 0),
    subjects: [{ ...planned('sim:subject'), system: null }],
    judges: [planned('sim:judge')],
    repeats: 1,
    seed: null,
  };

  it('should hold as many samples as a run can keep track of, and no more', () => {
    assert.equal(prepareAudit({ ...input, repeats: 4_000_000 }).document.plan.repeats, 4_000_000);
    assert.throws(() => prepareAudit({ ...input, repeats: 4_000_001 }), {
      code: 'too-many-samples',
      data: { scenarios: 5, subjects: 1, repeats: 4_000_001, most: 20_000_000 },
      message: /^--repeats: .* Give 4,000,000 at most, or fewer scenarios with --limit\.$/,
    });
    assert.throws(() => prepareAudit({ ...input, repeats: 1e15 }), { code: 'too-many-samples' });
  });
});
