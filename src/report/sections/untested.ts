/** @module report/sections/untested Clauses that no scenario tests; a finding tells of them in the terminal. */

import { clauseAt } from '../../run/plan.ts';
import type { Part } from '../../text/words.ts';
import { ownParts } from '../schema.ts';
import type { ReportSection } from '../section.ts';

export const untestedSection: ReportSection<string[]> = {
  key: 'untested',
  order: 120,
  part: {
    order: 90,
    schema: ownParts.untested,
    build: ({ plan, tally }) => tally.untested.map((place) => clauseAt(plan, place).id),
  },
  render: (untested, _report, detail) => {
    if (untested.length === 0 || detail === 'glance') return [];
    const ids = untested.flatMap((clause, place): Part[] => [place === 0 ? '' : ', ', { clause }]);
    return [
      {
        type: 'details',
        summary: 'Clauses that nothing tested',
        blocks: [{ type: 'paragraph', text: [...ids, '.'] }],
      },
    ];
  },
};
