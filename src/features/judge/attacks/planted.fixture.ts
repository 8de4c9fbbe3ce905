/** @module features/judge/attacks/planted.fixture The suite put to simulated judges, whose weaknesses are known. */
import assert from 'node:assert/strict';
import { parseName } from '../../../app/models.ts';
import type { Caller } from '../../../model/call.ts';
import { openSimulated } from '../../../model/simulated/provider.ts';
import type { Answer, ModelRequest } from '../../../model/types.ts';
import type { AttackedJudge } from '../../../report/certificate/attack-schema.ts';
import { modelJudge } from '../../../run/judging/judge.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import type { Attack, AttackItem } from './attack.ts';
import { attackJudge } from './attack-judge.ts';
import { ATTACKS } from './attacks.ts';

/** Nobody stops. */
const NEVER = { signal: new AbortController().signal, abort: new AbortController().signal };

/** The model of a `sim:` name, asked by itself. */
export function simulated(name: string): (request: ModelRequest) => Promise<Answer> {
  const opened = openSimulated(parseName(name, '--judge'), () => new Map());
  assert.ok(opened.ok);
  const { provider } = opened;
  return (request) => provider.complete(request, NEVER.abort);
}

/** A judge that can be asked by its name. */
export function plannedJudge(name: string): PlannedJudge {
  return { name, label: name, family: null, simulated: true, parameters: {}, prompt: '' };
}

/** The whole suite, put to a simulated judge as the command would put it. */
export async function suiteWith(
  name: string,
  spec: Spec,
  items: readonly AttackItem[],
  attacks: readonly Attack[] = ATTACKS,
): Promise<AttackedJudge> {
  const complete = simulated(name);
  const judge = plannedJudge(name);
  const caller: Caller = {
    hashOf: () => '',
    call: async (request) => ({
      type: 'answered',
      hash: '',
      answer: await complete(request),
      cost: 0,
      fromRecord: false,
    }),
  };
  const end = await attackJudge(
    { spec, items, attacks },
    { judge, ask: modelJudge(caller, judge), width: () => 8 },
    NEVER,
  );
  assert.ok('attacked' in end);
  return end.attacked;
}
