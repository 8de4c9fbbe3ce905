/**
 * @module features/spec/resolve/instructions
 * The instructions of one level: lent authority, conflicts with what stands above, and which of two is later.
 */

import type { Authority, AuthorityLevel } from '../../../spec/authority.ts';
import { itemsUnder } from '../../../spec/groups.ts';
import type { Known, KnownPair, Questions } from './answers.ts';
import type {
  Candidates,
  ClauseCandidate,
  InstructionCandidate,
  QuotedCandidate,
} from './candidates.ts';
import { actsIn, type Certainty, Effects } from './effects.ts';
import type { Reason } from './messages.ts';
import type { Question, QuestionType } from './schema.ts';
import type { Candidate, Trace } from './trace.ts';

/** What the engine knows while it goes from the highest level to the lowest. */
export interface Proceeding {
  authority: Authority;
  found: Candidates;
  /** Every directive by id. */
  byId: Map<string, Candidate>;
  questions: Questions;
  trace: Trace;
  /** Instructions of higher levels, and of this one, that were not found out of force. */
  standing: InstructionCandidate[];
}

/** Decides on all instructions of a level; gives them with the text that was lent authority at it. */
export function decideInstructions(now: Proceeding, level: AuthorityLevel): InstructionCandidate[] {
  const own = now.found.instructions.filter(({ rank }) => rank === level.rank);
  if (own.length === 0) return [];
  const delegations = askDelegations(now, level, own);
  const lendable = now.found.quoted.filter(
    ({ id, delegatedBy }) => delegatedBy === null && delegations.onto.has(id),
  );
  const subjects = [...own, ...lendable].map(({ id }) => id);
  const misaligned = askMisaligned(now, level, subjects);
  const superseded = askSuperseded(now, level, subjects);
  const decided: InstructionCandidate[] = [];
  const decide = (instruction: InstructionCandidate): void => {
    const effects = new Effects(instruction, now.trace);
    applyMarkers(now, instruction, effects);
    applyMisaligned(now, instruction, misaligned, effects);
    applySuperseded(now, instruction, superseded, decided, effects);
    effects.settle();
    decided.push(instruction);
  };
  // From the last to the first, so that whatever supersedes an instruction is decided before it.
  for (const instruction of own.toSorted((a, b) => b.position - a.position)) {
    decide(instruction);
    for (const pair of itemsUnder(delegations.by, instruction.id)) {
      const lent = lend(now, instruction, pair);
      if (lent !== null) decide(lent);
    }
  }
  if (delegations.isOpen) {
    for (const { delegatedBy, state, depends } of now.found.quoted) {
      if (delegatedBy === null && state === 'no_authority') depends.push(delegations.id);
    }
  }
  now.standing.push(...decided.filter(({ state }) => state !== 'overridden'));
  return decided;
}

function askDelegations(
  now: Proceeding,
  level: AuthorityLevel,
  own: InstructionCandidate[],
): Known {
  const open = now.found.quoted.filter(({ delegatedBy }) => delegatedBy === null);
  const told = own.flatMap((instruction) =>
    instruction.markers
      .filter((marker) => marker.type === 'delegate')
      .flatMap(({ to }) => open.filter((quoted) => isMeant(to, instruction, quoted)))
      .map((quoted) => toldPair(instruction, quoted, null)),
  );
  const subjects = own.map(({ id }) => id);
  const ids = open.map(({ id }) => id);
  return ask(now, 'delegates', level, subjects, { clauseLevels: [], ids }, told);
}

/** Puts a question about the instructions of a level. */
export function ask(
  now: Proceeding,
  type: Exclude<QuestionType, 'setting' | 'root_conflict'>,
  { name }: AuthorityLevel,
  subjects: string[],
  candidates: Question['candidates'],
  told: readonly KnownPair[] = [],
): Known {
  return now.questions.pairs(
    { id: `${type}:${name}`, type, about: name, subjects, candidates },
    told,
  );
}

