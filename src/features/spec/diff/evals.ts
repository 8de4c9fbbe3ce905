/** @module features/spec/diff/evals What became of eval tags and of the prompts in their files. */
import { collectTags } from '../../../spec/eval-files.ts';
import { itemsUnder } from '../../../spec/groups.ts';
import type { Example, Spec } from '../../../spec/types.ts';
import { fingerprint, matchExamples } from './examples.ts';
import type { EvalPromptChange, SpecDiff } from './schema.ts';

/** Tags that came, went, or stand in another section now; a renamed section is the same one. */
export function evalTagChanges(
  older: Spec,
  newer: Spec,
  newerIdOf: (id: string) => string,
): Pick<SpecDiff, 'evalTagsAdded' | 'evalTagsRemoved' | 'evalTagsMoved'> {
  const before = firstPlaces(older);
  const after = firstPlaces(newer);
  const changes: ReturnType<typeof evalTagChanges> = {
    evalTagsAdded: [],
    evalTagsRemoved: [],
    evalTagsMoved: [],
  };
  for (const [tag, id] of after) {
    const from = before.get(tag);
    if (from === undefined) changes.evalTagsAdded.push({ tag, id });
    else if (newerIdOf(from) !== id) changes.evalTagsMoved.push({ tag, from, to: id });
  }
  for (const [tag, id] of before) {
    if (!after.has(tag)) changes.evalTagsRemoved.push({ tag, id });
  }
  return changes;
}

/** The section in which each tag first stands, in the order of the document. */
function firstPlaces({ sections }: Spec): Map<string, string> {
  const places = new Map<string, string>();
  for (const { tag, section } of collectTags(sections)) {
    if (!places.has(tag.tag)) places.set(tag.tag, section.id);
  }
  return places;
}

/** Prompts that came, went or changed, by tag; null where a side has no files of prompts. */
export function evalPromptChanges(older: Spec, newer: Spec): EvalPromptChange[] | null {
  if (older.evalFiles.length === 0 && newer.evalFiles.length === 0) return [];
  if (older.evalFiles.length === 0 || newer.evalFiles.length === 0) return null;
  const before = promptsByTag(older);
  const after = promptsByTag(newer);
  const changes: EvalPromptChange[] = [];
  for (const tag of new Set([...before.keys(), ...after.keys()])) {
    const { pairs, lost, gained } = matchExamples(itemsUnder(before, tag), itemsUnder(after, tag));
    const titles = (prompts: readonly Example[]): string[] => prompts.map(({ title }) => title);
    const changed = pairs.filter((pair) => fingerprint(pair.older) !== fingerprint(pair.newer));
    if (changed.length + lost.length + gained.length === 0) continue;
    changes.push({
      tag,
      added: titles(gained),
      removed: titles(lost),
      changed: changed.map((pair) => pair.newer.title),
    });
  }
  return changes;
}

function promptsByTag(spec: Spec): Map<string, Example[]> {
  const byTag = Map.groupBy(spec.evalFiles, ({ tag }) => tag);
  return new Map([...byTag].map(([tag, files]) => [tag, files.flatMap(({ prompts }) => prompts)]));
}
