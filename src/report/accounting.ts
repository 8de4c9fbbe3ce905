/** @module report/accounting What became of everything that was planned, and what it took. */

import type { JudgeTally } from '../run/count-rows.ts';
import { addEach, totalSpending } from '../run/counts.ts';
import type { SubjectTally, Tally } from '../run/tally.ts';
import { sum } from '../stats/index.ts';
import type { Report } from './schema.ts';

/** The accounting of a run. */
export function accountingOf(
  tally: Tally,
  subjects: string[],
  judges: string[],
): Report['accounting'] {
  const samples = tally.subjects.map((subject) => samplesOf(subject));
  const verdicts = tally.subjects.map(({ overall }) => overall.verdicts);
  return {
    samples: samples.reduce(addEach, emptySamples()),
    verdicts: verdicts.reduce(addEach, {
      adheres: 0,
      violates: 0,
      not_applicable: 0,
      cannot_judge: 0,
      unsupported: 0,
    }),
    cannotJudge: {
      ...(tally.panel?.cannotJudge ??
        tally.judges.map(({ cannotJudge }) => cannotJudge).reduce(addEach, emptyCauses())),
    },
    truncated: sum(tally.subjects.map(({ truncated }) => truncated)),
    usage: totalSpending([...tally.subjects, ...tally.judges].map(({ usage }) => usage)),
    subjects: tally.subjects.map(({ truncated, usage }, place) => ({
      id: subjects[place] ?? '',
      samples: samples[place] ?? emptySamples(),
      truncated,
      usage: { ...usage },
    })),
    judges: tally.judges.map(({ verdicts: given, cannotJudge, usage }, place) => ({
      id: judges[place] ?? '',
      verdicts: given,
      cannotJudge: { ...cannotJudge },
      usage: { ...usage },
    })),
  };
}

type Samples = Report['accounting']['samples'];

function samplesOf({ samples }: SubjectTally): Samples {
  const { replied, refused, filtered, unsupported, failed, not_run } = samples;
  const planned = replied + refused + filtered + unsupported + failed + not_run;
  return { planned, replied, refused, filtered, unsupported, failed, not_run };
}

function emptySamples(): Samples {
  return { planned: 0, replied: 0, refused: 0, filtered: 0, unsupported: 0, failed: 0, not_run: 0 };
}

function emptyCauses(): JudgeTally['cannotJudge'] {
  return { judge: 0, malformed: 0, refused: 0, filtered: 0, unsupported: 0, failed: 0 };
}
