import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { STARTER_SPEC } from '../src/app/files.ts';
import { estimatePlan } from '../src/features/audit/audit/estimate.ts';
import { planBlocks } from '../src/features/audit/audit/plan-blocks.ts';
import { estimateTokens } from '../src/model/prices.ts';
import { type Plan, sampleAt, sampleCount } from '../src/run/plan.ts';
import { instructionsOf } from '../src/run/run.ts';
import { scenesOf } from '../src/run/scenes.ts';
import { drawSuite } from '../src/run/suite/draw.ts';
import { readSpec } from '../src/spec/index.ts';
import { toTerminal } from '../src/text/blocks-terminal.ts';
import { sharedRelease, skipUnlessShared } from './shared-data.ts';
import { simulatedPlan } from './simulated-audit.ts';

interface Source {
  file: string;
  text: string;
  evalFiles: { file: string; bytes: Uint8Array }[];
}

/** What can happen to a line: `at` and `to` are shares of the document. */
interface Change {
  kind: 'delete' | 'duplicate' | 'move' | 'swap';
  at: number;
  to: number;
}

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({ kind: fc.constantFrom('delete', 'duplicate', 'move', 'swap'), at: share, to: share }),
  { minLength: 1, maxLength: 25 },
);

function changed(text: string, all: readonly Change[]): string {
  const lines = text.split('\n');
  for (const { kind, at, to } of all) {
    const from = Math.floor(at * lines.length);
    const target = Math.floor(to * lines.length);
    const line = lines[from] ?? '';
    if (kind === 'delete') lines.splice(from, 1);
    else if (kind === 'duplicate') lines.splice(target, 0, line);
    else if (kind === 'move') lines.splice(target, 0, ...lines.splice(from, 1));
    else [lines[from], lines[target]] = [lines[target] ?? '', line];
  }
  return lines.join('\n');
}

/** Everything that a dry run does with a document, and all that must hold of it; gives the plan. */
function dryRun({ file, text, evalFiles }: Source): Plan {
  const spec = readSpec({ file, bytes: new TextEncoder().encode(text), evalFiles });
  const suite = drawSuite(spec);
  const subjects = ['sim:subject', 'sim:subject?seed=b'];
  const plan = simulatedPlan({ spec, suite, subjects, judge: 'sim:judge', repeats: 2, seed: 1 });
  const ids = [...suite.scenarios].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'two scenarios have one id');
  assert.equal(sampleCount(plan), ids.length * 4);

  const instructions = instructionsOf(plan, spec);
  const known = new Set(plan.clauses.map(({ id }) => id));
  for (const { id, clauses, messages } of suite.scenarios) {
    assert.ok(messages.length > 0, `${id} has no message`);
    for (const clause of clauses) {
      assert.ok(known.has(clause), `${id} tests #${clause}, which is no clause`);
      assert.ok((instructions.get(clause) ?? '') !== '', `a judge is told nothing of #${clause}`);
    }
  }
  if (ids.length > 0) sampleAt(plan, sampleCount(plan) - 1);
  scenesOf(plan, spec);

  const estimate = estimatePlan(plan, {
    briefTokens: (clause) => estimateTokens(instructions.get(clause) ?? ''),
    price: () => ({ input: 1, output: 4 }),
    specTokens: estimateTokens(text),
  });
  assert.ok(Number.isFinite(estimate.tokens.input) && Number.isFinite(estimate.cost));
  const questions = [...suite.scenarios].reduce((sum, { clauses }) => sum + clauses.length, 0);
  assert.deepEqual(estimate.calls, {
    subjects: ids.length * 4,
    judges: questions * 4,
    total: (ids.length + questions) * 4,
  });
  for (const line of toTerminal(planBlocks(plan, estimate)).split('\n')) {
    assert.ok([...line].length <= 80, `wider than 80 columns: ${line}`);
  }
  return plan;
}

function assertHolds(source: Source, runs: number): void {
  const untouched = dryRun(source).hash;
  const property = fc.property(changes, (all) => {
    const text = changed(source.text, all);
    const plan = dryRun({ ...source, text });
    assert.equal(dryRun({ ...source, text }).hash, plan.hash, 'equal documents, different plans');
    assert.equal(plan.hash === untouched, text === source.text);
  });
  fc.assert(property, { numRuns: runs });
}

describe('a spec with lines deleted, doubled and moved', () => {
  it('should still be read, drawn from and planned: the starter spec', () => {
    const folder = join(dirname(STARTER_SPEC), 'examples');
    const evalFiles = readdirSync(folder).map((name) => ({
      file: join(folder, name),
      bytes: readFileSync(join(folder, name)),
    }));
    assertHolds({ file: 'spec.md', text: readFileSync(STARTER_SPEC, 'utf8'), evalFiles }, 60);
  });

  it('should put nothing to anybody where a conversation has lost its words', () => {
    const text = readFileSync(STARTER_SPEC, 'utf8');
    const silent = text.replace(/(<user>\n)[^<]*(<\/user>\n<comparison>)/, '$1$2');
    assert.notEqual(silent, text);
    const plan = dryRun({ file: 'spec.md', text: silent, evalFiles: [] });
    assert.deepEqual(plan.suite.excluded, { no_messages: 1 });
  });

  it('should still be read, drawn from and planned: the Model Spec', (t) => {
    if (skipUnlessShared(t)) return;
    const { file, bytes, evalFiles } = sharedRelease('2025-12-18');
    assertHolds({ file, text: new TextDecoder().decode(bytes), evalFiles }, 20);
  });
});
