/** @module model/simulated/batched A judge with planted errors that is asked about several clauses at once. */
import * as z from 'zod';
import { parsedJson } from '../json.ts';
import type { ModelRequest } from '../types.ts';
import { simulatedVerdict } from './judge.ts';
import type { JudgePlants } from './plants.ts';

/** How the JSON of such a question begins. */
const CLAUSES = /^\{"clauses":(\[[^\]]*\])/;

/**
 * What these plants answer to a request about one clause, or about several: of each what they would say of it alone,
 * but for errors that are planted for batches. A clause whose answer would fit no schema is left out.
 */
export function simulatedVerdicts(plants: JudgePlants, request: ModelRequest): string {
  const place = request.messages.findIndex(({ role }) => role === 'user');
  const content = request.messages[place]?.content ?? '';
  const named = clausesIn(content);
  if (named === null) return simulatedVerdict(plants, request);
  const verdicts = named.flatMap((clause) => {
    const alone = content.replace(CLAUSES, () => `{"clause":${JSON.stringify(clause)}`);
    const messages = request.messages.with(place, { role: 'user', content: alone });
    const text = simulatedVerdict(plants, { ...request, messages }, plants.batched);
    const verdict = parsedJson(text);
    return verdict === undefined ? [] : [[clause, verdict] as const];
  });
  return JSON.stringify(Object.fromEntries(verdicts));
}

function clausesIn(content: string): string[] | null {
  const list = CLAUSES.exec(content)?.[1];
  return list === undefined ? null : (z.array(z.string()).safeParse(parsedJson(list)).data ?? null);
}
