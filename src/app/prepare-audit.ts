/**
 * @module app/prepare-audit
 * From what is to be asked and who judges to a plan that can be carried out. Asks and writes nothing.
 */

import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { type PlanInput, planAudit } from '../run/plan.ts';
import { instructionsOf, type PlanDocument, planDocument, specOf } from '../run/run.ts';
import type { Spec } from '../spec/index.ts';

/** A plan with what is needed to carry it out. */
export interface Prepared {
  document: PlanDocument;
  spec: Spec;
  /** What judges are told of each tested clause, by id. */
  instructions: ReadonlyMap<string, string>;
}

/** The plan of an audit. `text` is the spec's own, which the ledger keeps with it. */
export function prepareAudit({ text, ...input }: PlanInput & { text: string }): Prepared {
  const plan = planAudit(input);
  return {
    document: { plan, spec: text },
    spec: input.spec,
    instructions: instructionsOf(plan, input.spec),
  };
}

/** The plan of a stored run, ready to go on with. */
export function prepareStored(ledger: Ledger, run: RunRecord): Prepared {
  const document = planDocument(ledger, run);
  const spec = specOf(document);
  return { document, spec, instructions: instructionsOf(document.plan, spec) };
}
