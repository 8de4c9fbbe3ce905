/**
 * @module features/spec/resolve/resolve
 * The chain of command: which clauses and instructions are in force in a conversation, and why. The same
 * input gives the same resolution; what needs judgement about meaning is a question, and without an answer
 * what hangs on it is undetermined.
 */

import { authorityOf } from '../../../spec/authority.ts';
import { itemsUnder } from '../../../spec/groups.ts';
import type { Spec } from '../../../spec/types.ts';
import { type Judgements, Questions } from './answers.ts';
import { collect } from './candidates.ts';
import { askChanges, type Changes, decideClause } from './clauses.ts';
import { actsIn } from './effects.ts';
import { decideInstructions, type Proceeding } from './instructions.ts';
import type { Reason } from './messages.ts';
import { effectiveSpec } from './profile/effective.ts';
import type { Profile } from './profile/schema.ts';
import { addProfileSteps } from './profile-steps.ts';
import type { Directive, Resolution } from './schema.ts';
import { decideSettings } from './settings.ts';
import { type Candidate, Trace } from './trace.ts';
import type { Transcript } from './types.ts';

/** What may stand beside a spec and a conversation. */
export interface ResolveOptions {
  /** Changes the spec first; what it may not change it does not. */
  profile?: Profile;
  /** Answers to questions, by question id; they win over those in the conversation's file. */
  judgements?: Judgements;
}

/** What is in force. */
export function resolve(
  spec: Spec,
  conversation: Transcript,
  options: ResolveOptions = {},
): Resolution {
  const { profile = null } = options;
  const effective = profile === null ? null : effectiveSpec(spec, profile);
  const applied = effective?.spec ?? spec;
  const authority = authorityOf(applied, conversation.roles);
  const trace = new Trace();
  const found = collect(applied, conversation, authority, profile, trace);
  const disabled = addProfileSteps(spec, found, effective, authority, trace);
  const questions = new Questions({ ...conversation.judgements, ...options.judgements });
  const all: Candidate[] = [
    ...found.settings,
    ...found.clauses,
    ...disabled,
    ...found.instructions,
    ...found.quoted,
  ];
  const byId = new Map(all.map((candidate) => [candidate.id, candidate]));
  const now: Proceeding = { authority, found, byId, questions, trace, standing: [] };
  decideSettings(found, questions, trace);
  decideLevels(now);
  const inaction = decideInaction(now);
  return {
    schema: 'tenet.resolution/1',
    spec: { id: applied.id, version: applied.version, sha256: applied.sha256, file: applied.file },
    profile: profile?.id ?? null,
    conversation: conversation.file,
    authority,
    directives: all.map(toDirective),
    inaction,
    questions: questions.asked,
    trace: trace.steps,
  };
}

function decideLevels(now: Proceeding): void {
  const changes: Changes[] = [];
  // A clause that names somebody below its level as entitled waits until they have been decided on.
  const round = Map.groupBy(now.found.clauses, ({ rank, changeableFrom, override }) =>
    override === 'never' ? rank : Math.max(rank, changeableFrom),
  );
  for (const level of now.authority.levels) {
    const instructions = decideInstructions(now, level);
    const asked = askChanges(now, level, instructions);
    if (asked !== null) changes.push(asked);
    for (const clause of itemsUnder(round, level.rank)) decideClause(now, clause, changes);
  }
  refuseLateAnswers(now, changes);
}

/** An answer by which somebody lower changes a clause decided before: refused, and said so. */
function refuseLateAnswers(now: Proceeding, changes: readonly Changes[]): void {
  const heard = new Set(now.trace.steps.map(({ from, to }) => `${from} ${to}`));
  for (const { known, rank } of changes) {
    for (const pair of [...known.onto.values()].flat()) {
      const clause = now.byId.get(pair.target);
      if (clause?.type !== 'clause' || clause.rank >= rank) continue;
      if (heard.has(`${pair.by} ${pair.target}`)) continue;
      now.trace.add({
        rule: 'not-entitled',
        from: pair.by,
        to: clause,
        result: 'refused',
        reason: { code: 'above-all', data: { clause: clause.id, level: clause.level } },
        settledBy: pair.settledBy,
        question: pair.question,
      });
    }
  }
}

function decideInaction(now: Proceeding): Resolution['inaction'] {
  const { authority, found, byId, questions, trace, standing } = now;
  const top = authority.levels[0];
  const clauses = found.clauses.filter(({ rank, state }) => rank === 0 && actsIn(state) !== 'none');
  const isFixed = top?.override === 'never' && authority.mode === 'strict';
  if (top === undefined || !isFixed || clauses.length < 2) return { state: 'no', clauses: [] };
  const known = questions.pairs({
    id: 'root_conflict',
    type: 'root_conflict',
    about: top.name,
    subjects: standing.toSorted((a, b) => a.position - b.position).map(({ id }) => id),
    candidates: { clauseLevels: [top.name], ids: [] },
  });
  if (known.isOpen) return { state: 'undetermined', clauses: [] };
  const inPlay = new Set(clauses.map(({ id }) => id));
  const conflicting = new Set<string>();
  let isUnsure = false;
  for (const pair of [...known.by.values()].flat()) {
    const clause = byId.get(pair.target);
    const areTwo = inPlay.has(pair.by) && inPlay.has(pair.target) && pair.by !== pair.target;
    if (clause === undefined || !areTwo) {
      trace.refuse(pair, { code: 'not-two-clauses', data: { level: top.name } });
      continue;
    }
    const sides = [byId.get(pair.by), clause];
    if (pair.sure === false || sides.some((side) => side?.state === 'undetermined')) {
      isUnsure = true;
      continue;
    }
    conflicting.add(pair.by).add(pair.target);
    const reason: Reason = pair.reason ?? { code: 'neither-gives-way', data: {} };
    const step = { from: pair.by, to: clause, settledBy: pair.settledBy, question: known.id };
    trace.add({ ...step, rule: 'inaction', result: 'inaction', reason });
  }
  if (conflicting.size > 0) return { state: 'yes', clauses: [...conflicting] };
  return { state: isUnsure ? 'undetermined' : 'no', clauses: [] };
}

function toDirective(candidate: Candidate): Directive {
  const { id, type, level, state, text, locator, steps, delegatedBy } = candidate;
  const depends = [...new Set(candidate.depends)];
  return { id, type, level, state, text, locator, steps, depends, delegatedBy };
}
