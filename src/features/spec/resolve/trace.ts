/** @module features/spec/resolve/trace The reasoning, step by step, and what became of each directive by it. */
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
  question?: string;
}

/** The steps so far. */
export class Trace {
  readonly steps: Step[] = [];

  /** Adds a step and notes it with the directive that it is about. */
  add({ rule, from, to, result, reason, settledBy, question }: StepParts): void {
    const number = this.steps.length + 1;
    this.steps.push({
      number,
      rule,
      from,
      to: to.id,
      result,
      reason: reasonText(reason),
      ...reason,
      locator: to.locator,
      settledBy,
      question: question ?? null,
    });
    to.steps.push(number);
  }

  /** Adds a step and gives the directive the state that results. */
  decide(parts: StepParts & { result: Directive['state'] }): void {
    parts.to.state = parts.result;
    this.add(parts);
  }

  /** Adds a step about something that is no directive here. */
  refuse(
    from: string,
    to: string,
    reason: Reason,
    settledBy: string,
    question: string | null,
  ): void {
    this.steps.push({
      number: this.steps.length + 1,
      rule: 'impossible-answer',
      from,
      to,
      result: 'refused',
      reason: reasonText(reason),
      ...reason,
      locator: to,
      settledBy,
      question,
    });
  }
}
