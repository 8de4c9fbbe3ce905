/**
 * @module spec/formats/records
 * JSON, JSON lines and YAML as values that know their places in the document.
 */

import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, parseDocument } from 'yaml';
import { type DiagnosticList, shortened } from '../diagnostics.ts';
import type { SourceText } from '../source-text.ts';
import { EmbeddedText } from './embedded-text.ts';

/** A value in a document and where it is written. */
export interface Placed {
  value: string | number | boolean | null | Placed[] | Map<string, Placed>;
  start: number;
  end: number;
}

const DEEPEST = 200;

/** The values of a document: one, or one per line of JSON lines. What cannot be read is reported. */
export function readRecords(
  source: SourceText,
  form: 'json' | 'jsonl' | 'yaml',
  diagnostics: DiagnosticList,
): Placed[] {
  if (form === 'yaml') return readYaml(source, diagnostics);
  if (form === 'json') return readJson(source, 0, source.text.length, diagnostics);
  const records: Placed[] = [];
  for (let line = 0; line < source.lineCount; line++) {
    if (source.isBlank(line)) continue;
    records.push(...readJson(source, source.start(line), source.end(line), diagnostics));
  }
  return records;
}

/** The records of a document that is a JSON array of them, or JSON lines. */
export function readListOrLines(source: SourceText, diagnostics: DiagnosticList): Placed[] {
  const isList = /^\s*\[/.test(source.text.slice(0, 1000));
  const records = readRecords(source, isList ? 'json' : 'jsonl', diagnostics);
  return records.flatMap((record) => (Array.isArray(record.value) ? record.value : [record]));
}

function readJson(
  source: SourceText,
  from: number,
  to: number,
  diagnostics: DiagnosticList,
): Placed[] {
  const parser = new JsonParser(source.text, from, to);
  try {
    return [parser.document()];
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const at = Math.min(error.at, to);
    const data = { problem: 'syntax', reason: error.message } as const;
    diagnostics.add(source, 'invalid-record', at, Math.min(at + 1, to), data);
    return [];
  }
}

class Unreadable extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** JSON with places. `JSON.parse` gives none, and a parser of YAML takes ten times as long. */
class JsonParser {
  readonly #text: string;
  readonly #to: number;
  #at: number;
  #depth = 0;

  constructor(text: string, from: number, to: number) {
    this.#text = text;
    this.#at = from;
    this.#to = to;
  }

  document(): Placed {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#to) this.#fail('More text follows after the end of the JSON value');
    return value;
  }

  #fail(what: string): never {
    throw new Unreadable(`${what}.`, this.#at);
  }

  #space(): void {
    while (this.#at < this.#to && ' \t\r\n'.includes(this.#text[this.#at] ?? '')) this.#at++;
  }

  #value(): Placed {
    this.#space();
    const start = this.#at;
    const character = this.#at < this.#to ? this.#text[start] : undefined;
    if (character === undefined) this.#fail('The JSON ends where a value should be');
    if (++this.#depth > DEEPEST) this.#fail(`Values are nested more than ${DEEPEST} deep here`);
    let value: Placed['value'];
    if (character === '"') value = this.#string();
    else if (character === '[') value = this.#array();
    else if (character === '{') value = this.#object();
    else value = this.#word();
    this.#depth--;
    return { value, start, end: this.#at };
  }

  #string(): string {
    const start = this.#at++;
    while (this.#at < this.#to) {
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at++;
        return this.#parsed(start);
      }
      if (character === '\n') break;
      this.#at += character === '\\' ? 2 : 1;
    }
    this.#at = start;
    this.#fail('This string is never closed');
  }

  #parsed<T extends string>(start: number): T {
    try {
      return JSON.parse(this.#text.slice(start, this.#at));
    } catch {
      const text = shortened(this.#text.slice(start, this.#at));
      this.#at = start;
      this.#fail(`${text} is no JSON`);
    }
  }

  #word(): Placed['value'] {
    const start = this.#at;
    while (this.#at < this.#to && /[\w+.-]/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at === start)
      this.#fail(`"${this.#text[start] ?? ''}" stands where a value should be`);
    return this.#parsed(start);
  }

  #array(): Placed[] {
    const values: Placed[] = [];
    this.#at++;
    this.#space();
    if (this.#takes(']')) return values;
    for (;;) {
      values.push(this.#value());
      this.#space();
      if (this.#takes(']')) return values;
      if (!this.#takes(',')) this.#fail('"," or "]" is missing here');
    }
  }

  #object(): Map<string, Placed> {
    const fields = new Map<string, Placed>();
    this.#at++;
    this.#space();
    if (this.#takes('}')) return fields;
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"')
        this.#fail('The name of a field in quotation marks is missing here');
      const name = this.#string();
      this.#space();
      if (!this.#takes(':')) this.#fail('":" is missing here');
      fields.set(name, this.#value());
      this.#space();
      if (this.#takes('}')) return fields;
      if (!this.#takes(',')) this.#fail('"," or "}" is missing here');
    }
  }

  #takes(sign: string): boolean {
    if (this.#at >= this.#to || this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }
}

function readYaml(source: SourceText, diagnostics: DiagnosticList): Placed[] {
  const options = { lineCounter: new LineCounter(), prettyErrors: false, maxAliasCount: 100 };
  const read = parseAllDocuments(source.text, options);
  const documents = Array.isArray(read) ? read : [parseDocument(source.text, options)];
  const records: Placed[] = [];
  for (const document of documents) {
    for (const { pos, message } of document.errors) {
      const end = Math.min(pos[1], source.text.length);
      const data = { problem: 'syntax', reason: message } as const;
      diagnostics.add(source, 'invalid-record', pos[0], end, data);
    }
    if (document.errors.length > 0) continue;
    const record = placedNode(document.contents, 0);
    if (record !== null) records.push(record);
  }
  return records;
}

function placedNode(node: unknown, depth: number): Placed | null {
  // An alias repeats what stands elsewhere; a spec has no use for it, and bombs are made of it.
  if (depth > DEEPEST || !(isScalar(node) || isSeq(node) || isMap(node))) return null;
  const [start, end] = node.range ?? [0, 0];
  if (isScalar(node)) {
    const { value } = node;
    const isPlain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { value: isPlain || value === null ? value : String(value), start, end };
  }
  if (isSeq(node)) {
    const value = node.items.flatMap((item) => placedNode(item, depth + 1) ?? []);
    return { value, start, end };
  }
  const value = new Map<string, Placed>();
  for (const { key, value: item } of node.items) {
    const placed = placedNode(item, depth + 1);
    if (placed !== null) value.set(isScalar(key) ? String(key.value) : '', placed);
  }
  return { value, start, end };
}

/** A value without its places. */
export function plainValue({ value }: Placed): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, placed]) => [key, plainValue(placed)]));
  }
  return value;
}

/** A field of a record, or undefined. */
export function field(record: Placed, name: string): Placed | undefined {
  return record.value instanceof Map ? record.value.get(name) : undefined;
}

/** The text in a field, whose places are those in the document; null if it is no string. */
export function textIn(source: SourceText, placed: Placed | undefined): EmbeddedText | null {
  if (placed === undefined || typeof placed.value !== 'string') return null;
  return new EmbeddedText(source, placed.value, placed.start, placed.end);
}