/** What the text itself says of two directives. */
export function toldPair(by: Candidate, target: Candidate, reason: Reason | null): KnownPair {
  return { by: by.id, target: target.id, reason, settledBy: 'text', question: null };
}

function isMeant(
  to: { tool: string } | { id: string } | 'quoted',
  by: InstructionCandidate,
  quoted: QuotedCandidate,
): boolean {
  if (to === 'quoted') return quoted.message.id === by.id;
  if ('tool' in to) return quoted.isTool && quoted.message.name === to.tool;
  return quoted.id === to.id;
}

/** The text with its lender's level, or null where it may not have it. */
function lend(
  now: Proceeding,
  lender: InstructionCandidate,
  pair: KnownPair,
): InstructionCandidate | null {
  const quoted = now.byId.get(pair.target);
  if (!isQuoted(now, quoted)) {
    now.trace.refuse(pair, { code: 'has-authority', data: {} });
    return null;
  }
  if (quoted.delegatedBy !== null) return null;
  const { settledBy, question } = pair;
  const step = { from: lender.id, to: quoted, settledBy, question };
  if (pair.manner === 'implicit' && !quoted.isTool) {
    const reason: Reason = { code: 'context-lends-to-tools', data: {} };
    now.trace.add({ ...step, rule: 'no-implicit-quote', result: 'refused', reason });
    return null;
  }
  const certainty = certaintyOf(pair, lender);
  if (certainty === 'none') return null;
  if (certainty === 'possible') {
    quoted.depends.push(...hangsOn(pair, lender));
    return null;
  }
  const rule = pair.manner === 'implicit' ? 'delegation-implicit' : 'delegation-explicit';
  const { level, rank } = lender;
  // Lent words speak with the lender's voice, and the lender's own words come after them.
  Object.assign(quoted, { level, rank, state: 'in_force', delegatedBy: lender.id, depends: [] });
  quoted.position = lender.position - 0.5;
  const reason = pair.reason ?? { code: 'lent', data: { by: lender.id, level } };
  now.trace.add({ ...step, rule, result: 'delegated', reason });
  return Object.assign(quoted, { markers: [] });
}

/** How surely the directive of a pair acts on the other one. */
export function certaintyOf({ sure }: KnownPair, { state }: Candidate): Certainty {
  return sure === false ? 'possible' : actsIn(state);
}

/** What has to be answered before it is known whether it does. */
export function hangsOn({ sure, question }: KnownPair, { depends }: Candidate): string[] {
  return sure === false && question !== null ? [question] : depends;
}

function isQuoted(now: Proceeding, candidate: Candidate | undefined): candidate is QuotedCandidate {
  return candidate?.type === 'quoted' && now.byId.get(candidate.id) === candidate;
}

function askMisaligned(now: Proceeding, level: AuthorityLevel, subjects: string[]): Known {
  const higher = now.authority.levels.filter(({ rank }) => rank < level.rank);
  const withClauses = new Set(
    now.found.clauses.filter(({ state }) => actsIn(state) !== 'none').map((clause) => clause.level),
  );
  return ask(now, 'misaligned', level, subjects, {
    clauseLevels: higher.map(({ name }) => name).filter((name) => withClauses.has(name)),
    ids: now.standing.map(({ id }) => id),
  });
}

function askSuperseded(now: Proceeding, level: AuthorityLevel, subjects: string[]): Known {
  const ids = subjects.length > 1 ? subjects : [];
  return ask(now, 'supersedes', level, subjects, { clauseLevels: [], ids });
}

/** `override #id` by somebody who may not: the attempt fails, the rest of the instruction stands. */
function applyMarkers(now: Proceeding, instruction: InstructionCandidate, effects: Effects): void {
  for (const marker of instruction.markers) {
    if (marker.type !== 'override') continue;
    const clause = now.byId.get(`#${marker.clause}`);
    if (clause === undefined) {
      const pair = { by: instruction.id, target: `#${marker.clause}`, reason: null };
      const reason: Reason = { code: 'no-such-clause', data: {} };
      now.trace.refuse({ ...pair, settledBy: 'text', question: null }, reason);
    } else if (isClause(clause) && !mayChange(instruction, clause)) {
      effects.add({
        rule: 'not-entitled',
        from: clause.id,
        result: 'limited',
        reason: notEntitled(instruction, clause),
        settledBy: 'text',
      });
    }
  }
}

