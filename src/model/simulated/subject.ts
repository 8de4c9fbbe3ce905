/**
 * @module model/simulated/subject
 * A subject with planted behaviour. It keeps or breaks each clause of a scenario by chance, and says so in a
 * stamp at the end of its reply, which is how a simulated judge knows the truth.
 */
import type { ModelRequest } from '../types.ts';
import { draw, pick, seedOf } from './draws.ts';
import type { SubjectPlants } from './plants.ts';

/** What a simulated subject knows of the question it is asked. */
export interface Scene {
  clauses: string[];
  /** Replies that the spec marks, to answer with. */
  marked: { mark: 'good' | 'ok' | 'bad'; text: string }[];
}

/** The truth about a simulated reply. */
export interface Truth {
  keeps: string[];
  breaks: string[];
}

/** The reply that these plants give to a request in this scene. */
export function simulatedReply(
  plants: SubjectPlants,
  request: ModelRequest,
  scene: Scene | undefined,
): string {
  const seed = seedOf(request, `subject ${plants.seed}`);
  const truth: Truth = { keeps: [], breaks: [] };
  for (const clause of scene?.clauses ?? []) {
    const rate = plants.violatesClause[clause] ?? plants.violates;
    truth[draw(seed, 'violates', clause) < rate ? 'breaks' : 'keeps'].push(clause);
  }
  const wanted = truth.breaks.length > 0 ? 'bad' : 'good';
  const marked = (scene?.marked ?? []).filter(({ mark }) => mark === wanted);
  const chosen = pick(marked, draw(seed, 'reply'))?.text;
  const text =
    chosen ??
    (wanted === 'bad'
      ? 'A simulated reply, standing for one that does not do what the spec asks.'
      : 'A simulated reply, standing for one that does what the spec asks.');
  return stamped(text, truth);
}

/** A reply with the truth about it in its last line, for simulated judges to read. */
export function stamped(text: string, truth: Truth): string {
  return `${text}\n\n${stamp(truth)}`;
}

function stamp({ keeps, breaks }: Truth): string {
  const parts = [
    breaks.length > 0 ? `breaks ${breaks.map((id) => `#${id}`).join(' ')}` : '',
    keeps.length > 0 ? `keeps ${keeps.map((id) => `#${id}`).join(' ')}` : '',
  ].filter(Boolean);
  return `[SIMULATED: ${parts.length > 0 ? parts.join('; ') : 'no clause'}]`;
}

/** The truth that a simulated reply carries in its last line, or null where it carries none. */
export function readStamp(reply: string): Truth | null {
  const lastLine = reply.slice(reply.lastIndexOf('\n') + 1);
  const inside = /^\[SIMULATED: ([^\]]*)\]$/.exec(lastLine)?.[1];
  if (inside === undefined) return null;
  const truth: Truth = { keeps: [], breaks: [] };
  for (const part of inside.split('; ')) {
    const [verb, ...ids] = part.split(' ');
    if (verb === 'keeps' || verb === 'breaks') truth[verb].push(...ids.map((id) => id.slice(1)));
  }
  return truth;
}
