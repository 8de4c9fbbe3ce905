/**
 * @module features/audit/compare/comparison
 * A comparison of two runs as plain data, `tenet.comparison/1`: what the renderers print.
 */

import { subjectIds } from '../../../run/names.ts';
import { type Plan, transcriptId } from '../../../run/plan.ts';
import { specName } from '../../../spec/index.ts';
import type { ComparedClause, ComparedGroup, Comparison } from './compare.ts';

/** What is compared: a run, its subject, its spec. */
export interface ComparedSide {
  run: string;
  subject: string;
  spec: string;
  simulated: boolean;
  /** Whether there is a certificate of its judge. */
  judge: JudgeState;
}

type JudgeState = 'measured' | 'unmeasured';

interface GroupDocument {
  first: RateDocument;
  second: RateDocument;
  difference: ComparedGroup['difference'] & { judge: JudgeState };
  pairs: ComparedGroup['pairs'];
}

interface RateDocument {
  estimate: number | null;
  low: number | null;
  high: number | null;
  trials: number;
  judge: JudgeState;
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
export function comparedSide(
  run: string,
  plan: Plan,
  subject: number,
  judge: JudgeState,
): ComparedSide {
  return {
    run,
    subject: subjectIds(plan)[subject] ?? '',
    spec: specName(plan.spec),
    simulated: plan.simulated,
    judge,
  };
}

/** The document of a comparison. */
export function comparisonDocument(
  comparison: Comparison,
  sides: { first: ComparedSide; second: ComparedSide },
  notes: readonly string[],
): ComparisonDocument {
  const { pairing, trials, overall, levels, clauses, family, onlyIn, changes } = comparison;
  const groupDocument = groupsOf(sides);
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

function groupsOf(sides: {
  first: ComparedSide;
  second: ComparedSide;
}): (group: ComparedGroup) => GroupDocument {
  const rateOf = (
    { estimate, low, high, trials }: ComparedGroup['first'],
    { judge }: ComparedSide,
  ): RateDocument => ({ estimate, low, high, trials, judge });
  const isMeasured = sides.first.judge === 'measured' && sides.second.judge === 'measured';
  return ({ first, second, difference, pairs }) => ({
    first: rateOf(first, sides.first),
    second: rateOf(second, sides.second),
    difference: { ...difference, judge: isMeasured ? 'measured' : 'unmeasured' },
    pairs,
  });
}
