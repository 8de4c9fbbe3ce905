/**
 * @module features/judge/labels/progress
 * How far people are with a run's labels, how far they agree, and what their labels say of the judge.
 */
import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import {
  type Agreement,
  cohenKappa,
  krippendorffAlpha,
  type Ratings,
} from '../../../stats/index.ts';
import type { JudgeErrors } from '../../../stats/judge-error/types.ts';
import { caseKey, type LabelCase } from './cases.ts';
import type { LabelOutcome } from './formats/row.ts';
import { type JudgedLabels, judgedLabels, judgeErrorsOf, type LabelledRun } from './judged.ts';
import { openItems } from './queue.ts';

export interface PersonProgress {
  person: string;
  labels: number;
  outcomes: Record<LabelOutcome, number>;
  /** Given to this person, and not labelled yet. */
  open: number;
}

export interface LabelProgress {
  /** Transcripts with a reply, each under each clause that it tests. */
  cases: number;
  /** Cases that somebody has labelled. */
  labelled: number;
  /** Cases on which people are divided, so that no outcome has a majority. */
  tied: number;
  people: PersonProgress[];
  /** Of each two people who labelled a case in common: Cohen's kappa. */
  pairs: { first: string; second: string; common: number; kappa: Agreement }[];
  /** All people together, where they are three or more: Krippendorff's alpha. */
  alpha: Agreement | null;
  overall: JudgedLabels;
  errors: JudgeErrors;
}

const VOTES: readonly LabelOutcome[] = ['adheres', 'violates', 'not_applicable'];

/** Everything there is to say of a run's labels. */
export function labelProgress(
  run: LabelledRun,
  labels: readonly LabelRecord[],
  queues: readonly LabelQueue[],
): LabelProgress {
  const { cases } = run;
  const names = [...new Set([...labels, ...queues].map(({ person }) => person))].toSorted();
  const overall = judgedLabels(run);
  return {
    cases: cases.length,
    labelled: run.people.filter((said) => said !== null).length,
    tied: run.people.filter((said) => said === 'tied').length,
    people: names.map((person) => progressOf(person, cases, labels, queues)),
    ...agreementOf(run, labels),
    overall,
    errors: judgeErrorsOf(overall),
  };
}

function progressOf(
  person: string,
  cases: readonly LabelCase[],
  labels: readonly LabelRecord[],
  queues: readonly LabelQueue[],
): PersonProgress {
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
  const byCase = Map.groupBy(labels, ({ sample, clause }) => caseKey(sample, clause));
  const shared = cases.flatMap((one) => {
    const said = byCase.get(caseKey(one.sample, one.clause)) ?? [];
    return said.length > 1 ? [{ one, said }] : [];
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
      const common = shared.filter(
        (_, row) =>
          (values[row * people.length + a] ?? -1) >= 0 &&
          (values[row * people.length + a + 1 + b] ?? -1) >= 0,
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
