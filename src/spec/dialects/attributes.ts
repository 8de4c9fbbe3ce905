/**
 * @module spec/dialects/attributes
 * What the attributes of a heading say: those of the Model Spec, and those that Tenet adds.
 */

import { type DiagnosticList, shortened } from '../diagnostics.ts';
import type { Heading } from '../headings.ts';
import { isKind } from '../kinds.ts';
import { isKnownLevel } from '../levels.ts';
import type { SourceText } from '../source-text.ts';
import type { Attribute, Form, Kind, Override, Section } from '../types.ts';

/** The attributes of a heading, understood. */
export interface ReadAttributes {
  level: string | null;
  kind: Kind | null;
  /** Said to have no kind, whatever its level (`kind=none`). */
  isWithoutKind: boolean;
  tags: string[];
  /** Whether it is said to be a clause; null where that follows from what it holds. */
  directs: boolean | null;
  more: Pick<Section, 'aliases' | 'override' | 'form' | 'principals' | 'scope' | 'provenance'>;
}

interface AttributeProblem {
  code: 'unknown-level' | 'unknown-kind' | 'unknown-attribute' | 'unknown-value';
  message: string;
}

const FORMS: ReadonlySet<string> = new Set<Form>(['absolute', 'comparative', 'ranking']);
const WAYS: ReadonlySet<string> = new Set<Override['how']>(['never', 'explicit', 'implicit']);
const PROVENANCE: ReadonlySet<string> = new Set(['origin', 'commit', 'author', 'support']);

/** A heading without attributes. */
export function noAttributes(): ReadAttributes {
  return { level: null, kind: null, isWithoutKind: false, tags: [], directs: null, more: {} };
}

/** Reads the attributes of a heading, and reports those that cannot be understood. */
export function readAttributes(
  source: SourceText,
  heading: Heading,
  declaredLevels: ReadonlySet<string>,
  knowsExtensions: boolean,
  diagnostics: DiagnosticList,
): ReadAttributes {
  const read: ReadAttributes = noAttributes();
  const seen = new Set<string>();
  for (const attribute of heading.attributes) {
    const key = attribute.key === 'level' ? 'authority' : attribute.key;
    if (seen.has(key)) {
      const message = `"${shortened(attribute.key)}" is given twice; the last one counts.`;
      diagnostics.addAt(source.file, 'duplicate-attribute', attribute.span, message);
    }
    seen.add(key);
    const problem = takeAttribute(read, key, attribute, declaredLevels, knowsExtensions);
    if (problem !== null) {
      diagnostics.addAt(source.file, problem.code, attribute.span, problem.message);
    }
  }
  return read;
}

function takeAttribute(
  read: ReadAttributes,
  key: string,
  attribute: Attribute,
  declaredLevels: ReadonlySet<string>,
  knowsExtensions: boolean,
): AttributeProblem | null {
  const value = attribute.value.toLowerCase();
  if (key === 'authority') {
    read.level = value === '' || value === 'none' ? null : value;
    const isKnown = declaredLevels.size > 0 ? declaredLevels.has(value) : isKnownLevel(value);
    if (isKnown || read.level === null) return null;
    const message = `"${shortened(value)}" is no level that this document declares or the format knows; it is ranked below the others.`;
    return { code: 'unknown-level', message };
  }
  if (key === 'kind') {
    read.kind = isKind(value) ? value : null;
    read.isWithoutKind = knowsExtensions && value === 'none';
    if (read.kind !== null || read.isWithoutKind) return null;
    const message = `"${shortened(value)}" is no kind; write objective, rule, default or definition.`;
    return { code: 'unknown-kind', message };
  }
  if (key === 'tags') {
    read.tags = words(attribute.value);
    return null;
  }
  const problem = knowsExtensions ? takeExtension(read, key, attribute.value) : unknownKey(key);
  return problem;
}

function unknownKey(key: string): AttributeProblem {
  const message = `"${shortened(key)}" is no attribute of the format; it is kept.`;
  return { code: 'unknown-attribute', message };
}

function takeExtension(read: ReadAttributes, key: string, value: string): AttributeProblem | null {
  const { more } = read;
  const word = value.toLowerCase();
  if (key === 'form') {
    if (!isForm(word)) return badValue(key, value, 'absolute, comparative or ranking');
    more.form = word;
  } else if (key === 'clause') {
    if (word !== 'yes' && word !== 'no') return badValue(key, value, 'yes or no');
    read.directs = word === 'yes';
  } else if (key === 'override') {
    if (!isWay(word)) return badValue(key, value, 'never, explicit or implicit');
    more.override = { ...overrideOf(more), how: word };
  } else if (key === 'by') more.override = { ...overrideOf(more), by: words(value) };
  else if (key === 'default') {
    if (word !== 'on' && word !== 'off') return badValue(key, value, 'on or off');
    more.override = { ...overrideOf(more), default: word };
  } else if (key === 'aliases') more.aliases = words(value);
  else if (key === 'principals') more.principals = words(value);
  else if (key === 'scope') more.scope = value;
  else if (PROVENANCE.has(key)) more.provenance = { ...more.provenance, [key]: value };
  else return unknownKey(key);
  return null;
}

function overrideOf({ override }: ReadAttributes['more']): Override {
  return override ?? { how: 'explicit', by: [], default: null };
}

function badValue(key: string, value: string, expected: string): AttributeProblem {
  const message = `"${shortened(value)}" is no value of ${key}; write ${expected}.`;
  return { code: 'unknown-value', message };
}

function words(value: string): string[] {
  return value.split(',').filter((word) => word !== '');
}

function isForm(word: string): word is Form {
  return FORMS.has(word);
}

function isWay(word: string): word is Override['how'] {
  return WAYS.has(word);
}
