/** @module features/audit/audit/messages The sentences of an audit: what can go wrong, and what is said on the way. */
import { problemsOf } from '../../../app/errors.ts';
import { quoted } from '../../../app/shell-words.ts';
import { dollars, priceText } from '../../../text/figures.ts';

export const problem = problemsOf({
  'resume-other-plan': ({ run }: { run: string }) => ({
    where: { flag: '--resume', value: run },
    what: 'these flags plan another run.',
    remedy: "Leave them out, and the run's own plan is taken.",
  }),
  'resume-rejudging': ({ run, source }: { run: string; source: string }) => ({
    where: { flag: '--resume', value: run },
    what: `this run judges the transcripts of run ${source} again.`,
    remedy: `The same 'tenet judge again ${source} …' with --resume goes on with it; 'tenet report ${run}' reports it.`,
  }),
  'bound-alone': (_: object) => ({
    where: { flag: '--bound' },
    what: 'a bound says when to stop early, so it needs --precision, such as --precision 0.05.',
  }),
  'precision-too-wide': ({ precision }: { precision: number }) => ({
    where: { flag: '--precision', value: String(precision) },
    what: 'half the width of an interval, so it must be under 0.5.',
    remedy: 'Write 0.05 for ±5 points.',
  }),
  'latent-sequential': (_: object) => ({
    where: { flag: '--precision' },
    what: 'a latent consensus changes earlier verdicts as later ones come in, and an interval would not hold.',
    remedy: 'Use --consensus majority or unanimity.',
  }),
  'lossy-batch': ({ size, judge, reason, remedy, spec, hasRubrics }: LossyBatch) => {
    const command = [
      'tenet judge calibrate',
      `--judge ${quoted(judge)}`,
      `--spec ${quoted(spec)}`,
      ...(hasRubrics ? ['--rubric RUBRIC_FILES'] : []),
      `--batch ${size}`,
    ].join(' ');
    const remedies = {
      measure: `'${command}' measures it. Or leave --batch out.`,
      'more items': `Leave --batch out. More items come from a spec with more marked replies, or from people's labels ('${command} --run RUN').`,
      none: 'Leave --batch out.',
    };
    return {
      where: { flag: '--batch', value: String(size) },
      what: `${judge} may lose right verdicts when it is asked about several clauses at once: ${reason}.`,
      remedy: remedies[remedy],
    };
  },
  'nothing-on-record': ({ ledger }: { ledger: string }) => ({
    where: { flag: '--offline' },
    what: `nothing of this plan is on record in ${ledger}.`,
    remedy: 'Run it once without --offline.',
  }),
});

interface LossyBatch {
  size: number;
  judge: string;
  reason: string;
  remedy: 'measure' | 'more items' | 'none';
  spec: string;
  hasRubrics: boolean;
}

/** What is said to the person at the terminal while it goes on. */
export const notes = {
  resumed: (run: string, done: number, total: number) =>
    `Going on with run ${run}: ${done} of ${total} samples are finished.`,
  unfinishedThere: (run: string) =>
    `Run ${run} of this plan is unfinished; --resume would go on with it. A new run starts, and asks nothing twice.`,
  nothingToResume: (run: string) =>
    `There is no run of this plan to go on with; run ${run} starts.`,
  finishedAlready: (run: string) => `Run ${run} is finished; this is its report.`,
  failedSamples: (failed: number) =>
    `${failed} of its samples had calls that failed. The same audit without --resume asks those again, and nothing else.`,
  missingOffline: (missing: number, asked: number) =>
    `${missing} of ${asked} samples are not wholly on record, and stand as not run.`,
  batch: (size: number, note: string) => `--batch ${size}: ${note}.`,
  spendsBudget: (cost: number, budget: number) =>
    `Asking every scenario once would cost about ${dollars(cost)}, more than the budget of ${dollars(budget)}. Calls go where intervals are widest until it is spent; --repeats 1 asks in order instead.`,
  cost: ({ samples, calls, cost, precision, ceiling }: AnnouncedCost) => {
    const price = priceText(cost);
    const extent =
      precision === undefined
        ? `${samples} samples, at most ${calls} calls, ${price}`
        : precision === null
          ? 'As many samples as the budget allows'
          : `About ${samples} samples and ${calls} calls at 85 % adherence, ${price}; more where rates are nearer to one half`;
    return `${extent}${ceiling}. What is on record is not asked again.`;
  },
};

interface AnnouncedCost {
  samples: number;
  calls: number;
  /** US dollars; null where a price is unknown. */
  cost: number | null;
  /** Of a sequential plan; null where only the budget ends it. */
  precision: number | null | undefined;
  /** ` (stops at $5.00)`, or nothing. */
  ceiling: string;
}
