/** @module features/audit/health/rules/judges-divided-people-decide Judges are divided, and people side with one of them. */
import { FEWEST_LABELS, SIDED } from '../clause-evidence.ts';
import { defineRule } from '../rule.ts';

/** The share of people's labels with which a judge that they side against agrees at most. */
const DESERTED = 1 / 3;

export const judgesDividedPeopleDecide = defineRule({
  code: 'judges-divided-people-decide',
  signal: 'judges-disagree',
  when: 'judges disagree, and people side with one against another',
  faults: ['judge'],
  next: 'judge-by-another',
  holds: ({ judges: { people, judges } }) => {
    const { labelled, sides } = people;
    if (labelled < FEWEST_LABELS) return null;
    const share = (judge: string): number => (sides.get(judge) ?? 0) / labelled;
    const deserted = judges.filter((judge) => share(judge) <= DESERTED);
    const isSided = judges.some((judge) => share(judge) >= SIDED);
    return deserted.length > 0 && isSided ? { labelled, deserted } : null;
  },
});
