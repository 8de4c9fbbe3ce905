/**
 * @module features/audit/compare/document
 * A comparison of two runs as plain data: a part of `tenet.comparison/1`.
 */
import { subjectIds } from '../../../run/names.ts';
import { type Plan, transcriptId } from '../../../run/plan.ts';
import { specName } from '../../../spec/index.ts';
import type { ComparedGroup, Comparison } from './compare-sides.ts';
import { type Note, noteText } from './messages.ts';
import type { ComparedSide, ComparisonDocument } from './schema.ts';

type Group = ComparisonDocument['overall'];

/** What one side of a comparison is called, and whether its judge's errors are known. */
export function comparedSide(
  run: string,
  plan: Plan,
  subject: number,
  judge: ComparedSide['judge'],
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
  notes: readonly Note[],
): ComparisonDocument {
  const { pairing, trials, overall, levels, clauses, family, onlyIn, changes } = comparison;
  const groupOf = groupsOf(sides);
  return {
    simulated: sides.first.simulated || sides.second.simulated,
    ...sides,
    pairing,
    trials,
    notes: notes.map(noteText),
    noteData: [...notes],
    overall: groupOf(overall),
    levels: levels.map((group) => ({ level: group.level, ...groupOf(group) })),
    clauses: clauses.map((clause) => {
      const { id, title, level, reworded, adjusted, called } = clause;
      return { id, title, level, reworded, adjusted, called, ...groupOf(clause) };
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

function groupsOf(sides: {
  first: ComparedSide;
  second: ComparedSide;
}): (group: ComparedGroup) => Group {
  const rateOf = (
    { estimate, low, high, trials }: ComparedGroup['first'],
    { judge }: ComparedSide,
  ): Group['first'] => ({ estimate, low, high, trials, judge });
  const isMeasured = sides.first.judge === 'measured' && sides.second.judge === 'measured';
  return ({ first, second, difference, pairs }) => ({
    first: rateOf(first, sides.first),
    second: rateOf(second, sides.second),
    difference: { ...difference, judge: isMeasured ? 'measured' : 'unmeasured' },
    pairs,
  });
}
