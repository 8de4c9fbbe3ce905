/**
 * @module run/judging/rubric/front-matter
 * The keys at the top of a rubric's file, with the place of each fault.
 */
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type * as z from 'zod';
import { isRecord } from '../../../model/json.ts';
import { explainChecks, hintFor } from '../checks/explain.ts';
import { CHECK_VALUES, SCENE_KEYS } from '../checks/schema.ts';
import { frontMatterSchema, type Rubric, type RubricPlace } from './schema.ts';

export interface FrontMatter {
  values: z.output<typeof frontMatterSchema>;
  places: Rubric['places'];
}

type Fault = RubricPlace & { message: string };
type Path = readonly PropertyKey[];

/** What says nothing to a model. */
const CODE_KEYS = ['applies_when', 'severity'] as const;

/**
 * What the front matter says, or what is wrong with it.
 * @param firstLine the number of its first line in the file
 */
export function readFrontMatter(
  text: string,
  firstLine: number,
): FrontMatter | { problems: Fault[] } {
  try {
    return read(text, firstLine);
  } catch (error) {
    // Each level of brackets takes the reader a level deeper.
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ line: firstLine, column: 1, message: 'This is nested too deeply.' }] };
  }
}

function read(text: string, firstLine: number): FrontMatter | { problems: Fault[] } {
  const lines = new LineCounter();
  const at = (offset: number): RubricPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
  };
  const document = parseDocument(text, { lineCounter: lines, merge: false, prettyErrors: false });
  const overflow = document.errors.find(({ message }) => /call stack/i.test(message));
  if (overflow !== undefined) {
    return { problems: [{ ...at(overflow.pos[0]), message: 'This is nested too deeply.' }] };
  }
  const faults: Fault[] = document.errors.map(({ pos, message, code }) => ({
    ...at(pos[0]),
    message:
      code === 'DUPLICATE_KEY'
        ? 'This key stands in the same place twice.'
        : `This is no YAML: ${message.replace(/\.$/, '')}.`,
  }));
  visit(document, {
    Alias: (_, { range }) => {
      faults.push({
        // Whatever was read from a text has a range; what has none is told at the top.
        ...at(range?.[0] ?? 0),
        message: 'Aliases (*name) are not read. Write it out.',
      });
    },
  });
  if (faults.length > 0) return { problems: faults };
  const written = writtenIn(document);
  const parsed = frontMatterSchema.safeParse(written);
  const place = (path: Path, isKey = false): RubricPlace =>
    at(offsetAt(document.contents, path, isKey));
  if (parsed.success) {
    const { data } = parsed;
    const places = { clause: place(['clause']), spec: place(['spec']) };
    if (data.checks !== undefined) return { values: data, places };
    const idle = CODE_KEYS.filter((key) => data[key] !== undefined).map((key) => {
      const message = `${key} is for code, and there are no checks. Give some, or take it out.`;
      return { ...place([key], true), message };
    });
    return idle.length > 0 ? { problems: idle } : { values: data, places };
  }
  const byKey = Map.groupBy(parsed.error.issues, ({ path }) => path[0]);
  return {
    problems: [...byKey].flatMap(([key, issues]) => {
      const keys = key === 'checks' ? Object.keys(CHECK_VALUES) : SCENE_KEYS;
      const explained =
        key === 'checks' || key === 'applies_when'
          ? explainChecks(writtenAt(written, key), keys, [key])
          : [];
      return explained.length === 0
        ? issues.flatMap((issue) => described(issue, written, place))
        : explained.map(({ path, message, isKey }) => {
            return { ...place(path, isKey), message: sentence(message) };
          });
    }),
  };
}

function writtenAt(written: unknown, key: string): unknown {
  return isRecord(written) && Object.hasOwn(written, key) ? written[key] : undefined;
}

function described(
  issue: z.core.$ZodIssue,
  written: unknown,
  place: (path: Path, isKey?: boolean) => RubricPlace,
): Fault[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(frontMatterSchema.shape);
    return issue.keys.map((key) => {
      const message = `There is no key "${key}" here. ${hintFor(known, key)}`;
      return { ...place([...path, key], true), message };
    });
  }
  const [top = ''] = path;
  const value = writtenAt(written, String(top));
  if (top === 'clause' && value === null) {
    const message = 'clause is empty. In YAML # begins a comment: leave it out.';
    return [{ ...place(path, true), message }];
  }
  const name = path.join('.') || 'the front matter';
  const isMissing = path.length === 1 && value === undefined;
  const message = isMissing ? `${name} is missing.` : sentence(`${name}: ${issue.message}`);
  return [{ ...place(path), message }];
}

/** The values, with the version as it is written: 1.10 is not 1.1. */
function writtenIn(document: Document.Parsed): unknown {
  const written: unknown = document.toJS();
  if (!isMap(document.contents)) return written;
  const version = document.contents.get('version', true);
  const isNumber = isScalar(version) && typeof version.value === 'number';
  return isNumber && version.source !== undefined
    ? { ...(written as object), version: version.source }
    : written;
}

/** With a full stop, where it has no end yet. */
function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** Where the value, or the key, at a path begins; or the nearest thing around it. */
function offsetAt(root: unknown, path: Path, isKey: boolean): number {
  let node: unknown = root;
  // Where nothing is written there is no node, and it lacks at the top.
  let offset = offsetOf(root) ?? 0;
  for (const [depth, part] of path.entries()) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
      const key = offsetOf(pair?.key);
      if (isKey && depth === path.length - 1) return key ?? offset;
      offset = key ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) next = node.items[Number(part)];
    if (next === undefined || next === null) return offset;
    node = next;
    offset = offsetOf(node) ?? offset;
  }
  return offset;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
