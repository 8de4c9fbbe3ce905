/** @module features/audit/rejudge/estimate-blocks What judging transcripts again will take, before anybody is asked. */
import { type Block, SIMULATED, section } from '../../../text/blocks.ts';
import { priceText } from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import type { RejudgeEstimate } from './schema.ts';

const LABEL = 13;

/** The estimate in words. */
export function estimateBlocks(estimate: RejudgeEstimate): Block[] {
  const { run, transcripts, byCode, judges, cost, simulated } = estimate;
  return [
    ...(simulated ? [SIMULATED] : []),
    { type: 'heading', level: 1, text: `Judging run ${run} again: nothing is asked yet` },
    section({
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [
        { key: 'Transcripts', value: `${grouped(transcripts)} with a reply; no subject is asked` },
        ...judges.map((judge) => ({
          key: 'Judge',
          value: `${judge.id}: ${count(judge.calls, 'call')}, about ${grouped(judge.tokens.input)} tokens in and ${grouped(judge.tokens.output)} out, ${priceText(judge.cost)}`,
        })),
        { key: 'Code', value: byCode === 0 ? '' : `${count(byCode, 'verdict')}, at no cost` },
        {
          key: 'Together',
          value: `${priceText(cost)}, less what is on record already; answers asked for twice come on top`,
        },
      ],
    }),
  ];
}
