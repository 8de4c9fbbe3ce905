/**
 * @module features/judge/labels/progress
 * How far people are with a run's labels, how far they agree, and what their labels say of the judge.
 */

import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { reportedCorrection } from '../../../report/correction.ts';
import { cohenKappa, krippendorffAlpha, type Ratings } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import { caseKey, type LabelCase } from './cases.ts';
import type { LabelOutcome } from './formats/row.ts';
import { correctedByLabels, judgedLabels, judgeErrorsOf, type LabelledRun } from './judged.ts';
import { drawnFromPart } from './messages.ts';
import { narrowingPlan } from './narrowing.ts';
import { openItems } from './queue.ts';
import type { LabelProgress } from './schema.ts';

/** The run that labels are of. */
interface OfRun {
  id: string;
  simulated: boolean;
}

/** So many labels are a sitting. */
const NEXT_LABELS = 50;

const VOTES: readonly LabelOutcome[] = ['adheres', 'violates', 'not_applicable'];

/** Everything there is to say of a run's labels. Only labels that count, see `LabelStore.ofRun`. */
export function labelProgress(
  { id, simulated }: OfRun,
  run: LabelledRun,
  labels: readonly LabelRecord[],
  queues: readonly LabelQueue[],
): LabelProgress {
  const { cases } = run;
  const names = [...new Set([...labels, ...queues].map(({ person }) => person))].toSorted();
  const overall = judgedLabels(run);
  const { items, left, part } = overall;
  const refused = part === null ? {} : { code: 'drawn-from-part' as const, data: part };
  const next = narrowingPlan(run, NEXT_LABELS);
  return {
    schema: 'tenet.labels/1',
    run: id,
    simulated,
    cases: cases.length,
    labelled: run.people.filter((said) => said !== null).length,
    tied: run.people.filter((said) => said === 'tied').length,
    people: names.map((person) => progressOf(person, cases, labels, queues)),
    ...agreementOf(run, labels),
    judge: {
      judged: items.verdicts.length,
      labels: overall.labels,
      left,
      ...(part === null ? {} : { reason: drawnFromPart(part) }),
      ...refused,
      errors: judgeErrorsOf(overall),
    },
    corrected: { ...reportedCorrection(correctedByLabels(run)), ...refused },
    next: { labels: next.labels, before: next.before, after: next.after },
  };
}

function progressOf(
  person: string,
  cases: readonly LabelCase[],
  labels: readonly LabelRecord[],
  queues: readonly LabelQueue[],
): LabelProgress['people'][number] {
  const own = labels.filter((label) => label.person === person);
  const given = queues.filter((queue) => queue.person === person);
  const outcomes = { adheres: 0, violates: 0, not_applicable: 0, cannot_judge: 0 };
  for (const { outcome } of own) if (outcome !== null) outcomes[outcome]++;
  return { person, labels: own.length, outcomes, open: openItems(given, own, cases).length };
}

function agreementOf(
  { cases }: LabelledRun,
  labels: readonly LabelRecord[],
): Pick<LabelProgress, 'pairs' | 'alpha'> {
  const people = [...new Set(labels.map(({ person }) => person))].toSorted();
  const byCase = Map.groupBy(labels, caseKey);
  const shared = cases.flatMap((one) => {
    const said = byCase.get(caseKey(one));
    return said !== undefined && said.length > 1 ? [{ one, said }] : [];
  });
  const values = new Int8Array(shared.length * people.length).fill(-1);
  for (const [row, { said }] of shared.entries()) {
    for (const { person, outcome } of said) {
      if (outcome === null) continue;
      values[row * people.length + people.indexOf(person)] = VOTES.indexOf(outcome);
    }
  }
  const ratings: Ratings = {
    values,
    raters: people.length,
    categories: VOTES.length,
    clusters: Int32Array.from(shared, ({ one }) => one.cluster),
  };
  const pairs = people.flatMap((first, a) =>
    people.slice(a + 1).flatMap((second, b) => {
      const common = shared.filter((_, row) =>
        [a, a + 1 + b].every((person) => at(values, row * people.length + person) >= 0),
      ).length;
      return common === 0
        ? []
        : [{ first, second, common, kappa: cohenKappa(ratings, a, a + 1 + b) }];
    }),
  );
  const alpha =
    people.length < 3 || shared.length === 0 ? null : krippendorffAlpha(ratings, 'nominal');
  return { pairs, alpha };
}
