/**
 * @module run/suite/same-question
 * Finds scenarios that put the same question to a model: they get the same call's answer, so that what they say of it
 * is one observation, not several.
 */
import { requestHash } from '../../model/record.ts';
import type { Message, Tool } from '../../model/types.ts';

/** What of a scenario matters here. */
interface Question {
  clauses: string[];
  messages: Message[];
  tools?: Tool[];
  maxTokens?: number;
  cluster: string;
}

/**
 * Gives scenarios with equal questions one cluster (the clusters that they stand in become one, under the name
 * of the first), and takes out those that test no other clauses than an earlier one does.
 */
export function joinSameQuestions<Item extends Question>(
  items: readonly Item[],
): { kept: Item[]; duplicates: Item[] } {
  const clusters = new Clusters();
  const firstOf = new Map<string, Item>();
  /** The sets of clauses that questions asked more than once are asked for; most are asked once. */
  const clausesOf = new Map<Item, Set<string>>();
  const unique: Item[] = [];
  const duplicates: Item[] = [];
  for (const item of items) {
    clusters.add(item.cluster);
    const question = questionHash(item);
    const first = firstOf.get(question);
    if (first === undefined) {
      firstOf.set(question, item);
      unique.push(item);
      continue;
    }
    clusters.join(first.cluster, item.cluster);
    const asked = clausesOf.get(first) ?? new Set([clauseKey(first)]);
    clausesOf.set(first, asked);
    const key = clauseKey(item);
    if (asked.has(key)) duplicates.push(item);
    else unique.push(item);
    asked.add(key);
  }
  const kept = unique.map((item) => {
    const cluster = clusters.nameOf(item.cluster);
    return cluster === item.cluster ? item : { ...item, cluster };
  });
  return { kept, duplicates };
}

/** Equal for questions that the store of calls takes for one. */
export function questionHash({ messages, tools, maxTokens }: Question): string {
  return requestHash('', { messages, tools, parameters: { maxTokens }, repeat: 0 });
}

function clauseKey({ clauses }: Question): string {
  return JSON.stringify(clauses.toSorted());
}

/** Clusters by name, joined as union and find do it: as good as linear in what is added and joined. */
class Clusters {
  readonly #places = new Map<string, number>();
  readonly #names: string[] = [];
  /** The place of an earlier cluster that each was joined to, or its own. */
  readonly #parents: number[] = [];

  add(name: string): void {
    if (this.#places.has(name)) return;
    const place = this.#names.push(name) - 1;
    this.#places.set(name, place);
    this.#parents.push(place);
  }

  join(one: string, other: string): void {
    const [a, b] = [this.#rootOf(one), this.#rootOf(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  nameOf(name: string): string {
    return this.#names[this.#rootOf(name)] ?? name;
  }

  #rootOf(name: string): number {
    let place = this.#places.get(name) ?? 0;
    for (;;) {
      const parent = this.#parents[place] ?? place;
      if (parent === place) return place;
      // Each step halves the way for whoever comes next.
      const next = this.#parents[parent] ?? parent;
      this.#parents[place] = next;
      place = next;
    }
  }
}
