/** @module features/spec/resolve/trace The reasoning, step by step, and what became of each directive by it. */
import type { KnownPair } from './answers.ts';
import { type Reason, reasonText } from './messages.ts';
import type { RuleName } from './rules.ts';
import type { Directive, Step } from './schema.ts';

/** A directive while it is being decided on. */
export interface Candidate extends Directive {
  /** Rank of its level; lower than every level without authority. */
  rank: number;
  /** Recency among messages: larger is later. Clauses come before every message, a profile between. */
  position: number;
}

/** What a step needs beside its number. */
export interface StepParts {
  rule: RuleName;
  from: string;
  to: Candidate;
  result: Step['result'];
  reason: Reason;
  settledBy: string;
  question?: string | null;
}

/** The steps so far. */
export class Trace {
  readonly steps: Step[] = [];

  /** Adds a step and notes it with the directive that it is about. */
  add({ to, ...parts }: StepParts): void {
    to.steps.push(this.#push({ ...parts, to: to.id, locator: to.locator }));
  }

  /** Adds a step and gives the directive the state that results. */
  decide(parts: StepParts & { result: Directive['state'] }): void {
    parts.to.state = parts.result;
    this.add(parts);
  }

  /** Adds a step about a pair of which something is no directive here. */
  refuse({ by, target, settledBy, question }: KnownPair, reason: Reason): void {
    const about = { from: by, to: target, locator: target, reason, settledBy, question };
    this.#push({ rule: 'impossible-answer', result: 'refused', ...about });
  }

  #push(parts: Omit<StepParts, 'to'> & { to: string; locator: string }): number {
    const { rule, from, to, result, reason, locator, settledBy, question = null } = parts;
    const number = this.steps.length + 1;
    this.steps.push({
      number,
      rule,
      from,
      to,
      result,
      reason: reasonText(reason),
      ...reason,
      locator,
      settledBy,
      question,
    });
    return number;
  }
}
