/**
 * @module model/simulated/provider
 * Simulated models as a provider: no network, the same answers every time, with planted faults.
 */
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { estimateRequestTokens, estimateTokens } from '../prices.ts';
import type {
  Answer,
  Failure,
  FailureKind,
  Message,
  ModelName,
  ModelRequest,
  Provider,
  Refusal,
} from '../types.ts';
import { simulatedVerdicts } from './batched.ts';
import { draw, seedOf } from './draws.ts';
import { type JudgePlants, readPlants, type SubjectPlants } from './plants.ts';
import { type Scene, simulatedReply } from './subject.ts';

/** The scenes of a run, by `sceneKey` of the messages that open them. */
export type Scenes = ReadonlyMap<string, Scene>;

/** Equal conversations have equal keys. */
export function sceneKey(messages: readonly Message[]): string {
  const turns = messages.map(({ role, content }) => [role, content]);
  return hash('sha256', JSON.stringify(turns), 'hex');
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
  const failed = (kind: FailureKind, what: string, status?: number): Failure => ({
    type: 'failure',
    kind,
    message: `a planted fault: ${what}`,
    transient: status !== undefined,
    ...(status !== undefined && { status, retryAfter: RETRY_AFTER }),
  });
  const declined = (type: Refusal['type'], what: string): Refusal => {
    return { type, reason: `a planted fault: ${what}`, usage, raw: '' };
  };
  if (kind < 0.3) return failed('rate_limit', 'too many calls', 429);
  if (kind < 0.6) return failed('server', 'the server broke', 500);
  if (kind < 0.75) return declined('refused', 'a refusal');
  if (kind < 0.9) return declined('filtered', 'a content filter');
  return failed('malformed', 'an answer that is no JSON');
}
