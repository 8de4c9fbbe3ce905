/**
 * @module features/audit/rejudge/estimate
 * What judging stored transcripts again will take: they are there, so nothing about them is guessed.
 */

import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { costOf, estimateTokens, type Price } from '../../../model/prices.ts';
import { transcriptJson } from '../../../run/judging/judge-prompt.ts';
import { judgeIds, nameAt } from '../../../run/names.ts';
import { judgesOf, type Plan, sampleAt } from '../../../run/plan.ts';
import { view } from '../../../run/transcript/view.ts';
import { sum, sumKnown } from '../../../stats/index.ts';
import { at, valueAt } from '../../../text/at.ts';
import type { RejudgeEstimate } from './schema.ts';

/** A judgement's tokens, about. */
const JUDGEMENT_TOKENS = 150;

/**
 * Estimates a plan that judges a stored run again. What is on record already is not taken off.
 * @param instructions what judges are told of each clause
 */
export async function estimateAgain(
  ledger: Ledger,
  source: RunRecord,
  plan: Plan,
  instructions: ReadonlyMap<string, string>,
  priceOf: (label: string) => Price | null,
): Promise<RejudgeEstimate> {
  const briefs = new Map([...instructions].map(([id, text]) => [id, estimateTokens(text)]));
  const ids = judgeIds(plan);
  const judging = plan.judges.map((judge, place) => {
    return { ...judge, id: nameAt(ids, place), calls: 0, input: 0 };
  });
  let transcripts = 0;
  for await (const page of ledger.runs.samples(source.ordinal)) {
    for (const { index, outcome } of page) {
      if (outcome !== 'replied') continue;
      const stored = await ledger.runs.sample(source.ordinal, index);
      if (stored === null) continue;
      transcripts++;
      const { scenario } = sampleAt(plan, index);
      const tokens = estimateTokens(
        transcriptJson('', view(stored.sample.transcript, { reader: 'judge' }), scenario.tools),
      );
      for (const clause of scenario.clauses) {
        for (const place of judgesOf(plan, clause)) {
          const one = at(judging, place);
          one.calls++;
          one.input += tokens + valueAt(briefs, clause);
        }
      }
    }
  }
  const judges = judging.flatMap(({ id, label, by, parameters, calls, input }) => {
    if (by !== undefined) return [];
    const output = calls * Math.min(JUDGEMENT_TOKENS, parameters.maxTokens ?? JUDGEMENT_TOKENS);
    const tokens = { input, output };
    return [{ id, label, calls, tokens, cost: costOf(priceOf(label), tokens) }];
  });
  return {
    schema: 'tenet.again-estimate/1',
    plan: plan.hash,
    simulated: plan.simulated,
    run: source.id,
    transcripts,
    byCode: sum(judging.map(({ by, calls }) => (by === 'code' ? calls : 0))),
    calls: sum(judges.map(({ calls }) => calls)),
    judges,
    cost: sumKnown(judges.map(({ cost }) => cost)),
  };
}
