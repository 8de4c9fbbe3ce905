/** @module features/judge/calibration/prepare What there is to measure judges on, from a spec and people's labels. Asks nobody. */
import type { PlannedJudge, PlannedRubric } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { sum } from '../../../stats/index.ts';
import { type Questions, retestOf } from './asking/ask.ts';
import { batchedItems } from './batching/batched-items.ts';
import type { Calibration } from './certify.ts';
import { type MarkedItems, markedItems } from './items/items.ts';
import type { LabelledItems } from './items/labelled.ts';
import { datedItems } from './items/releases.ts';
import { problem } from './messages.ts';

/** An earlier release of the spec. */
export interface EarlierRelease {
  file: string;
  spec: Spec;
}

/** What judges are to be measured on. */
export interface CalibrationChoice {
  spec: Spec;
  judges: readonly Pick<PlannedJudge, 'simulated'>[];
  /** Only replies marked under these clauses; absent: under all. */
  clauses?: ReadonlySet<string>;
  /** At most so many marked replies, spread over the clauses. */
  limit?: number;
  /** Which replies are taken where not all are, which are asked twice, and what batches are made of. */
  seed: number;
  rubrics: readonly PlannedRubric[];
  labelled: readonly LabelledItems[];
  /** So many are asked a second time. */
  retest: number;
  /** Whether it is asked which of two replies is the better one. */
  pairs: boolean;
  /** Clauses in a batch, where batches are to be measured. */
  batch?: number;
  earlier: readonly EarlierRelease[];
  /** Examples of releases after this date are told apart. */
  cutoff?: string;
}

/** The calibration that is wanted. Throws where there is nothing to ask, or where what is given can't be used. */
export function prepareCalibration(choice: CalibrationChoice): Calibration {
  const { spec, judges, labelled, rubrics, seed, retest, pairs, earlier, cutoff } = choice;
  const { clauses, limit } = choice;
  const simulated = judges.some((judge) => judge.simulated);
  const marked = markedItems(spec, { simulated, clauses, limit, seed, rubrics });
  const items = [...dated(marked, choice), ...labelled.flatMap((one) => one.items)];
  if (items.length === 0) {
    const replies = sum(Object.values(marked.excluded));
    throw problem('nothing-to-ask', {
      file: spec.file,
      isNarrowed: clauses !== undefined,
      replies,
    });
  }
  return {
    spec,
    rubrics,
    questions: {
      items,
      retest: retestOf(items, retest, seed),
      pairs: pairs ? marked.pairs : [],
      ...batchesFor(choice, items),
    },
    excluded: marked.excluded,
    runs: labelled.map(({ run }) => run),
    cutoff: cutoff ?? null,
    dated: earlier.length > 0,
    pairsWanted: pairs,
    retestWanted: retest > 0,
  };
}

function batchesFor(
  { batch: size, spec, seed, rubrics }: CalibrationChoice,
  items: Questions['items'],
): Pick<Questions, 'batches'> {
  if (size === undefined || size === 1) return {};
  const byCode = rubrics.filter((rubric) => rubric.byCode).length;
  const clauses = spec.sections.filter(({ isClause }) => isClause).length - byCode;
  if (clauses < size) throw problem('batch-too-large', { size, file: spec.file, clauses });
  return { batches: { size, items: batchedItems(spec, items, size, { seed, rubrics }) } };
}

const RELEASE = /^\d{4}-\d{2}-\d{2}$/;

function datedVersion({ file, spec: { version } }: CalibrationChoice['earlier'][number]): string {
  if (version === null || !RELEASE.test(version))
    throw problem('release-undated', { file, version });
  return version;
}

/** The items with the release that each is from, where earlier releases or a cutoff are given. */
function dated(
  { items }: MarkedItems,
  { spec, earlier, cutoff }: CalibrationChoice,
): MarkedItems['items'] {
  if (cutoff === undefined && earlier.length === 0) return items;
  if (cutoff !== undefined && !RELEASE.test(cutoff)) throw problem('cutoff-no-date', { cutoff });
  const own = datedVersion({ file: spec.file, spec });
  const versions = earlier.map((one) => ({ file: one.file, version: datedVersion(one) }));
  const later = versions.find(({ version }) => version >= own);
  if (later !== undefined) throw problem('release-not-earlier', { ...later, own });
  return datedItems(
    items,
    spec,
    earlier.map(({ spec: release }) => release),
  );
}
