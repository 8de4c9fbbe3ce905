/**
 * @module report/comparison
 * A comparison of two runs as plain data, `tenet.comparison/1`: what the renderers print.
 */
import type { ComparedClause, ComparedGroup, Comparison } from '../audit/compare/compare.ts';
import { subjectIds } from '../audit/findings/words.ts';
import { type Plan, transcriptId } from '../audit/plan.ts';
import { specName } from './figures.ts';

/** What is compared: a run, its subject, its spec. */
export interface ComparedSide {
  run: string;
  subject: string;
  spec: string;
  simulated: boolean;
}

interface GroupDocument {
  first: RateDocument;
  second: RateDocument;
  difference: ComparedGroup['difference'];
  pairs: ComparedGroup['pairs'];
}

interface RateDocument {
  estimate: number | null;
  low: number | null;
  high: number | null;
  trials: number;
}

export interface ComparisonDocument {
  simulated: boolean;
  first: ComparedSide;
  second: ComparedSide;
  pairing: Comparison['pairing'];
  trials: Comparison['trials'];
  notes: string[];
  overall: GroupDocument;
  levels: (GroupDocument & { level: string })[];
  clauses: (GroupDocument &
    Pick<ComparedClause, 'id' | 'title' | 'level' | 'reworded' | 'adjusted' | 'called'>)[];
  family: Comparison['family'];
  onlyIn: Comparison['onlyIn'];
  changes: {
    clause: string;
    scenario: string;
    first: string;
    second: string;
    from: 'adheres' | 'violates';
    to: 'adheres' | 'violates';
  }[];
}

/** What one side of a comparison is called. */
export function comparedSide(run: string, plan: Plan, subject: number): ComparedSide {
  return {
    run,
    subject: subjectIds(plan)[subject] ?? '',
    spec: specName(plan.spec),
    simulated: plan.simulated,
  };
}

/** The document of a comparison. */
export function comparisonDocument(
  comparison: Comparison,
  sides: { first: ComparedSide; second: ComparedSide },
  notes: readonly string[],
): ComparisonDocument {
  const { pairing, trials, overall, levels, clauses, family, onlyIn, changes } = comparison;
  return {
    simulated: sides.first.simulated || sides.second.simulated,
    ...sides,
    pairing,
    trials,
    notes: [...notes],
    overall: groupDocument(overall),
    levels: levels.map((group) => ({ level: group.level, ...groupDocument(group) })),
    clauses: clauses.map((clause) => {
      const { id, title, level, reworded, adjusted, called } = clause;
      return { id, title, level, reworded, adjusted, called, ...groupDocument(clause) };
    }),
    family,
    onlyIn,
    changes: changes.map(({ clause, scenario, first, second, adheres }) => ({
      clause,
      scenario,
      first: transcriptId(first),
      second: transcriptId(second),
      from: adheres ? 'adheres' : 'violates',
      to: adheres ? 'violates' : 'adheres',
    })),
  };
}

/** What `--format json` prints: a comparison for each subject. */
export function jsonDocument(comparisons: readonly ComparisonDocument[]): object {
  const simulated = comparisons.some((one) => one.simulated);
  return { schema: 'tenet.comparison/1', simulated, comparisons };
}

function groupDocument({ first, second, difference, pairs }: ComparedGroup): GroupDocument {
  const rate = ({ estimate, low, high, trials }: ComparedGroup['first']): RateDocument => ({
    estimate,
    low,
    high,
    trials,
  });
  return { first: rate(first), second: rate(second), difference, pairs };
}
