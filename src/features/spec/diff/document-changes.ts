/** @module features/spec/diff/document-changes What changed in the document as a whole: levels, priority, preamble. */
import type { Spec } from '../../../spec/types.ts';
import { because, type Said, together } from './messages.ts';
import type { ChangeClass, ChangeKind, LevelChanges, SpecChange } from './schema.ts';

/** A change that belongs to no section. */
export function ofDocument(kind: ChangeKind, weight: ChangeClass, said: Said): SpecChange {
  return { id: null, kind, class: weight, ...together([said]), olderLine: null, newerLine: null };
}

/** Changes of what holds for all clauses. */
export function documentChanges(older: Spec, newer: Spec, levels: LevelChanges): SpecChange[] {
  const changes: SpecChange[] = [];
  const say = (kind: ChangeKind, weight: ChangeClass, said: Said): void => {
    changes.push(ofDocument(kind, weight, said));
  };
  for (const { from, to } of levels.renamed) {
    say('levels', 'editorial', because('level-renamed', { from, to }));
  }
  const { added, removed, reordered, overridable } = levels;
  if (added.length > 0) say('levels', 'normative', because('levels-added', { levels: added }));
  if (removed.length > 0) {
    say('levels', 'normative', because('levels-removed', { levels: removed }));
  }
  if (reordered.length > 0) {
    say('levels', 'normative', because('levels-reordered', { levels: reordered }));
  }
  for (const { name, to } of overridable) {
    say('levels', 'normative', because('level-overridable', { level: name, may: to }));
  }
  if (JSON.stringify(older.priority) !== JSON.stringify(newer.priority)) {
    say('levels', 'normative', because('priority', {}));
  }
  if (preamble(older) !== preamble(newer)) say('preamble', 'editorial', because('preamble', {}));
  return changes;
}

function preamble(spec: Spec): string {
  return spec.text.slice(0, spec.sections[0]?.span.start.offset ?? spec.text.length).trim();
}
