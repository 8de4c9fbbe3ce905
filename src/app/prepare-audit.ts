/**
 * @module app/prepare-audit
 * From what is to be asked and who judges to a plan that can be carried out. Asks and writes nothing.
 */

import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { Scenes } from '../model/simulated/provider.ts';
import { type PlanInput, planAudit, sampleCount } from '../run/plan.ts';
import { instructionsOf, type PlanDocument, planDocument, specOf } from '../run/run.ts';
import { scenesOf } from '../run/scenes.ts';
import type { Spec } from '../spec/index.ts';
import { problem } from './messages.ts';

/** A plan with what is needed to carry it out. */
export interface Prepared {
  document: PlanDocument;
  spec: Spec;
  /** What judges are told of each tested clause, by id. */
  instructions: ReadonlyMap<string, string>;
}

/** So many samples at most: a run keeps track of each in memory, which takes some 30 bytes. */
const MOST_SAMPLES = 20_000_000;

/**
 * The plan of an audit. Throws a `TenetError` where it comes to more samples than a run can have. `text` is the spec's own, which the
 * ledger keeps with it.
 */
export function prepareAudit({ text, ...input }: PlanInput & { text: string }): Prepared {
  const plan = planAudit(input);
  if (sampleCount(plan) > MOST_SAMPLES) {
    throw problem('too-many-samples', {
      scenarios: plan.suite.scenarios.length,
      subjects: plan.subjects.length,
      repeats: plan.repeats,
      most: MOST_SAMPLES,
    });
  }
  return {
    document: { plan, spec: text },
    spec: input.spec,
    instructions: instructionsOf(plan, input.spec),
  };
}

/** The plan of a stored run, ready to go on with. */
export async function prepareStored(ledger: Ledger, run: RunRecord): Promise<Prepared> {
  const document = await planDocument(ledger, run);
  const spec = specOf(document);
  return { document, spec, instructions: instructionsOf(document.plan, spec) };
}

/** What simulated subjects know of a plan, made when one of them is first asked. */
export function scenesLater({ document, spec }: Prepared): () => Scenes {
  let scenes: Scenes | null = null;
  return () => {
    scenes ??= scenesOf(document.plan, spec);
    return scenes;
  };
}
