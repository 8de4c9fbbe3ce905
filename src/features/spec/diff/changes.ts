/**
 * @module features/spec/diff/changes
 * Every change with its class and the reason for it, in the order of the newer document.
 */
import { collectTags } from '../../../spec/eval-files.ts';
import { itemsUnder, putUnder } from '../../../spec/groups.ts';
import type { Section, Spec } from '../../../spec/types.ts';
import { documentChanges, ofDocument } from './document-changes.ts';
import { highestClass } from './examples.ts';
import { headingChanges, type Say } from './heading-changes.ts';
import type { LevelMap } from './levels.ts';
import { because, eachOnce, type Said, type TagNews, together } from './messages.ts';
import type { Pairing, SectionPair } from './pairing.ts';
import type {
  EvalPromptChange,
  ExampleChange,
  SentenceChange,
  SpecChange,
  SpecDiff,
} from './schema.ts';
import { commentaryChanges, statesDuty, type Translate, textChanges } from './sentences.ts';
import type { Places } from './structure.ts';
import { bodyOf } from './text.ts';

export interface ChangeInput {
  older: Spec;
  newer: Spec;
  pairing: Pairing;
  levels: LevelMap;
  places: Places;
  examples: readonly ExampleChange[];
  tags: Pick<SpecDiff, 'evalTagsAdded' | 'evalTagsRemoved' | 'evalTagsMoved'>;
  evalPrompts: readonly EvalPromptChange[] | null;
  isTextSame: boolean;
  newerIdOf: (id: string) => string;
  translate: Translate;
}

/** So many reasons of one change are told in words. */
const REASONS_IN_WORDS = 3;

type Found = Pick<SpecChange, 'kind' | 'class' | 'reason' | 'reasons' | 'edits'>;

/** All changes: of the document, then section by section, then what was removed. */
export function changesOf(input: ChangeInput): SpecChange[] {
  const { older, newer, pairing } = input;
  const partners = new Map(pairing.pairs.map((pair) => [pair.newer, pair]));
  const about = aboutClauses(input);
  const fates = fatesOf(pairing);
  const changes = documentChanges(older, newer, input.levels.changes);
  if (about.homeless.length > 0) {
    const said = because('prompts-of-no-clause', { tags: about.homeless });
    changes.push(ofDocument('eval-prompts', 'editorial', said));
  }
  for (const section of newer.sections) {
    const pair = partners.get(section);
    const found =
      pair === undefined ? [addedChange(section, fates)] : pairChanges(input, pair, about);
    for (const one of found) changes.push(placed(one, pair?.older ?? null, section));
  }
  const renamed = new Set(pairing.renamed.map(({ from }) => from));
  for (const section of pairing.removed) {
    if (renamed.has(section.id)) continue;
    changes.push(placed(removedChange(section, fates), section, null));
  }
  if (changes.length === 0 && !input.isTextSame) {
    changes.push(ofDocument('layout', 'editorial', because('line-ends', {})));
  }
  return changes;
}

function placed(found: Found, older: Section | null, newer: Section | null): SpecChange {
  const { kind, class: weight, reason, reasons, edits } = found;
  return {
    id: newer?.id ?? older?.id ?? null,
    ...(older !== null && newer !== null && older.id !== newer.id ? { from: older.id } : {}),
    kind,
    class: weight,
    reason,
    reasons,
    olderLine: older?.heading.start.line ?? null,
    newerLine: newer?.heading.start.line ?? null,
    ...(edits === undefined ? {} : { edits }),
  };
}

/** What is known of clauses from elsewhere, by newer id. */
interface About {
  examples: Map<string, ExampleChange[]>;
  /** What happened to their tags and to the prompts of these. */
  tags: Map<string, TagNews[]>;
  prompts: Map<string, string[]>;
  /** Tags with other prompts that stand nowhere in the newer version. */
  homeless: string[];
}

function aboutClauses({ newer, examples, tags, evalPrompts, newerIdOf }: ChangeInput): About {
  const about: About = { examples: new Map(), tags: new Map(), prompts: new Map(), homeless: [] };
  for (const example of examples) putUnder(about.examples, newerIdOf(example.id), example);
  for (const { tag, id } of tags.evalTagsAdded) {
    putUnder(about.tags, id, { tag, change: 'added', clause: null });
  }
  for (const { tag, id } of tags.evalTagsRemoved) {
    putUnder(about.tags, newerIdOf(id), { tag, change: 'removed', clause: null });
  }
  for (const { tag, from, to } of tags.evalTagsMoved) {
    putUnder(about.tags, to, { tag, change: 'from', clause: from });
    putUnder(about.tags, newerIdOf(from), { tag, change: 'to', clause: to });
  }
  const homes = new Map<string, string>();
  for (const { tag, section } of collectTags(newer.sections)) {
    if (!homes.has(tag.tag)) homes.set(tag.tag, section.id);
  }
  const gone = new Set(tags.evalTagsRemoved.map(({ tag }) => tag));
  // Where a side has no prompts they are not compared: none is told as another one.
  for (const { tag } of evalPrompts ?? []) {
    const home = homes.get(tag);
    // Prompts that went with their tag are told with it.
    if (home === undefined && gone.has(tag)) continue;
    if (home === undefined) about.homeless.push(tag);
    else putUnder(about.prompts, home, tag);
  }
  return about;
}

