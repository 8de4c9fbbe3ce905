/**
 * @module run/suite/scenarios
 * The scenarios of a suite. A hundred thousand of them as objects would fill the memory with what is looked at once, so
 * they are kept as bytes, and one becomes an object when somebody looks at it.
 */
import type { Scenario } from './scenario.ts';

/** Scenarios in their order; an array of them is one. */
export interface Scenarios extends Iterable<Scenario> {
  readonly length: number;
  /** The one at a place, from 0. */
  at(place: number): Scenario | undefined;
}

/** Bytes that are taken at once. */
const BLOCK = 1 << 20;

/** Objects that are kept for whoever looks again. */
const KEPT = 512;

/** Scenarios as the bytes of their JSON; more can be added. */
export class PackedScenarios implements Scenarios {
  readonly #blocks: Buffer[] = [];
  /** Of the last block. */
  #used = BLOCK;
  /** Of each scenario its block, and where it begins and ends there. */
  #places = new Uint32Array(3 * KEPT);
  #length = 0;
  readonly #kept = new Map<number, Scenario>();

  get length(): number {
    return this.#length;
  }

  add(scenario: Scenario): void {
    const json = JSON.stringify(scenario);
    const bytes = Buffer.byteLength(json);
    let block = this.#blocks.at(-1);
    if (block === undefined || this.#used + bytes > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK, bytes));
      this.#blocks.push(block);
      this.#used = 0;
    }
    block.write(json, this.#used);
    const at = 3 * this.#length++;
    if (at === this.#places.length) {
      const larger = new Uint32Array(2 * at);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places.set([this.#blocks.length - 1, this.#used, this.#used + bytes], at);
    this.#used += bytes;
  }

  at(place: number): Scenario | undefined {
    if (!(place >= 0 && place < this.#length)) return undefined;
    const kept = this.#kept.get(place);
    if (kept !== undefined) return kept;
    const scenario = this.#read(place);
    if (this.#kept.size >= KEPT) this.#kept.clear();
    this.#kept.set(place, scenario);
    return scenario;
  }

  *[Symbol.iterator](): Generator<Scenario> {
    for (let place = 0; place < this.#length; place++) {
      yield this.#kept.get(place) ?? this.#read(place);
    }
  }

  #read(place: number): Scenario {
    const [block = 0, from, to] = this.#places.subarray(3 * place, 3 * place + 3);
    return JSON.parse(this.#blocks[block]?.toString('utf8', from, to) ?? 'null');
  }
}

/** These scenarios, packed. */
export function packed(scenarios: Iterable<Scenario>): PackedScenarios {
  const kept = new PackedScenarios();
  for (const scenario of scenarios) kept.add(scenario);
  return kept;
}
