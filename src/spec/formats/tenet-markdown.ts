/**
 * @module spec/formats/tenet-markdown
 * A spec from any dialect in Tenet's own Markdown form, which reads back to the same clauses.
 */

import { escapedPrompt } from '../dialects/tenet.ts';
import { directsBehaviour, isDefinitionList, kindOf } from '../kinds.ts';
import { orderLevels } from '../levels.ts';
import type { EvalFile, Example, Section, Spec } from '../types.ts';
import { bodyOf } from './markdown.ts';
import { sectionsWithLifted, tagsOfWhole } from './write-records.ts';

const DEEPEST = 6;
const KNOWN = new Set(
  'authority level kind tags aliases form clause override by default principals scope origin commit author support'.split(
    ' ',
  ),
);

/** The spec as Markdown. */
export function specToMarkdown(spec: Spec): string {
  const lifted = sectionsWithLifted(spec);
  const prompts = new Map(spec.evalFiles.map((file) => [file.tag, file]));
  const definitions = new Set<string>();
  const parts = [header(spec)];
  for (const section of spec.sections) {
    const body = bodyOf(spec, section, lifted.has(section.id));
    const fences = tagsOfWhole(spec, section).map((tag) => promptFence(prompts.get(tag)));
    const heading = headingOf(spec, section, definitions);
    parts.push([heading, body, ...fences].filter((part) => part !== '').join('\n\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

function header(spec: Spec): string {
  const { id, version, title, levels, priority, lab, licence, sourceUrl, scope } = spec;
  const usual = new Map(
    orderLevels(
      [],
      levels.map(({ name }) => ({ name, overridable: null })),
    ).map((level) => [level.name, level.overridable]),
  );
  const names = levels.map(({ name, overridable }) =>
    usual.get(name) === overridable ? name : `${name}${overridable ? '?' : '!'}`,
  );
  const words = [
    `id=${quoted(id)}`,
    ...value('version', version),
    `title=${quoted(title)}`,
    ...list('levels', names, '>'),
    ...value('priority', priority?.mode),
    ...list('order', priority?.order, '>'),
    ...value('lab', lab),
    ...value('licence', licence),
    ...value('source', sourceUrl),
    ...value('scope', scope),
  ];
  return `<!-- tenet: ${words.join(' ')} -->`;
}

/** A value that holds white space or nothing stands in quotation marks, and can hold none. */
function quoted(value: string): string {
  const plain = value.replaceAll(/\s+/g, ' ').replaceAll('"', "'").replaceAll('-->', '—>');
  return /^[^\s"{}=]+$/.test(plain) ? plain : `"${plain.replaceAll(/[{}]/g, '')}"`;
}

function headingOf(spec: Spec, section: Section, definitions: Set<string>): string {
  const { id, title, depth, level, kind, tags, override } = section;
  const isAmongDefinitions =
    section.parent !== null && definitions.has(section.parent) && level === null;
  const derivedDefinition = isAmongDefinitions || isDefinitionList(id, title);
  if (kind === 'definition' || (kind === null && derivedDefinition)) definitions.add(id);
  const ranked = spec.levels.find(({ name }) => name === level) ?? null;
  const derivedKind = kindOf(ranked, null, derivedDefinition);
  const writtenKind = kind === derivedKind ? null : kind;
  const isDerivedClause = directsBehaviour(level, writtenKind, section.blocks) === section.isClause;
  const words = [
    `#${id.replaceAll(/[\s{}]/g, '_')}`,
    ...value('authority', level),
    ...(kind === derivedKind ? [] : [`kind=${kind ?? 'none'}`]),
    ...list('tags', tags),
    ...list('aliases', section.aliases),
    ...(isDerivedClause ? [] : [`clause=${section.isClause ? 'yes' : 'no'}`]),
    ...value('form', section.form),
    ...value('override', override?.how),
    ...list('by', override?.by),
    ...value('default', override?.default),
    ...list('principals', section.principals),
    ...value('scope', section.scope),
    ...provenance(section),
    ...section.attributes
      .filter(({ key }) => !KNOWN.has(key) && /^[\w-]+$/.test(key))
      .map(({ key, value }) => `${key}=${quoted(value)}`),
  ];
  const line = title.replaceAll(/\s+/g, ' ').trim();
  return `${'#'.repeat(Math.min(depth, DEEPEST))} ${line === '' ? '' : `${line} `}{${words.join(' ')}}`;
}

function value(key: string, said: string | null | undefined): string[] {
  return said === undefined || said === null ? [] : [`${key}=${quoted(said)}`];
}

function list(key: string, values: readonly string[] | undefined, sign = ','): string[] {
  return value(key, values === undefined || values.length === 0 ? null : values.join(sign));
}

function provenance({ provenance: known, file }: Section): string[] {
  const entries = Object.entries({ ...(file === undefined ? {} : { origin: file }), ...known });
  return entries.filter(([key]) => KNOWN.has(key)).map(([key, value]) => `${key}=${quoted(value)}`);
}

/** Prompts of one message of the user; longer conversations are kept in files of their own. */
function promptFence(file: EvalFile | undefined): string {
  const lines = (file?.prompts ?? []).flatMap(lineOf).filter((line) => line.trim() !== '');
  return lines.length === 0 ? '' : `~~~evals\n${lines.join('\n')}\n~~~`;
}

function lineOf(prompt: Example): string[] {
  const text = singleMessage(prompt);
  // A line of marks would end the fence.
  return text === null ? [] : [escapedPrompt(text.trim()).replace(/^(?=~~~)/, ' ')];
}

/** What the user says in a prompt that is nothing else; null for other conversations. */
export function singleMessage({ turns, settings }: Example): string | null {
  const [only, ...more] = turns;
  if (only?.type !== 'message' || only.role !== 'user' || more.length > 0) return null;
  return Object.keys(settings).length === 0 ? only.content : null;
}
