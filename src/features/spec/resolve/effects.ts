/**
 * @module features/spec/resolve/effects
 * What acts on one directive, gathered until it can be decided: what certainly does, what possibly does.
 */

import type { DirectiveState } from './schema.ts';
import type { Candidate, StepParts, Trace } from './trace.ts';

/** How surely something holds. */
export type Certainty = 'certain' | 'possible' | 'none';

/** Whether a directive in this state acts on others. */
export function actsIn(state: DirectiveState): Certainty {
  if (state === 'in_force' || state === 'limited' || state === 'weighed') return 'certain';
  return state === 'undetermined' ? 'possible' : 'none';
}

type Outcome = 'overridden' | 'limited' | 'weighed';

const STRENGTH: Record<Outcome, number> = { weighed: 1, limited: 2, overridden: 3 };

/** The effects on one directive. */
export class Effects {
  readonly #to: Candidate;
  readonly #trace: Trace;
  readonly #depends: Set<string>;
  #strongest: Outcome | null = null;

  constructor(to: Candidate, trace: Trace) {
    this.#to = to;
    this.#trace = trace;
    this.#depends = new Set(to.depends);
  }

  /** Something acts on it for certain. */
  add(parts: Omit<StepParts, 'to' | 'result'> & { result: Outcome }): void {
    this.#trace.add({ ...parts, to: this.#to });
    if (this.#strongest === null || STRENGTH[parts.result] > STRENGTH[this.#strongest]) {
      this.#strongest = parts.result;
    }
  }

  /** Something may act on it; that hangs on these questions. */
  addPossible(questions: Iterable<string>): void {
    for (const question of questions) this.#depends.add(question);
  }

  /** Gives the directive its state. */
  settle(): void {
    const to = this.#to;
    if (this.#strongest === 'overridden') {
      to.state = 'overridden';
      to.depends = [];
      return;
    }
    to.depends = [...this.#depends];
    if (to.depends.length > 0) to.state = 'undetermined';
    else if (this.#strongest !== null) to.state = this.#strongest;
  }
}
