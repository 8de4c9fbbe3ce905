/**
 * @module features/audit/rejudge/estimate
 * What judging stored transcripts again will take: they are there, so nothing about them is guessed.
 */

import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { costOf, estimateTokens, type Price } from '../../../model/prices.ts';
import { transcriptJson } from '../../../run/judging/judge-prompt.ts';
import { judgeIds } from '../../../run/names.ts';
import { judgesOf, type Plan, sampleAt } from '../../../run/plan.ts';
import { sum, sumKnown } from '../../../stats/index.ts';
import type { RejudgeEstimate } from './schema.ts';

/** A judgement's tokens, about. */
const JUDGEMENT_TOKENS = 150;

/**
 * Estimates a plan that judges a stored run again. What is on record already is not taken off.
 * @param instructions what judges are told of each clause
 */
export function estimateAgain(
  ledger: Ledger,
  source: RunRecord,
  plan: Plan,
  instructions: ReadonlyMap<string, string>,
  priceOf: (label: string) => Price | null,
): RejudgeEstimate {
  const briefs = new Map([...instructions].map(([id, text]) => [id, estimateTokens(text)]));
  const totals = plan.judges.map(() => ({ calls: 0, input: 0 }));
  let transcripts = 0;
  for (const { index, outcome } of ledger.runs.samples(source.ordinal)) {
    if (outcome !== 'replied') continue;
    const stored = ledger.runs.sample(source.ordinal, index);
    if (stored === null) continue;
    transcripts++;
    const { scenario } = sampleAt(plan, index);
    const tokens = estimateTokens(transcriptJson('', stored.sample.transcript, scenario.tools));
    for (const clause of scenario.clauses) {
      for (const place of judgesOf(plan, clause)) {
        const total = totals[place];
        if (total === undefined) continue;
        total.calls++;
        total.input += tokens + (briefs.get(clause) ?? 0);
      }
    }
  }
  const ids = judgeIds(plan);
  const judges = plan.judges.flatMap(({ label, by, parameters }, place) => {
    const { calls, input } = totals[place] ?? { calls: 0, input: 0 };
    if (by !== undefined) return [];
    const output = calls * Math.min(JUDGEMENT_TOKENS, parameters.maxTokens ?? JUDGEMENT_TOKENS);
    const tokens = { input, output };
    return [{ id: ids[place] ?? '', label, calls, tokens, cost: costOf(priceOf(label), tokens) }];
  });
  const code = plan.judges.findIndex(({ by }) => by === 'code');
  return {
    schema: 'tenet.again-estimate/1',
    plan: plan.hash,
    simulated: plan.simulated,
    run: source.id,
    transcripts,
    byCode: totals[code]?.calls ?? 0,
    calls: sum(judges.map(({ calls }) => calls)),
    judges,
    cost: sumKnown(judges.map(({ cost }) => cost)),
  };
}
