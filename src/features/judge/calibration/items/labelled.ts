/**
 * @module features/judge/calibration/items/labelled
 * Transcripts of a run that people have labelled, as items: what most of them say is taken for the truth.
 */

import type { Ledger } from '../../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../../ledger/records.ts';
import type { RunRecord } from '../../../../ledger/runs.ts';
import type { Certificate } from '../../../../report/certificate/schema.ts';
import { clauseAt, type PlannedRubric, sampleAt, transcriptId } from '../../../../run/plan.ts';
import { instructionsOf, type PlanDocument, specOf } from '../../../../run/run.ts';
import { view } from '../../../../run/transcript/view.ts';
import { at, valueAt } from '../../../../text/at.ts';
import { caseKey, labelledRun, readCases } from '../../labels/index.ts';
import type { CalibrationItem } from './items.ts';

/** Why what people said of a transcript is no item. */
type LabelExclusion = 'not_applicable' | 'cannot_judge' | 'tied' | 'by_code' | 'chosen';

export interface LabelledItems {
  items: CalibrationItem[];
  run: Certificate['data']['runs'][number];
}

/**
 * The labelled transcripts of a run, each with the clause it was labelled under and exactly what a judge of that run
 * is told, given these rubrics. The truth is what more than half of the people say; where they don't agree so far, or
 * agree that it can't be told or does not apply, there is no item. Transcripts that were chosen to be labelled, and
 * not drawn by chance (such as those that judges disagree on), say nothing of the others, and are none. The rest is
 * weighted by the chance with which it was drawn, with a mean weight of 1.
 *
 * @param labels those of the run that count, at most one of a person for a case
 */
export async function labelledItems(
  ledger: Ledger,
  run: RunRecord,
  document: PlanDocument,
  labels: readonly LabelRecord[],
  rubrics: readonly PlannedRubric[] = [],
): Promise<LabelledItems> {
  const { plan } = document;
  const instructions = instructionsOf({ ...plan, rubrics: [...rubrics] }, specOf(document));
  const byCode = new Set(rubrics.flatMap((one) => (one.byCode ? [one.clause] : [])));
  const { cases, people, inclusion } = labelledRun(
    await readCases(ledger, run, plan),
    labels,
    await ledger.labels.queuesOf(run.ordinal),
  );
  const said = Map.groupBy(labels, caseKey);
  const excluded: LabelledItems['run']['excluded'] = {};
  const exclude = (reason: LabelExclusion): void => {
    // A reason that was not met yet has no count.
    excluded[reason] = (excluded[reason] ?? 0) + 1;
  };
  const items: CalibrationItem[] = [];
  let contested = 0;
  for (const [place, { sample, clause: id, place: clausePlace }] of cases.entries()) {
    const truth = at(people, place);
    if (truth === null) continue;
    const stored = await ledger.runs.sample(run.ordinal, sample);
    if (stored === null) continue;
    const drawn = at(inclusion, place);
    if (byCode.has(id)) exclude('by_code');
    else if (truth !== 'adheres' && truth !== 'violates') exclude(truth);
    else if (drawn === 0) exclude('chosen');
    else {
      const words = valueAt(said, caseKey({ sample, clause: id }));
      if (new Set(words.map(({ outcome }) => outcome)).size > 1) contested++;
      const { scenario, subject, repeat } = sampleAt(plan, sample);
      items.push({
        id: `${run.id} ${transcriptId(sample)} #${id}`,
        clause: clauseAt(plan, clausePlace),
        instructions: valueAt(instructions, id),
        transcript: view(stored.sample.transcript, { reader: 'judge' }),
        ...(scenario.tools === undefined ? {} : { tools: scenario.tools }),
        repeat,
        truth,
        mark: null,
        cluster: `${run.id} ${scenario.cluster}`,
        abridged: false,
        release: null,
        weight: 1 / drawn,
        family: plan.subjects[subject]?.family ?? null,
      });
    }
  }
  const mean = items.reduce((sum, { weight }) => sum + weight, 0) / items.length;
  return {
    // So that transcripts of several runs, and marks beside them, count by how many they are.
    items: items.map((item) => ({ ...item, weight: item.weight / mean })),
    run: {
      run: run.id,
      people: new Set(labels.map(({ person }) => person)).size,
      labelled: items.length,
      contested,
      excluded,
    },
  };
}
