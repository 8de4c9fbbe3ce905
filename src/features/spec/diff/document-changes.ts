/** @module features/spec/diff/document-changes What changed in the document as a whole: levels, priority, preamble. */
import type { Spec } from '../../../spec/types.ts';
import type { ChangeClass, ChangeKind, LevelChanges, SpecChange } from './types.ts';

/** A change that belongs to no section. */
export function ofDocument(kind: ChangeKind, weight: ChangeClass, reason: string): SpecChange {
  return { id: null, kind, class: weight, reason, olderLine: null, newerLine: null };
}

/** Changes of what holds for all clauses. */
export function documentChanges(older: Spec, newer: Spec, levels: LevelChanges): SpecChange[] {
  const changes: SpecChange[] = [];
  const say = (kind: ChangeKind, weight: ChangeClass, reason: string): void => {
    changes.push(ofDocument(kind, weight, reason));
  };
  for (const { from, to } of levels.renamed) {
    say('levels', 'editorial', `the level ${from} is called ${to} now; its rank is the same`);
  }
  const { added, removed, reordered, overridable } = levels;
  if (added.length > 0) {
    say('levels', 'normative', `new in the order of levels: ${added.join(', ')}`);
  }
  if (removed.length > 0) {
    say('levels', 'normative', `gone from the order of levels: ${removed.join(', ')}`);
  }
  if (reordered.length > 0) {
    say('levels', 'normative', `levels in another order: ${reordered.join(', ')}`);
  }
  for (const { name, to } of overridable) {
    const may = to ? 'may be overridden now' : 'may not be overridden any more';
    say('levels', 'normative', `clauses of the level ${name} ${may}`);
  }
  if (JSON.stringify(older.priority) !== JSON.stringify(newer.priority)) {
    say('levels', 'normative', 'what decides between clauses that pull apart changed');
  }
  if (preamble(older) !== preamble(newer)) {
    const reason = 'what stands before the first heading changed; it belongs to no clause';
    say('preamble', 'editorial', reason);
  }
  return changes;
}

function preamble(spec: Spec): string {
  return spec.text.slice(0, spec.sections[0]?.span.start.offset ?? spec.text.length).trim();
}
