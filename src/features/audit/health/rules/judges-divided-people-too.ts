/** @module features/audit/health/rules/judges-divided-people-too Judges are divided, and so are people. */
import { FEWEST_LABELS, SIDED } from '../clause-evidence.ts';
import { defineRule } from '../rule.ts';

export const judgesDividedPeopleToo = defineRule({
  code: 'judges-divided-people-too',
  signal: 'judges-disagree',
  when: 'judges disagree, and people side now with one, now with another, or are divided themselves',
  faults: ['ambiguity'],
  next: 'say-which-reading',
  holds: ({ judges: { people } }) => {
    const labelled = people.labelled + people.divided;
    if (labelled < FEWEST_LABELS) return null;
    const best = Math.max(0, ...people.sides.values());
    return people.divided < 2 && best >= SIDED * people.labelled ? null : { labelled };
  },
});
