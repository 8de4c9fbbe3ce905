/**
 * @module features/spec/resolve/profile/read
 * Reads a deployment profile from YAML. Everything wrong is said with its place, all at once.
 */
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import type * as z from 'zod';
import { nearest } from '../../../../spec/locate.ts';
import { faultText, type ProfileFault, type ProfileProblem } from './messages.ts';
import { type Profile, type ProfileEntry, type ProfilePlace, profileSchema } from './schema.ts';

type Path = readonly (string | number)[];
type Raw = z.infer<typeof profileSchema>;

const ACTIONS = ['set', 'narrow', 'disable', 'add'] as const;
const LARGEST = 1_000_000;
const DEEPEST_FLOW = 50;

/** The profile in a file's text, or what is wrong with it. */
export function readProfile(
  file: string,
  text: string,
): { profile: Profile } | { problems: ProfileProblem[] } {
  const lines = new LineCounter();
  const problem = (place: ProfilePlace, fault: ProfileFault): ProfileProblem => ({
    file,
    ...place,
    ...fault,
    message: faultText(fault),
    clause: null,
    rule: null,
  });
  if (text.length > LARGEST) {
    return { problems: [problem({ line: 1, column: 1 }, { code: 'too-large', data: {} })] };
  }
  const bracket = deepBracket(text);
  if (bracket !== -1) {
    return { problems: [problem(placeIn(text, bracket), { code: 'too-deep', data: {} })] };
  }
  const document = parseDocument(text, { lineCounter: lines, merge: false, prettyErrors: false });
  const at = (offset: number): ProfilePlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = document.errors.map(({ pos, message, code }) =>
    problem(
      at(pos[0]),
      code === 'DUPLICATE_KEY'
        ? { code: 'key-twice', data: {} }
        : { code: 'no-yaml', data: { reason: message } },
    ),
  );
  visit(document, {
    Alias: (_, node) => {
      faults.push(problem(at(startOf(node, 0)), { code: 'alias', data: {} }));
    },
  });
  if (faults.length > 0) return { problems: faults };
  const places = new Places(document.contents, at);
  const raw: unknown = document.toJS();
  const parsed = profileSchema.safeParse(raw);
  if (!parsed.success) {
    const { issues } = parsed.error;
    return { problems: issues.flatMap((issue) => described(issue, raw, places, problem)) };
  }
  return { profile: profileOf(file, parsed.data, places) };
}

/** Where brackets nest too deeply; -1 where they don't. Brackets in texts count too, which only errs early. */
function deepBracket(text: string): number {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/[[{\]}]|\n[^\s#]/g)) {
    if (sign.startsWith('\n')) depth = 0;
    else if (sign === '[' || sign === '{') depth++;
    else depth = Math.max(0, depth - 1);
    if (depth > DEEPEST_FLOW) return index;
  }
  return -1;
}

function placeIn(text: string, offset: number): ProfilePlace {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Finds keys and values in the file by their path. */
class Places {
  readonly #root: Node | null;
  readonly #at: (offset: number) => ProfilePlace;

  constructor(root: Node | null, at: (offset: number) => ProfilePlace) {
    this.#root = root;
    this.#at = at;
  }

  /** The key at a path, or the nearest thing around it. */
  key(path: Path): ProfilePlace {
    return this.#at(this.#walk(path).key);
  }

  /** The value at a path, or the nearest thing around it. */
  value(path: Path): ProfilePlace {
    return this.#at(this.#walk(path).value);
  }

  /** Offsets of the last key and the last value on the way down a path; a value that is empty is at its key. */
  #walk(path: Path): { key: number; value: number } {
    let node: unknown = this.#root;
    const start = startOf(this.#root, 0);
    const found = { key: start, value: start };
    for (const part of path) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => keyOf(item) === String(part));
      if (pair === undefined) return { key: found.key, value: found.key };
      found.key = startOf(pair.key, found.key);
      found.value = startOf(pair.value, found.key);
      node = pair.value;
    }
    return found;
  }
}

