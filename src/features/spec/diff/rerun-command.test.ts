import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Plan, type PlanInput, planAudit } from '../../../run/plan.ts';
import { drawSuite } from '../../../run/suite/draw.ts';
import { readSpec } from '../../../spec/index.ts';
import { rerunCommand } from './rerun-command.ts';
import type { Rerun } from './schema.ts';

const TEXT =
  '## Kind {#kind authority=user}\n\nIt should be kind.\n\n**Example**: a question\n\n~~~xml\n<user>\nWhy?\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nSo.\n</assistant>\n</comparison>\n~~~\n';
const SPEC = readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(TEXT) });
const MODEL = { name: 'sim:x', label: 'sim:x', family: null, simulated: true, parameters: {} };
const AGAIN: Rerun = {
  clauses: ['kind'],
  query: 'kind',
  scenarios: ['kind#1'],
  isPartial: false,
  untestable: [],
  samples: 1,
};

function planOf(more: Partial<PlanInput> = {}): Plan {
  return planAudit({
    spec: SPEC,
    suite: drawSuite(SPEC),
    subjects: [{ ...MODEL, system: null }],
    judges: [MODEL],
    repeats: 1,
    seed: null,
    ...more,
  });
}

test('what is usual is not said', () => {
  assert.deepEqual(rerunCommand(planOf(), AGAIN, 'my spec.md', undefined), {
    command: [
      'tenet audit',
      "--spec 'my spec.md'",
      '--subject sim:x',
      '--judge sim:x',
      '--clauses kind',
    ].join(' \\\n  '),
    notes: [],
    missing: [],
  });
});

test('what the run was made with is said, and what is not known is named', () => {
  const subject = {
    ...MODEL,
    parameters: { maxTokens: 100, temperature: 0.5 },
    system: 'Be brief.',
  };
  const plan = planOf({
    subjects: [subject, { ...subject, system: null }],
    repeats: 3,
    seed: 7,
    consensus: 'unanimity',
    batch: { size: 4, prompt: 'batch' },
  });
  const own = Array.from(plan.suite.scenarios, (scenario) => ({
    ...scenario,
    source: { ...scenario.source, kind: 'file' as const, reference: 'own.jsonl' },
  }));
  const rubric = { clause: 'kind', name: 'polite@1', hash: '', text: '', byCode: false };
  const given = {
    ...plan,
    suite: { ...plan.suite, scenarios: own },
    rubrics: [rubric],
  };
  const again = { ...AGAIN, isPartial: true };
  const { command, notes, missing } = rerunCommand(given, again, 'spec.md', 'l.db');
  assert.deepEqual(command?.split(' \\\n  '), [
    'tenet audit',
    '--spec spec.md',
    '--subject sim:x',
    '--judge sim:x',
    '--consensus unanimity',
    '--rubric RUBRIC_FILES',
    '--batch 4',
    '--suite own.jsonl',
    '--clauses kind',
    '--limit 1',
    '--repeats 3',
    '--seed 7',
    '--max-tokens 100',
    '--temperature 0.5',
    '--system SYSTEM_PROMPT_FILE',
    '--ledger l.db',
  ]);
  assert.deepEqual(missing, [
    { code: 'rubric-files', data: { rubrics: ['polite@1'] } },
    { code: 'system-prompt-file', data: {} },
  ]);
  assert.match(notes[0] ?? '', /by the rubrics polite@1: put their files for RUBRIC_FILES/);
  assert.match(notes[1] ?? '', /put the name of its file for SYSTEM_PROMPT_FILE/);
});

test('a long query goes over several lines, between its terms', () => {
  const ids = Array.from({ length: 12 }, (_, n) => `clause_number_${n}`);
  const { command } = rerunCommand(
    planOf(),
    { ...AGAIN, query: ids.join(', ') },
    's.md',
    undefined,
  );
  const query = /--clauses '([^']*)'/.exec(command ?? '')?.[1] ?? '';
  assert.deepEqual(query.split(/,\s+/), ids);
  assert.ok(query.includes('\n'));
  for (const line of query.split('\n')) assert.ok(line.length <= 64, line);
});

test('there is no command where nothing is to be run', () => {
  const { command } = rerunCommand(planOf(), { ...AGAIN, query: null }, 'spec.md', undefined);
  assert.equal(command, null);
});
