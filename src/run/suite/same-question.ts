/**
 * @module run/suite/same-question
 * Finds scenarios that put the same question to a model: they get the same call's answer, so that what they say of it
 * is one observation, not several.
 */
import { requestHash } from '../../model/record.ts';
import { at, valueAt } from '../../text/at.ts';
import type { Scenario } from './scenario.ts';
import { PackedScenarios, packed } from './scenarios.ts';

/** What of a scenario makes its question. */
type Question = Pick<Scenario, 'messages' | 'tools' | 'maxTokens'>;

/** Takes scenarios one by one, and keeps those that are not asked already. */
export interface Joining {
  /** False where an earlier scenario asks the same question for the same clauses, so that this one is left out. */
  add(scenario: Scenario): boolean;
  /** Those that were kept. */
  done(): PackedScenarios;
}

/**
 * Gives scenarios with equal questions one cluster (the clusters that they stand in become one, under the name
 * of the first), and takes out those that test no other clauses than an earlier one does.
 */
export function joinSameQuestions(): Joining {
  const clusters = new Clusters();
  const kept = new PackedScenarios();
  /** The place of the first that asks a question. */
  const firstOf = new Map<string, number>();
  /** The sets of clauses that questions asked more than once are asked for; most are asked once. */
  const clausesOf = new Map<string, Set<string>>();
  return {
    add: (scenario) => {
      clusters.add(scenario.cluster);
      const question = questionHash(scenario);
      // What was not asked before stands nowhere.
      const first = kept.at(firstOf.get(question) ?? -1);
      if (first === undefined) {
        firstOf.set(question, kept.length);
        kept.add(scenario);
        return true;
      }
      clusters.join(first.cluster, scenario.cluster);
      const asked = clausesOf.get(question) ?? new Set([clauseKey(first)]);
      clausesOf.set(question, asked);
      const key = clauseKey(scenario);
      if (asked.has(key)) return false;
      asked.add(key);
      kept.add(scenario);
      return true;
    },
    done: () => {
      if (!clusters.isAnyJoined) return kept;
      const renamed = Iterator.from(kept).map((scenario) => {
        return { ...scenario, cluster: clusters.nameOf(scenario.cluster) };
      });
      return packed(renamed);
    },
  };
}

/** Equal for questions that the store of calls takes for one. */
export function questionHash({ messages, tools, maxTokens }: Question): string {
  return requestHash('', { messages, tools, parameters: { maxTokens }, repeat: 0 });
}

function clauseKey({ clauses }: Scenario): string {
  return JSON.stringify(clauses.toSorted());
}

/** Clusters by name, joined as union and find do it: as good as linear in what is added and joined. */
class Clusters {
  readonly #places = new Map<string, number>();
  readonly #names: string[] = [];
  /** The place of an earlier cluster that each was joined to, or its own. */
  readonly #parents: number[] = [];
  isAnyJoined = false;

  add(name: string): void {
    if (this.#places.has(name)) return;
    const place = this.#names.push(name) - 1;
    this.#places.set(name, place);
    this.#parents.push(place);
  }

  join(one: string, other: string): void {
    const [a, b] = [this.#rootOf(one), this.#rootOf(other)];
    this.isAnyJoined ||= a !== b;
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  nameOf(name: string): string {
    return at(this.#names, this.#rootOf(name));
  }

  #rootOf(name: string): number {
    let place = valueAt(this.#places, name);
    for (;;) {
      const parent = at(this.#parents, place);
      if (parent === place) return place;
      // Each step halves the way for whoever comes next.
      const next = at(this.#parents, parent);
      this.#parents[place] = next;
      place = next;
    }
  }
}