function applyMisaligned(
  now: Proceeding,
  instruction: InstructionCandidate,
  known: Known,
  effects: Effects,
): void {
  if (known.isOpen) effects.addPossible([known.id]);
  for (const pair of itemsUnder(known.by, instruction.id)) {
    const higher = now.byId.get(pair.target);
    const isCandidate =
      higher !== undefined &&
      higher.type !== 'setting' &&
      higher.rank < instruction.rank &&
      !(isClause(higher) && mayChange(instruction, higher));
    if (!isCandidate) {
      now.trace.refuse(pair, { code: 'not-above', data: {} });
      continue;
    }
    const certainty = certaintyOf(pair, higher);
    if (certainty === 'possible') effects.addPossible(hangsOn(pair, higher));
    else if (certainty === 'certain') {
      const isWeighed = now.authority.mode === 'holistic' && !isFixed(higher);
      const data = { by: higher.id, level: higher.level };
      effects.add({
        rule: isWeighed ? 'holistic' : 'misaligned',
        from: higher.id,
        result: isWeighed ? 'weighed' : outcomeOf(pair),
        reason: pair.reason ?? { code: 'stands-above', data },
        settledBy: pair.settledBy,
        question: known.id,
      });
    }
  }
}

function applySuperseded(
  now: Proceeding,
  instruction: InstructionCandidate,
  known: Known,
  later: readonly InstructionCandidate[],
  effects: Effects,
): void {
  if (known.isOpen && later.some(({ state }) => actsIn(state) !== 'none')) {
    effects.addPossible([known.id]);
  }
  // A conflict has no direction: whoever names the pair, the later one of the two holds.
  const pairs = [
    ...itemsUnder(known.by, instruction.id),
    ...itemsUnder(known.onto, instruction.id),
  ];
  for (const pair of pairs) {
    const other = now.byId.get(pair.by === instruction.id ? pair.target : pair.by);
    if (other === undefined || other === instruction || other.rank !== instruction.rank) {
      now.trace.refuse(pair, { code: 'not-two-of-level', data: {} });
      continue;
    }
    if (other.position <= instruction.position) continue;
    const certainty = certaintyOf(pair, other);
    if (certainty === 'possible') effects.addPossible(hangsOn(pair, other));
    else if (certainty === 'certain') {
      effects.add({
        rule: 'superseded',
        from: other.id,
        result: outcomeOf(pair),
        reason: pair.reason ?? { code: 'is-later', data: { by: other.id } },
        settledBy: pair.settledBy,
        question: known.id,
      });
    }
  }
}

/** What becomes of the target of a pair where it gives way. */
export function outcomeOf({ extent }: KnownPair): 'overridden' | 'limited' {
  return extent === 'part' ? 'limited' : 'overridden';
}

/** Whether a directive is a clause. */
export function isClause(candidate: Candidate): candidate is ClauseCandidate {
  return candidate.type === 'clause';
}

/** Whether an instruction has the authority to change a clause. */
export function mayChange(instruction: Candidate, clause: ClauseCandidate): boolean {
  return clause.override !== 'never' && instruction.rank <= clause.changeableFrom;
}

/** Why it has not. */
export function notEntitled(
  instruction: Candidate,
  { id, level, override }: ClauseCandidate,
): Reason {
  if (override === 'never') return { code: 'fixed', data: { clause: id, level } };
  return { code: 'above', data: { clause: id, level, speaker: instruction.level } };
}

function isFixed(candidate: Candidate): boolean {
  return (
    isClause(candidate) && (candidate.override === 'never' || candidate.section.kind === 'rule')
  );
}
