/** @module features/spec/resolve/clauses Which clauses give way to instructions, and which stand. */

import type { AuthorityLevel } from '../../../spec/authority.ts';
import { itemsUnder } from '../../../spec/groups.ts';
import type { Known, KnownPair } from './answers.ts';
import type { ClauseCandidate, InstructionCandidate } from './candidates.ts';
import { actsIn, Effects } from './effects.ts';
import {
  ask,
  certaintyOf,
  hangsOn,
  isClause,
  mayChange,
  notEntitled,
  outcomeOf,
  type Proceeding,
  toldPair,
} from './instructions.ts';
import type { Reason } from './messages.ts';

/** What the instructions of a level change. */
export interface Changes {
  known: Known;
  rank: number;
}

/** Asks what the instructions of a level change; null where there is nobody to change anything. */
export function askChanges(
  now: Proceeding,
  level: AuthorityLevel,
  instructions: readonly InstructionCandidate[],
): Changes | null {
  const standing = instructions
    .filter(({ state }) => state !== 'overridden')
    .toSorted((a, b) => a.position - b.position);
  if (standing.length === 0) return null;
  const changeable = now.found.clauses.filter(
    (clause) =>
      clause.override !== 'never' &&
      level.rank <= clause.changeableFrom &&
      actsIn(clause.state) !== 'none',
  );
  const told = standing.flatMap((instruction) =>
    instruction.markers.flatMap((marker) => {
      const clause = marker.type === 'override' ? now.byId.get(`#${marker.clause}`) : undefined;
      if (clause === undefined || !isClause(clause) || !mayChange(instruction, clause)) return [];
      return [toldPair(instruction, clause, { code: 'says-so', data: { clause: clause.id } })];
    }),
  );
  const whole = changeable.filter(({ rank }) => rank >= level.rank);
  const subjects = standing.map(({ id }) => id);
  const candidates = {
    // A setting can put a clause without a level in force: it is asked about as one of a level without a name.
    clauseLevels: [...new Set(whole.map((clause) => clause.level ?? ''))],
    ids: changeable.filter(({ rank }) => rank < level.rank).map(({ id }) => id),
  };
  const known = ask(now, 'changes', level, subjects, candidates, told);
  const ids = new Set(subjects);
  for (const pair of [...known.by.values()].flat()) {
    const clause = now.byId.get(pair.target);
    const isKnown = clause !== undefined && isClause(clause);
    if (isKnown && ids.has(pair.by)) continue;
    const code = isKnown ? 'no-instruction-of-level' : 'no-clause';
    now.trace.refuse(pair, { code, data: {} });
  }
  return { known, rank: level.rank };
}

/** Decides on one clause, once everybody who may change it has been decided on. */
export function decideClause(
  now: Proceeding,
  clause: ClauseCandidate,
  changes: readonly Changes[],
): void {
  if (clause.state === 'not_applicable' || clause.state === 'overridden') return;
  const effects = new Effects(clause, now.trace);
  for (const { known, rank } of changes) {
    const isEntitled = clause.override !== 'never' && rank <= clause.changeableFrom;
    if (known.isOpen && isEntitled) effects.addPossible([known.id]);
    for (const pair of itemsUnder(known.onto, clause.id)) applyPair(now, clause, pair, effects);
  }
  effects.settle();
}

function applyPair(
  now: Proceeding,
  clause: ClauseCandidate,
  pair: KnownPair,
  effects: Effects,
): void {
  const instruction = now.byId.get(pair.by);
  if (instruction === undefined || instruction.level === null || instruction.type === 'clause')
    return;
  const from = instruction.id;
  const { level } = instruction;
  const { settledBy, question, manner } = pair;
  const step = { from, to: clause, settledBy, question };
  if (!mayChange(instruction, clause)) {
    const reason = notEntitled(instruction, clause);
    now.trace.add({ ...step, rule: 'not-entitled', result: 'refused', reason });
    return;
  }
  if (manner === 'implicit' && clause.override === 'explicit') {
    const reason: Reason = { code: 'needs-words', data: { level: clause.level } };
    now.trace.add({ ...step, rule: 'not-explicit', result: 'refused', reason });
    return;
  }
  const rule = manner === 'implicit' ? 'implicit-override' : 'explicit-override';
  const certainty = certaintyOf(pair, instruction);
  if (certainty === 'none') return;
  if (certainty === 'possible') {
    const code = pair.sure === false && question !== null ? 'cannot-tell' : 'if-in-force';
    const reason: Reason = { code, data: { by: from } };
    now.trace.add({ ...step, rule, result: 'undetermined', reason });
    effects.addPossible(hangsOn(pair, instruction));
    return;
  }
  if (instruction.rank > clause.rank) {
    now.trace.add({
      rule: 'delegated-by-clause',
      from: clause.id,
      to: clause,
      result: 'delegated',
      reason: { code: 'named-by-clause', data: { clause: clause.id, level } },
      settledBy: 'text',
    });
  }
  const reason = pair.reason ?? { code: 'may-change', data: { by: from, level } };
  effects.add({ rule, from, result: outcomeOf(pair), reason, settledBy, question });
}
