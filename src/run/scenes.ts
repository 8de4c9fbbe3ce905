/**
 * @module run/scenes
 * What simulated subjects know of a plan: which clauses a conversation tests, and which replies the spec marks.
 */

import { type Scenes, sceneKey } from '../model/simulated/provider.ts';
import type { Scene } from '../model/simulated/subject.ts';
import type { Spec } from '../spec/index.ts';
import type { Plan } from './plan.ts';
import { openingMessages } from './rollout.ts';
import { markedReplies } from './suite/draw.ts';

/** The scene of every scenario and system prompt of the plan. */
export function scenesOf(plan: Plan, spec: Spec): Scenes {
  const marked = markedReplies(spec);
  const scenes = new Map<string, Scene>();
  const systems = new Set(plan.subjects.map(({ system }) => system));
  for (const scenario of plan.suite.scenarios) {
    // A suite's file may call a scenario an example that this spec does not have.
    const replies = scenario.source.kind === 'example' ? (marked.get(scenario.id) ?? []) : [];
    const scene: Scene = {
      clauses: scenario.clauses,
      marked: replies.flatMap(({ mark, content }) =>
        mark === null ? [] : [{ mark, text: content }],
      ),
    };
    for (const system of systems) {
      const key = sceneKey(openingMessages(scenario, system));
      const known = scenes.get(key) ?? { clauses: [], marked: [] };
      // Two scenarios may open with the same words; whoever is asked them is asked about both.
      const clauses = [...new Set([...known.clauses, ...scene.clauses])];
      scenes.set(key, { clauses, marked: [...known.marked, ...scene.marked] });
    }
  }
  return scenes;
}
