/**
 * @module model/simulated/provider
 * Simulated models as a provider: no network, the same answers every time, with planted faults.
 */
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { estimateRequestTokens, estimateTokens } from '../prices.ts';
import type { Answer, Message, ModelName, ModelRequest, Provider } from '../types.ts';
import { simulatedVerdicts } from './batched.ts';
import { draw, seedOf } from './draws.ts';
import { type JudgePlants, readPlants, type SubjectPlants } from './plants.ts';
import { type Scene, simulatedReply } from './subject.ts';

/** The scenes of a run, by `sceneKey` of the messages that open them. */
export type Scenes = ReadonlyMap<string, Scene>;

/** Equal conversations have equal keys. */
export function sceneKey(messages: readonly Message[]): string {
  return hash(
    'sha256',
    JSON.stringify(messages.map(({ role, content }) => [role, content])),
    'hex',
  );
}

/** Opens a `sim:` model; the message says what is wrong with its name. */
export function openSimulated(
  name: ModelName,
  scenes: () => Scenes,
): { ok: true; provider: Provider } | { ok: false; message: string } {
  const plants = readPlants(name);
  if ('message' in plants) return { ok: false, message: plants.message };
  const faultsSoFar = new Map<string, number>();
  return {
    ok: true,
    provider: {
      name,
      account: name.text,
      simulated: true,
      address: null,
      complete: async (request) => {
        // A network would let timers and signals have their turn; without this a long run would not.
        await setImmediate();
        const fault = plants.faults > 0 ? faultOf(plants, request, faultsSoFar) : null;
        if (fault !== null) return fault;
        const text =
          plants.kind === 'judge'
            ? simulatedVerdicts(plants, request)
            : simulatedReply(plants, request, scenes().get(sceneKey(request.messages)));
        return {
          type: 'reply',
          text,
          finish: 'stop',
          usage: { input: estimateRequestTokens(request), output: estimateTokens(text) },
          model: name.text,
          raw: '',
        };
      },
      close: async () => {},
    },
  };
}

/** Soon enough that a simulated run stays quick, and still a wait that the caller has to make. */
const RETRY_AFTER = 2;

function faultOf(
  plants: SubjectPlants | JudgePlants,
  request: ModelRequest,
  soFar: Map<string, number>,
): Answer | null {
  const seed = seedOf(request, `fault ${plants.kind} ${plants.seed}`);
  const attempt = soFar.get(seed) ?? 0;
  if (draw(seed, 'fault', attempt) >= plants.faults) {
    soFar.delete(seed);
    return null;
  }
  soFar.set(seed, attempt + 1);
  const kind = draw(seed, 'kind', attempt);
  const usage = { input: estimateRequestTokens(request), output: 0 };
  const planted = (what: string) => `a planted fault: ${what}`;
  if (kind < 0.3) {
    return {
      type: 'failure',
      kind: 'rate_limit',
      status: 429,
      transient: true,
      retryAfter: RETRY_AFTER,
      message: planted('too many calls'),
    };
  }
  if (kind < 0.6) {
    return {
      type: 'failure',
      kind: 'server',
      status: 500,
      transient: true,
      retryAfter: RETRY_AFTER,
      message: planted('the server broke'),
    };
  }
  if (kind < 0.75) return { type: 'refused', reason: planted('a refusal'), usage, raw: '' };
  if (kind < 0.9) return { type: 'filtered', reason: planted('a content filter'), usage, raw: '' };
  return {
    type: 'failure',
    kind: 'malformed',
    transient: false,
    message: planted('an answer that is no JSON'),
  };
}
