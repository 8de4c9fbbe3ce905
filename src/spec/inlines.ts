/**
 * @module spec/inlines
 * Finds references, eval tags and code in running text, in one pass that never looks back further than
 * the innermost open bracket.
 */

/** Something found in running text; offsets count from the start of the text that was searched. */
export type FoundInline = FoundReference | FoundTag | FoundOther;

/** `[text](target)`; `textStart` and `textEnd` enclose the text in brackets. */
export interface FoundReference {
  type: 'reference';
  start: number;
  end: number;
  textStart: number;
  textEnd: number;
  target: string;
}

/** `[^tag]`. */
export interface FoundTag {
  type: 'eval-tag';
  start: number;
  end: number;
  tag: string;
}

/** Code in backticks, an image, or the start of a footnote definition: nothing inside it counts. */
export interface FoundOther {
  type: 'code' | 'image' | 'footnote-definition';
  start: number;
  end: number;
}

const LONGEST_TAG = 64;
const LONGEST_BACKTICK_RUN = 8;
const MOST_OPEN_BRACKETS = 1000;

/** Everything found in `raw`, in order. Takes time in proportion to its length. */
export function findInlines(raw: string): FoundInline[] {
  return /[`[\]]/.test(raw) ? new InlineSearch(raw).run() : [];
}

class InlineSearch {
  readonly #raw: string;
  readonly #found: FoundInline[] = [];
  readonly #openBrackets: number[] = [];
  /** So many of them, the outermost ones, are open around a link: none of these is one. */
  #around = 0;
  readonly #runsWithoutPartner = new Set<number>();

  constructor(raw: string) {
    this.#raw = raw;
  }

  run(): FoundInline[] {
    const raw = this.#raw;
    let at = 0;
    while (at < raw.length) {
      const character = raw[at];
      if (character === '\\') at += 2;
      else if (character === '`') at = this.#code(at);
      else if (character === '[') at = this.#open(at);
      else if (character === ']') at = this.#close(at);
      else at++;
    }
    return this.#found.sort((a, b) => a.start - b.start);
  }

  #code(start: number): number {
    const raw = this.#raw;
    const opened = endOfRun(raw, start);
    const length = opened - start;
    if (length > LONGEST_BACKTICK_RUN || this.#runsWithoutPartner.has(length)) return opened;
    let at = raw.indexOf('`', opened);
    while (at !== -1) {
      const end = endOfRun(raw, at);
      if (end - at === length) {
        this.#found.push({ type: 'code', start, end });
        return end;
      }
      at = raw.indexOf('`', end);
    }
    // Remembered, so that text full of lone backticks is not searched to its end for each of them.
    this.#runsWithoutPartner.add(length);
    return opened;
  }

  #open(start: number): number {
    const raw = this.#raw;
    if (raw[start + 1] === '^') {
      let end = start + 2;
      while (end - start < LONGEST_TAG && isTagCharacter(raw[end])) end++;
      if (end > start + 2 && raw[end] === ']') {
        const isDefinition = raw[end + 1] === ':' && isLineStart(raw, start);
        const tag = raw.slice(start + 2, end);
        if (isDefinition) this.#found.push({ type: 'footnote-definition', start, end: end + 2 });
        else this.#found.push({ type: 'eval-tag', start, end: end + 1, tag });
        return end + 1;
      }
    }
    if (this.#openBrackets.length >= MOST_OPEN_BRACKETS) this.#openBrackets.length = 0;
    this.#openBrackets.push(start);
    return start + 1;
  }

  #close(textEnd: number): number {
    const raw = this.#raw;
    const open = this.#openBrackets.pop();
    const isAroundLink = this.#openBrackets.length < this.#around;
    this.#around = Math.min(this.#around, this.#openBrackets.length);
    if (open === undefined || raw[textEnd + 1] !== '(') return textEnd + 1;
    if (isAroundLink && !this.#isImage(open)) return textEnd + 1;
    const target = readTarget(raw, textEnd + 2);
    if (target === null) return textEnd + 1;
    if (this.#isImage(open)) {
      // Nothing inside an image counts.
      while ((this.#found.at(-1)?.start ?? -1) > open) this.#found.pop();
      this.#found.push({ type: 'image', start: open - 1, end: target.end });
      return target.end;
    }
    const { value, end } = target;
    const place = { start: open, end, textStart: open + 1, textEnd };
    this.#found.push({ type: 'reference', ...place, target: value });
    this.#around = this.#openBrackets.length;
    return end;
  }

  #isImage(open: number): boolean {
    return open > 0 && this.#raw[open - 1] === '!';
  }
}

function endOfRun(raw: string, start: number): number {
  let end = start;
  while (raw[end] === '`') end++;
  return end;
}

function isTagCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\w-]/.test(character);
}

function isLineStart(raw: string, at: number): boolean {
  return at === 0 || raw[at - 1] === '\n' || raw[at - 1] === '\r';
}

/**
 * Reads `address)` or `address "title")`; an address with spaces stands in `<…>`. A bracket ends the
 * attempt, which keeps the whole search linear: no two attempts read the same character.
 */
function readTarget(raw: string, start: number): { value: string; end: number } | null {
  const address = raw[start] === '<' ? enclosed(raw, start + 1) : plain(raw, start);
  if (address === null) return null;
  const { value, next } = address;
  let at = afterSpace(raw, next);
  const closing = TITLE_ENDS.get(raw[at] ?? '');
  if (closing !== undefined && at > next && value !== '') {
    for (at++; at < raw.length && raw[at] !== closing; at++) {
      if (raw[at] === '[' || raw[at] === ']') return null;
      if (raw[at] === '\\') at++;
    }
    at = afterSpace(raw, at + 1);
  }
  return raw[at] === ')' ? { value, end: at + 1 } : null;
}

/** What a title ends with, by what it begins with. */
const TITLE_ENDS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['(', ')'],
]);

function afterSpace(raw: string, from: number): number {
  let at = from;
  while (isSpace(raw[at])) at++;
  return at;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \t\n\r'.includes(character);
}

/** An address up to white space, or to the parenthesis that closes the link. */
function plain(raw: string, start: number): { value: string; next: number } | null {
  let depth = 0;
  let at = start;
  for (; at < raw.length; at++) {
    const character = raw[at];
    if (character === '(') depth++;
    else if (character === ')') {
      if (depth === 0) break;
      depth--;
    } else if (character === '[' || character === ']') return null;
    else if (character === '\\') at++;
    else if (isSpace(character)) break;
  }
  return { value: raw.slice(start, at), next: at };
}

/** An address up to `>`, in one line. */
function enclosed(raw: string, start: number): { value: string; next: number } | null {
  for (let at = start; at < raw.length; at++) {
    const character = raw[at];
    if (character === '>') return { value: raw.slice(start, at), next: at + 1 };
    if (character !== undefined && '<[]\n\r'.includes(character)) return null;
  }
  return null;
}
