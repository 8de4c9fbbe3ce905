import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHtml } from '../../../text/blocks-html.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { comparisonBlocks } from './blocks.ts';
import type { ComparisonDocument } from './schema.ts';

type Group = ComparisonDocument['overall'];

function group(estimate: number, of: Partial<Group['difference']> = {}): Group {
  const rate = { estimate: 0.8, low: 0.7, high: 0.9, trials: 40, judge: 'measured' } as const;
  return {
    first: rate,
    second: { ...rate, trials: 50 },
    pairs: null,
    difference: {
      estimate,
      low: estimate - 0.05,
      high: estimate + 0.05,
      method: 'newcombe',
      probability: 0.0004,
      judge: 'measured',
      ...of,
    },
  };
}

const HOSTILE = 'x\u001b[2J\u202e<script>';

const DOCUMENT: ComparisonDocument = {
  simulated: false,
  first: { run: 'a1', subject: HOSTILE, spec: 's@1', simulated: false, judge: 'measured' },
  second: { run: 'b2', subject: 'two', spec: 's@2', simulated: false, judge: 'unmeasured' },
  pairing: 'independent',
  trials: { first: 40, second: 50, shared: 3 },
  notes: ['The system prompts differ.'],
  noteData: [{ code: 'system-prompts-differ', data: {} }],
  overall: group(0.2, { caution: 'as if seeds were alike' }),
  levels: [{ level: 'root', ...group(0.01) }],
  clauses: ['told', 'quiet', 'changed', HOSTILE].map((id, index) => ({
    id,
    title: id,
    level: 'root',
    reworded: id === 'changed',
    adjusted: 0.04,
    called: id === 'told',
    ...(index === 1 ? group(0, { low: null, high: null, reason: 'one seed' }) : group(-0.3)),
  })),
  family: { tests: 4, falseDiscoveryRate: 0.05 },
  onlyIn: { first: ['only_here'], second: [] },
  changes: Array.from({ length: 12 }, (_, index) => ({
    clause: HOSTILE,
    scenario: 's',
    first: `t${index}`,
    second: `t${index}`,
    from: index % 3 === 0 ? ('adheres' as const) : ('violates' as const),
    to: index % 3 === 0 ? ('violates' as const) : ('adheres' as const),
  })),
};

describe('a comparison in a terminal', () => {
  it('shows at a glance what differs, with what its signs mean', () => {
    const shown = toTerminal(comparisonBlocks(DOCUMENT, 'glance'));
    assert.match(shown, /^! The system prompts differ\.$/m);
    assert.match(shown, /^Not paired: the runs share 3 of 40 and 50 cases/m);
    assert.match(shown, /^#told .* 40\/50 +−30 \[−35, −25\] {2}◆$/m);
    assert.match(shown, /^#changed .* ≠$/m);
    assert.equal(shown.split('\n').find((line) => line.endsWith('◆'))?.length, 80);
    assert.doesNotMatch(shown, /^#quiet/m);
    assert.match(shown, /^and 1 clause more with nothing to tell \(--all shows them\)$/m);
    assert.match(shown, /^◆ told apart among 4 clauses at .*\n.*: #told\.$/m);
    assert.match(shown, /^≠ the words of the clause differ/m);
    assert.match(shown, /^° The judge’s errors were not measured/m);
    assert.match(shown, /^Caution: as if seeds were alike\.$/m);
    assert.match(shown, /^Only the first run judged #only_here\.$/m);
    assert.match(shown, /^12 cases ended otherwise: 8 violate in the first alone/m);
    assert.match(shown, /^Read them: tenet show a1 t1 {2}and/m);
    assert.match(shown, /^ {2}and 2 more \(--format json lists all\)$/m);
  });

  it('shows every clause where everything is asked for, and why figures are missing', () => {
    const shown = toTerminal(comparisonBlocks(DOCUMENT, 'all'));
    assert.match(shown, /^#quiet .* 0 no interval$/m);
    assert.match(shown, /^– one seed$/m);
    assert.doesNotMatch(shown, /--all/);
  });

  it('fits the terminal, and lets no text do more than be read', () => {
    for (const width of [40, 59, 60, 80, 120]) {
      for (const detail of ['glance', 'all'] as const) {
        const shown = toTerminal(comparisonBlocks(DOCUMENT, detail), { width });
        for (const line of shown.split('\n')) assert.ok(widthOf(line) <= width, line);
        assert.doesNotMatch(shown, /[^\P{Cc}\n]|\u202e/u);
      }
    }
    assert.doesNotMatch(toHtml(comparisonBlocks(DOCUMENT, 'all')), /<script|\u202e/);
  });
});