/** What merges and splits have to say about the sections in them. */
interface Fates {
  /** By newer id: the older sections it came from. */
  origins: Map<string, { kind: 'merged' | 'split'; ids: string[] }>;
  /** By older id: where its text is now. */
  targets: Map<string, { kind: 'merged' | 'split'; ids: string[] }>;
}

function fatesOf({ merged, split }: Pairing): Fates {
  const fates: Fates = { origins: new Map(), targets: new Map() };
  for (const { from, to } of split) {
    fates.targets.set(from, { kind: 'split', ids: to.map(({ id }) => id) });
    for (const { id } of to) fates.origins.set(id, { kind: 'split', ids: [from] });
  }
  for (const { from, to } of merged) {
    fates.origins.set(to, { kind: 'merged', ids: from.map(({ id }) => id) });
    for (const { id } of from) {
      if (!fates.targets.has(id)) fates.targets.set(id, { kind: 'merged', ids: [to] });
    }
  }
  return fates;
}

function addedChange(section: Section, fates: Fates): Found {
  const origin = fates.origins.get(section.id);
  const directs = section.isClause || statesDuty(section);
  const weight = directs ? 'normative' : 'clarifying';
  if (origin !== undefined) {
    const { kind, ids } = origin;
    const said = because(kind === 'split' ? 'split-from' : 'merged-from', { clauses: ids });
    return { kind, class: weight, ...together([said]) };
  }
  const said = section.isClause
    ? because('clause-added', { level: section.level })
    : because('section-added', { directs });
  return { kind: 'added', class: weight, ...together([said]) };
}

function removedChange(section: Section, fates: Fates): Found {
  const target = fates.targets.get(section.id);
  const directs = section.isClause || statesDuty(section);
  const weight = directs ? 'normative' : 'clarifying';
  if (target !== undefined) {
    const said = because('lives-on', { clauses: target.ids });
    return { kind: target.kind, class: weight, ...together([said]) };
  }
  const said = section.isClause
    ? because('clause-removed', { level: section.level })
    : because('section-removed', { directs });
  return { kind: 'removed', class: weight, ...together([said]) };
}

function pairChanges(input: ChangeInput, pair: SectionPair, about: About): Found[] {
  const { older, newer } = pair;
  const found: Found[] = [];
  const say: Say = (kind, weight, said) => {
    found.push({ kind, class: weight, ...together([said]) });
  };
  if (older.id !== newer.id) {
    say('renamed', 'editorial', because('renamed', { from: older.id, to: newer.id }));
  }
  levelChange(input.levels, pair, say);
  if (older.kind !== newer.kind) {
    say('kind', 'normative', because('kind', { from: older.kind, to: newer.kind }));
  }
  headingChanges(input.places, pair, say);
  found.push(...wordChanges(input, pair));
  const examples = itemsUnder(about.examples, newer.id);
  if (examples.length > 0) {
    const told = eachOnce(examples, ({ reasons }) => reasons).slice(0, REASONS_IN_WORDS);
    found.push({
      kind: 'examples',
      class: highestClass(examples.map((example) => example.class)),
      reason: told.map(({ reason }) => reason).join('; '),
      reasons: eachOnce(
        examples.flatMap(({ reasons }) => reasons),
        (one) => [one],
      ),
    });
  }
  const tags = about.tags.get(newer.id);
  if (tags !== undefined) {
    say('eval-tags', 'clarifying', because('eval-tags', { tags }));
  }
  const prompts = about.prompts.get(newer.id);
  if (prompts !== undefined) {
    say('eval-prompts', 'clarifying', because('eval-prompts', { tags: prompts }));
  }
  if (found.length === 0 && older.textHash !== newer.textHash) {
    const isBodySame = bodyOf(input.older, older) === bodyOf(input.newer, newer);
    say('layout', 'editorial', because(isBodySame ? 'heading-typed' : 'layout', {}));
  }
  return found;
}

function levelChange(levels: LevelMap, { older, newer }: SectionPair, say: Say): void {
  const kind = levels.kindOf(older.level, newer.level);
  const between = { from: older.level, to: newer.level };
  if (kind === 'vocabulary') say('level', 'editorial', because('level-vocabulary', between));
  else if (kind === 'rank') say('level', 'normative', because('level-rank', between));
}

function wordChanges({ older, newer, translate }: ChangeInput, pair: SectionPair): Found[] {
  if (pair.older.textHash === pair.newer.textHash) return [];
  if (bodyOf(older, pair.older) === bodyOf(newer, pair.newer)) return [];
  const found: Found[] = [];
  const text = textChanges(pair.older, pair.newer, translate);
  if (text.length > 0) found.push({ kind: 'text', ...summary(text), edits: text });
  const commentary = commentaryChanges(pair.older, pair.newer, translate);
  if (commentary.length > 0) {
    found.push({ kind: 'commentary', ...summary(commentary), edits: commentary });
  }
  return found;
}

/** The weightiest class of several sentences, and the reasons for it. */
function summary(changes: readonly SentenceChange[]): Pick<Found, 'class' | 'reason' | 'reasons'> {
  const weight = highestClass(changes.map((change) => change.class));
  const said: Said[] = changes.filter((change) => change.class === weight);
  return { class: weight, ...together(said, REASONS_IN_WORDS) };
}
