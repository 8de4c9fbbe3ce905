/**
 * @module spec/dialects/attributes
 * What the attributes of a heading say: those of the Model Spec, and those that Tenet adds.
 */

import {
  type DiagnosticCode,
  type DiagnosticData,
  type DiagnosticList,
  shortened,
} from '../diagnostics.ts';
import type { Heading } from '../headings.ts';
import { FORMS, KINDS, oneOf, WAYS } from '../kinds.ts';
import { isKnownLevel } from '../levels.ts';
import type { SourceText } from '../source-text.ts';
import type { Attribute, Kind, Override, Section } from '../types.ts';

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

/** Reports what is wrong with the attribute that is being read. */
type Report = <Code extends DiagnosticCode>(code: Code, data: DiagnosticData<Code>) => void;

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
    const report: Report = (code, data) =>
      diagnostics.addAt(source.file, code, attribute.span, data);
    if (seen.has(key)) report('duplicate-attribute', { key: shortened(attribute.key) });
    seen.add(key);
    takeAttribute(read, key, attribute, declaredLevels, knowsExtensions, report);
  }
  return read;
}

function takeAttribute(
  read: ReadAttributes,
  key: string,
  attribute: Attribute,
  declaredLevels: ReadonlySet<string>,
  knowsExtensions: boolean,
  report: Report,
): void {
  const value = attribute.value.toLowerCase();
  if (key === 'authority') {
    read.level = value === '' || value === 'none' ? null : value;
    const isKnown = declaredLevels.size > 0 ? declaredLevels.has(value) : isKnownLevel(value);
    if (isKnown || read.level === null) return;
    report('unknown-level', { level: shortened(value) });
  } else if (key === 'kind') {
    read.kind = oneOf(KINDS, value) ?? null;
    read.isWithoutKind = knowsExtensions && value === 'none';
    if (read.kind !== null || read.isWithoutKind) return;
    report('unknown-kind', { kind: shortened(value) });
  } else if (key === 'tags') read.tags = words(attribute.value);
  else if (!knowsExtensions || !takeExtension(read, key, attribute.value, report)) {
    report('unknown-attribute', { key: shortened(key), element: null });
  }
}

/** False for a key that is none of the format's. */
function takeExtension(read: ReadAttributes, key: string, value: string, report: Report): boolean {
  const { more } = read;
  const word = value.toLowerCase();
  const expect = (expected: string): true => {
    report('unknown-value', { key, value: shortened(value), expected });
    return true;
  };
  if (key === 'form') {
    const form = oneOf(FORMS, word);
    if (form === undefined) return expect('absolute, comparative or ranking');
    more.form = form;
  } else if (key === 'clause') {
    if (word !== 'yes' && word !== 'no') return expect('yes or no');
    read.directs = word === 'yes';
  } else if (key === 'override') {
    const how = oneOf(WAYS, word);
    if (how === undefined) return expect('never, explicit or implicit');
    more.override = { ...overrideOf(more), how };
  } else if (key === 'by') more.override = { ...overrideOf(more), by: words(value) };
  else if (key === 'default') {
    if (word !== 'on' && word !== 'off') return expect('on or off');
    more.override = { ...overrideOf(more), default: word };
  } else if (key === 'aliases') more.aliases = words(value);
  else if (key === 'principals') more.principals = words(value);
  else if (key === 'scope') more.scope = value;
  else if (PROVENANCE.has(key)) more.provenance = { ...more.provenance, [key]: value };
  else return false;
  return true;
}

function overrideOf({ override }: ReadAttributes['more']): Override {
  return override ?? { how: 'explicit', by: [], default: null };
}

function words(value: string): string[] {
  return value.split(',').filter((word) => word !== '');
}