/** Where a node begins; `around` for one that is empty. */
function startOf(node: unknown, around: number): number {
  return isNode(node) && node.range ? node.range[0] : around;
}

function keyOf(item: unknown): string | null {
  if (!isPair(item)) return null;
  const { key } = item as Pair;
  if (isAlias(key)) return null;
  return isScalar(key) ? String(key.value) : null;
}

function described(
  issue: z.core.$ZodIssue,
  raw: unknown,
  places: Places,
  problem: (place: ProfilePlace, fault: ProfileFault) => ProfileProblem,
): ProfileProblem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? '' : part));
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => {
      const near = nearest(known, key)[0] ?? null;
      const place = places.key([...path, key]);
      return problem(place, { code: 'unknown-key', data: { key, known, near } });
    });
  }
  const field = path.join('.');
  const isMissing = issue.code === 'invalid_type' && isAbsent(raw, path);
  const place = issue.code === 'invalid_key' ? places.key(path) : places.value(path);
  const fault: ProfileFault = isMissing
    ? { code: 'missing', data: { field } }
    : { code: 'wrong-field', data: { field, reason: issue.message } };
  return [problem(place, fault)];
}

/** Whether nothing stands at a path. */
function isAbsent(raw: unknown, path: Path): boolean {
  let at = raw;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return true;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at === undefined;
}

/** The keys that a profile may have at a path. */
function knownKeys(path: Path): string[] {
  const { shape } = profileSchema;
  if (path[0] === 'spec') return Object.keys(shape.spec.shape);
  const action = ACTIONS.find((name) => name === path[0]);
  if (action === undefined) return Object.keys(shape);
  return Object.keys(shape[action].unwrap().valueType.shape);
}

function profileOf(file: string, raw: Raw, places: Places): Profile {
  const entries = ACTIONS.flatMap((action) => entriesOf(action, raw, places));
  const { settings = {} } = raw;
  return {
    id: raw.id,
    file,
    spec: {
      id: raw.spec.id,
      version: raw.spec.version ?? null,
      sha256: raw.spec.sha256 ?? null,
    },
    by: raw.by,
    operator: raw.operator ?? null,
    locale: raw.locale ?? null,
    audience: raw.audience ?? null,
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, String(value)]),
    ),
    entries: entries.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
    places: {
      by: places.value(['by']),
      'spec.id': places.value(['spec', 'id']),
      'spec.version': places.value(['spec', 'version']),
      'spec.sha256': places.value(['spec', 'sha256']),
    },
  };
}

function entriesOf(action: (typeof ACTIONS)[number], raw: Raw, places: Places): ProfileEntry[] {
  const base = (id: string, entry: { by?: string; reason: string }) => ({
    id,
    by: entry.by ?? raw.by,
    reason: entry.reason,
    place: places.key([action, id]),
    places: Object.fromEntries(
      Object.keys(entry).map((key) => [key, places.value([action, id, key])]),
    ),
  });
  if (action === 'set') {
    return Object.entries(raw.set ?? {}).map(([id, entry]) => {
      const { text, title, level, keep_examples: keepExamples = false } = entry;
      return { ...base(id, entry), action, text, title, level, keepExamples };
    });
  }
  if (action === 'narrow') {
    return Object.entries(raw.narrow ?? {}).map(([id, entry]) => ({
      ...base(id, entry),
      action,
      text: entry.text,
    }));
  }
  if (action === 'disable') {
    return Object.entries(raw.disable ?? {}).map(([id, entry]) => ({ ...base(id, entry), action }));
  }
  return Object.entries(raw.add ?? {}).map(([id, entry]) => {
    const { title, level, kind, tags = [], under, text } = entry;
    return { ...base(id, entry), action, title, level, kind, tags, under, text };
  });
}
