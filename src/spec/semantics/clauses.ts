/**
 * @module spec/semantics/clauses
 * Every clause of a spec in one and the same form, whatever dialect it was written in.
 */

import { clauseText } from '../clause.ts';
import { locator, titlesResolved } from '../locate.ts';
import { present } from '../present.ts';
import type { Example, Form, Kind, Override, Section, Span, Spec } from '../types.ts';
import { examplesOf, tagsIn, walkParagraphs } from '../walk.ts';
import { type Condition, conditionsIn } from './conditions.ts';
import { formOf } from './form.ts';
import { type InheritedLevel, inheritedLevelOf } from './level-of.ts';
import { type ClauseLink, linksOf } from './links.ts';
import { type Modality, modalityOf, strongestOf } from './modality.ts';
import { overrideOf } from './overrides.ts';

/** One sentence of a clause that directs behaviour. */
export interface ClauseSentence {
  text: string;
  span: Span;
  locator: string;
  modality: Modality | null;
}

/** Prompts for evaluation that a clause has. */
export interface ClauseEval {
  tag: string;
  /** The words it is bound to. */
  phrase: string;
  span: Span;
  /** How many prompts came with the document; 0 where their file is absent. */
  prompts: number;
}

/** A clause, read: all that its dialect says of it. */
export interface Clause {
  id: string;
  aliases: string[];
  /** Ids of the sections above it, outermost first. */
  path: string[];
  title: string;
  locator: string;
  span: Span;
  textHash: string;
  kind: Kind | null;
  /** The strongest of its sentences. */
  modality: Modality | null;
  form: Form;
  level: string | null;
  /** That of the nearest section above that has one, where it has none itself: see `level-of`. */
  inheritedLevel: InheritedLevel | null;
  /** Null where neither a level nor its own words say who may change it. */
  overridable: Override | null;
  conditions: {
    tags: string[];
    /** Settings under which its examples stand, each once: `under_18: true`. */
    settings: string[];
    principals: string[];
    scope: string | null;
    /** "if …", "when …", "by default" in its sentences. */
    clauses: Condition[];
  };
  /** "unless …", "except …", "however …" in its sentences. */
  exceptions: Condition[];
  /** What it says, as Markdown. */
  text: string;
  sentences: ClauseSentence[];
  references: ClauseLink[];
  evals: ClauseEval[];
  examples: Example[];
  commentary: string[];
  provenance: Record<string, string>;
}

/** The clauses of a spec, in document order. */
export function clausesOf(spec: Spec): Clause[] {
  const byId = new Map(spec.sections.map((section) => [section.id, section]));
  const prompts = new Map<string, number>();
  for (const file of spec.evalFiles) {
    prompts.set(file.tag, (prompts.get(file.tag) ?? 0) + file.prompts.length);
  }
  return spec.sections
    .filter(({ isClause }) => isClause)
    .map((section) => readClause(spec, section, byId, prompts));
}

function readClause(
  spec: Spec,
  section: Section,
  byId: ReadonlyMap<string, Section>,
  prompts: ReadonlyMap<string, number>,
): Clause {
  const above = sectionsAbove(section, byId);
  const inheritedLevel = inheritedLevelOf(spec, section);
  const { text, commentary } = clauseText(spec, section);
  const sentences = sentencesOf(spec, section);
  const conditions = sentences.flatMap(conditionsIn);
  const examples = examplesOf(section);
  return {
    id: section.id,
    aliases: section.aliases ?? [],
    path: above.map(({ id }) => id),
    title: section.title,
    locator: locator(spec, section.id),
    span: section.span,
    textHash: section.textHash,
    kind: section.kind,
    modality: strongestOf(sentences.map(({ modality }) => modality)),
    form: formOf(section),
    level: section.level,
    inheritedLevel,
    overridable: overrideOf(spec, section, section.level ?? inheritedLevel?.level ?? null),
    conditions: {
      tags: section.tags,
      settings: settingsOf(examples),
      principals: section.principals ?? [],
      scope: section.scope ?? null,
      clauses: conditions.filter(({ isException }) => !isException),
    },
    exceptions: conditions.filter(({ isException }) => isException),
    text,
    sentences,
    references: linksOf(section),
    evals: evalsOf(section, prompts),
    examples,
    commentary,
    provenance: { ...present({ file: section.file }), ...section.provenance },
  };
}

function sectionsAbove(section: Section, byId: ReadonlyMap<string, Section>): Section[] {
  const above: Section[] = [];
  let { parent } = section;
  while (parent !== null) {
    const next = byId.get(parent);
    if (next === undefined) break;
    above.push(next);
    parent = next.parent;
  }
  return above.reverse();
}

/** The sentences that direct: not those of commentary and examples. */
function sentencesOf(spec: Spec, section: Section): ClauseSentence[] {
  const sentences: ClauseSentence[] = [];
  for (const [index, block] of section.blocks.entries()) {
    if (block.type === 'commentary' || block.type === 'example') continue;
    let number = 0;
    for (const { text, span } of walkParagraphs([block]).flatMap((inner) => inner.sentences)) {
      sentences.push({
        text: titlesResolved(text, spec),
        span,
        locator: locator(spec, section.id, index, number++),
        modality: modalityOf(text),
      });
    }
  }
  return sentences;
}

function settingsOf(examples: readonly Example[]): string[] {
  const lines = examples.flatMap(({ settings }) =>
    Object.entries(settings).map(([key, value]) => `${key}: ${value}`),
  );
  return [...new Set(lines)];
}

function evalsOf(section: Section, prompts: ReadonlyMap<string, number>): ClauseEval[] {
  return tagsIn(section.blocks).map(({ tag, phrase, span }) => ({
    tag,
    phrase: phrase.text,
    span,
    prompts: prompts.get(tag) ?? 0,
  }));
}
