/**
 * @module spec/json-places
 * Where in a JSON text something stands: the first thing that is no JSON, or the value at a path.
 */

/** A path through arrays (numbers) and objects (keys). */
export type JsonPath = readonly (string | number)[];

/** What the scan found: the offset of the value asked for, or where the text stops being JSON. */
export interface JsonPlace {
  offset: number;
  /** What would have been right there; null where nothing is wrong. */
  expected: string | null;
}

const DEEPEST = 500;
const QUOTE = 34;
const BACKSLASH = 92;
const FIRST_PRINTABLE = 32;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;

/**
 * The place of the value at `path`, or of the nearest thing around it that exists; where the text is no JSON,
 * the place of the first fault. Reads the text once.
 */
export function jsonPlace(text: string, path: JsonPath = []): JsonPlace {
  return new JsonScanner(text, path).scan();
}

class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
  }
}

class JsonScanner {
  readonly #text: string;
  readonly #path: JsonPath;
  #at = 0;
  #found = 0;

  constructor(text: string, path: JsonPath) {
    this.#text = text;
    this.#path = path;
  }

  scan(): JsonPlace {
    try {
      this.#value(0, true);
      this.#space();
      // Whoever asks for a path may pass a value with other text after it.
      if (this.#path.length === 0 && this.#at < this.#text.length) {
        throw new JsonFault(this.#at, 'the end of the file');
      }
      return { offset: this.#found, expected: null };
    } catch (fault) {
      if (fault instanceof JsonFault) return { offset: fault.offset, expected: fault.message };
      throw fault;
    }
  }

  /** `onPath`: everything from the root to here is on the path that is looked for. */
  #value(depth: number, onPath: boolean): void {
    this.#space();
    if (onPath) this.#found = this.#at;
    if (depth > DEEPEST) throw new JsonFault(this.#at, `at most ${DEEPEST} levels of nesting`);
    const opener = this.#text[this.#at];
    if (opener === '{') this.#members(depth, onPath);
    else if (opener === '[') this.#items(depth, onPath);
    else if (opener === '"') this.#string('a string that is closed');
    else if (!this.#take(SCALAR)) this.#fail('a JSON value');
  }

  #members(depth: number, onPath: boolean): void {
    this.#at++;
    this.#space();
    if (this.#skip('}')) return;
    do {
      this.#space();
      const start = this.#at;
      this.#string('a key in double quotes');
      const isWanted = onPath && this.#key(start) === this.#path[depth];
      this.#space();
      if (!this.#skip(':')) this.#fail('":"');
      this.#value(depth + 1, isWanted);
      this.#space();
    } while (this.#skip(','));
    if (!this.#skip('}')) this.#fail('"," or "}"');
  }

  #items(depth: number, onPath: boolean): void {
    this.#at++;
    this.#space();
    if (this.#skip(']')) return;
    let index = 0;
    do {
      this.#value(depth + 1, onPath && index++ === this.#path[depth]);
      this.#space();
    } while (this.#skip(','));
    if (!this.#skip(']')) this.#fail('"," or "]"');
  }

  #string(expected: string): void {
    const end = stringEnd(this.#text, this.#at);
    if (end === -1) this.#fail(expected);
    this.#at = end;
  }

  #key(start: number): unknown {
    return JSON.parse(this.#text.slice(start, this.#at));
  }

  #space(): void {
    this.#take(SPACE);
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#at += match[0].length;
    return true;
  }

  #fail(expected: string): never {
    throw new JsonFault(this.#at, expected);
  }
}

/** Offset after the JSON string that begins at `start`; -1 where none does, or it is never closed. */
export function stringEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  // A pattern for the whole string would run out of stack on long ones.
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < FIRST_PRINTABLE) return -1;
    if (code !== BACKSLASH) continue;
    ESCAPE.lastIndex = at;
    const escaped = ESCAPE.exec(text);
    if (escaped === null) return -1;
    at += escaped[0].length - 1;
  }
  return -1;
}
