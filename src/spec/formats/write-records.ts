/**
 * @module spec/formats/write-records
 * A spec as JSON, JSON lines or YAML.
 */

import { stringify } from 'yaml';
import { present } from '../present.ts';
import { type Clause, clausesOf } from '../semantics/clauses.ts';
import type { EvalFile, Example, ExampleMessage, MarkedReply, Section, Spec } from '../types.ts';
import { tagsIn } from '../walk.ts';
import { bodyOf } from './markdown.ts';
import type { EvalsRecord, SectionRecord, SpecDocument } from './schema.ts';

/** A spec as a value that `JSON.stringify` takes and `specFromJson` reads back. */
export function specToJson(spec: Spec): SpecDocument {
  const { sections, evals, ...about } = parts(spec);
  return { schema: 'tenet.spec/1', ...about, sections, evals };
}

/** A spec as JSON lines: what it is, then a line for each section and each set of eval prompts. */
export function specToJsonLines(spec: Spec): string {
  const { sections, evals, ...about } = parts(spec);
  const lines = [
    { schema: 'tenet.spec-lines/1', ...about },
    ...sections.map((section) => ({ type: 'section', ...section })),
    ...evals.map((record) => ({ type: 'evals', ...record })),
  ];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** A spec as YAML. */
export function specToYaml(spec: Spec): string {
  return stringify(specToJson(spec), { lineWidth: 0, aliasDuplicateObjects: false });
}

function parts(spec: Spec): Omit<SpecDocument, 'schema'> {
  const clauses = new Map(clausesOf(spec).map((clause) => [clause.id, clause]));
  const lifted = sectionsWithLifted(spec);
  const whole = new Map<string, string>();
  for (const section of spec.sections) {
    for (const tag of tagsOfWhole(spec, section)) whole.set(tag, section.id);
  }
  const { id, version, title, dialect, sha256, lab, licence, sourceUrl, scope, priority } = spec;
  return {
    id,
    version,
    title,
    dialect,
    sha256,
    ...present({ lab, licence, sourceUrl, scope, priority }),
    levels: spec.levels.map(({ name, overridable }) => ({ name, overridable })),
    sections: spec.sections.map((section) =>
      sectionRecord(spec, section, lifted.has(section.id), clauses.get(section.id)),
    ),
    evals: spec.evalFiles.map((file) => evalsRecord(file, whole.get(file.tag))),
  };
}

/** Ids of the sections that have sections made of their own lines: their text is no longer one piece. */
export function sectionsWithLifted(spec: Spec): Set<string> {
  const ids = new Set<string>();
  for (const { parent, heading } of spec.sections) {
    if (parent !== null && spec.text[heading.start.offset] !== '#') ids.add(parent);
  }
  return ids;
}

/** Tags that are not written in a section's text: their prompts are for the section as a whole. */
export function tagsOfWhole(spec: Spec, section: Section): string[] {
  return tagsIn(section.blocks).flatMap(({ tag, span }) => {
    const written = spec.text.slice(span.start.offset, span.end.offset);
    return written === `[^${tag}]` ? [] : [tag];
  });
}

function sectionRecord(
  spec: Spec,
  section: Section,
  hasLifted: boolean,
  clause: Clause | undefined,
): SectionRecord {
  const { id, title, depth, parent, level, kind, isClause, tags, isNavigation } = section;
  const { aliases, override, form, principals, scope, file, provenance } = section;
  const attributes = section.attributes.map(({ key, value }) => ({ key, value }));
  return {
    id,
    title,
    depth,
    parent,
    level,
    kind,
    clause: isClause,
    tags,
    ...present({ aliases, override, form, principals, scope, file, provenance }),
    ...present({ navigation: isNavigation }),
    ...(attributes.length === 0 ? {} : { attributes }),
    body: bodyOf(spec, section, hasLifted),
    ...(clause === undefined ? {} : { reading: readingOf(clause) }),
  };
}

/** What other tools would have to find out for themselves; offsets are of no use to them. */
function readingOf(clause: Clause): Record<string, unknown> {
  const { locator, textHash, modality, form, inheritedLevel, overridable, text } = clause;
  return {
    locator,
    line: clause.span.start.line,
    textHash,
    modality,
    form,
    inheritedLevel,
    overridable,
    text,
    sentences: clause.sentences.map(({ text, modality }) => ({ text, modality })),
    conditions: clause.conditions.clauses.map(({ text }) => text),
    exceptions: clause.exceptions.map(({ text }) => text),
    settings: clause.conditions.settings,
    references: clause.references.map(({ to, kind }) => ({ to, kind })),
    evals: clause.evals.map(({ tag, phrase, prompts }) => ({ tag, phrase, prompts })),
    commentary: clause.commentary,
    examples: clause.examples.map(({ title, ordinal, settings, turns }) => ({
      title,
      ordinal,
      settings,
      turns: turns.map((turn) =>
        turn.type === 'message'
          ? { role: turn.role, content: turn.content }
          : { replies: turn.replies.map(replyRecord) },
      ),
    })),
  };
}

function replyRecord({ mark, note, violates, content }: MarkedReply): object {
  return { mark, note, violates, content };
}

function evalsRecord(
  { tag, sectionTitle, file, prompts }: EvalFile,
  section: string | undefined,
): EvalsRecord {
  return {
    tag,
    ...(section === undefined ? {} : { section }),
    title: sectionTitle,
    file,
    prompts: prompts.map(promptRecord),
  };
}

function promptRecord({ title, turns, settings, elided }: Example): PromptRecord {
  return {
    title,
    messages: turns.filter((turn) => turn.type === 'message').map(messageRecord),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(elided ? { elided } : {}),
  };
}

type PromptRecord = EvalsRecord['prompts'][number];

function messageRecord(message: ExampleMessage): PromptRecord['messages'][number] {
  const { role, content, attributes, untrusted } = message;
  return {
    role,
    content,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(untrusted.length === 0 ? {} : { untrusted }),
  };
}
