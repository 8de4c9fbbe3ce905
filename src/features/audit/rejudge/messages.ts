/** @module features/audit/rejudge/messages The sentences of judging transcripts again. */
import { problemsOf } from '../../../app/errors.ts';
import { priceText } from '../../../text/figures.ts';

export const problem = problemsOf({
  'no-transcript': ({ run, asked }: { run: string; asked: number }) => ({
    what: `Run ${run} has no transcript to judge: ${asked === 0 ? 'none of its samples was asked' : 'no subject replied'}.`,
    remedy: `'tenet audit --resume ${run}' asks what is left of it.`,
  }),
  'nothing-new': ({ run }: { run: string }) => ({
    what: `Nothing would be new: run ${run} was judged by these judges, rubrics and rules.`,
    remedy:
      'Give another --judge, --rubric or --consensus, or a --seed that asks the same judges anew.',
  }),
  'code-alone': ({ run }: { run: string }) => ({
    where: { flag: '--judge' },
    what: `name a model that judges; run ${run} was judged by code alone.`,
  }),
});

/** What is said to the person at the terminal while it goes on. */
export const notes = {
  unfinishedThere: (run: string) =>
    `Run ${run} does the same and is unfinished; --resume would go on with it.`,
  resumed: (run: string) => `Going on with run ${run}.`,
  finishedAlready: (run: string) => `Run ${run} is finished; this is its report.`,
  cost: (transcripts: number, calls: number, cost: number | null, ceiling: string) =>
    `${transcripts} transcripts, at most ${calls} calls, ${priceText(cost)}${ceiling}. What is on record is not asked again.`,
};
