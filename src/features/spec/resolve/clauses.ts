/** @module features/spec/resolve/clauses Which clauses give way to instructions, and which stand. */

import type { AuthorityLevel } from '../../../spec/authority.ts';
import type { Known, KnownPair } from './answers.ts';
import type { ClauseCandidate, InstructionCandidate } from './candidates.ts';
import { actsIn, Effects } from './effects.ts';
import { isClause, mayChange, notEntitled, type Proceeding } from './instructions.ts';
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
  const told: KnownPair[] = standing.flatMap((instruction) =>
    instruction.markers.flatMap((marker) => {
      const clause = marker.type === 'override' ? now.byId.get(`#${marker.clause}`) : undefined;
      if (clause === undefined || !isClause(clause) || !mayChange(instruction, clause)) return [];
      const reason: Reason = { code: 'says-so', data: { clause: clause.id } };
      return [{ by: instruction.id, target: clause.id, reason, settledBy: 'text', question: null }];
    }),
  );
  const whole = changeable.filter(({ rank }) => rank >= level.rank);
  const levels = new Set(whole.map((clause) => clause.level ?? ''));
  const known = now.questions.pairs(
    {
      id: `changes:${level.name}`,
      type: 'changes',
      about: level.name,
      subjects: standing.map(({ id }) => id),
      candidates: {
        clauseLevels: [...levels],
        ids: changeable.filter(({ rank }) => rank < level.rank).map(({ id }) => id),
      },
    },
    told,
  );
  const ids = new Set(standing.map(({ id }) => id));
  for (const pair of [...known.by.values()].flat()) {
    const clause = now.byId.get(pair.target);
    const isKnown = clause !== undefined && isClause(clause);
    if (isKnown && ids.has(pair.by)) continue;
    const code = isKnown ? 'no-instruction-of-level' : 'no-clause';
    const reason: Reason = { code, data: {} };
    now.trace.refuse(pair.by, pair.target, reason, pair.settledBy, pair.question);
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
    for (const pair of known.onto.get(clause.id) ?? []) applyPair(now, clause, pair, effects);
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
  const { settledBy } = pair;
  const question = pair.question ?? undefined;
  if (!mayChange(instruction, clause)) {
    const reason = notEntitled(instruction, clause);
    now.trace.add({
      rule: 'not-entitled',
      from,
      to: clause,
      result: 'refused',
      reason,
      settledBy,
      question,
    });
    return;
  }
  if (pair.manner === 'implicit' && clause.override === 'explicit') {
    const reason: Reason = { code: 'needs-words', data: { level: clause.level } };
    now.trace.add({
      rule: 'not-explicit',
      from,
      to: clause,
      result: 'refused',
      reason,
      settledBy,
      question,
    });
    return;
  }
  const certainty = pair.sure === false ? 'possible' : actsIn(instruction.state);
  if (certainty === 'none') return;
  if (certainty === 'possible') {
    const isUnsure = pair.sure === false && pair.question !== null;
    const code = isUnsure ? 'cannot-tell' : 'if-in-force';
    const rule = pair.manner === 'implicit' ? 'implicit-override' : 'explicit-override';
    now.trace.add({
      rule,
      from,
      to: clause,
      result: 'undetermined',
      reason: { code, data: { by: from } },
      settledBy,
      question,
    });
    effects.addPossible(isUnsure && pair.question !== null ? [pair.question] : instruction.depends);
    return;
  }
  if (instruction.rank > clause.rank) {
    const data = { clause: clause.id, level: instruction.level };
    now.trace.add({
      rule: 'delegated-by-clause',
      from: clause.id,
      to: clause,
      result: 'delegated',
      reason: { code: 'named-by-clause', data },
      settledBy: 'text',
    });
  }
  effects.add({
    rule: pair.manner === 'implicit' ? 'implicit-override' : 'explicit-override',
    from,
    result: pair.extent === 'part' ? 'limited' : 'overridden',
    reason: pair.reason ?? { code: 'may-change', data: { by: from, level: instruction.level } },
    settledBy,
    question,
  });
}
