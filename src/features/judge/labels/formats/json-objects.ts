/**
 * @module features/judge/labels/formats/json-objects
 * Labels as JSON objects, and the elements of a JSON list, each with its place.
 */
import { messageOf } from '../../../../app/errors.ts';
import type { Place } from './issues.ts';
import { fieldNamed, handOver, type LabelSink, type RawRow } from './row.ts';

/** Hands over the elements of a JSON list. */
export function readList(
  text: string,
  sink: LabelSink,
  readElement: (value: unknown, place: Place) => void,
): void {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    sink.complain(faultIn(text, error), 'no-json', { reason: messageOf(error) });
    return;
  }
  if (!Array.isArray(list)) return;
  const places = elementPlaces(text);
  for (const [index, value] of list.entries()) {
    readElement(value, places[index] ?? { line: 1, column: 1 });
  }
}

/** Where the engine says that a text stops being JSON, which it says in its message alone; else its end. */
export function faultIn(text: string, error: unknown): Place {
  const at = /at position (\d+)/.exec(messageOf(error))?.[1];
  const before = text.slice(0, at === undefined ? text.length : Number(at));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}

/**
 * Hands over the label in an object whose keys are names of fields.
 * @param start where the object stands
 * @param placeOfKey where one of its keys stands
 */
export function readObject(
  value: unknown,
  start: Place,
  placeOfKey: (key: string) => Place,
  sink: LabelSink,
): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    sink.complain(start, 'no-object', {});
    return;
  }
  const raw: RawRow = {};
  for (const [key, part] of Object.entries(value)) {
    const field = fieldNamed(key);
    if (field === undefined || part === null) continue;
    const place = placeOfKey(key);
    if (!['string', 'number', 'boolean'].includes(typeof part)) {
      sink.complain(place, 'no-text', { key, found: Array.isArray(part) ? 'list' : 'object' });
      return;
    }
    if (raw[field] !== undefined) {
      sink.complain(place, 'field-twice', { field });
      return;
    }
    raw[field] = { text: String(part), ...place };
  }
  handOver(raw, start, sink);
}

/** Where the elements of a JSON list start. The text is JSON. */
function elementPlaces(text: string): Place[] {
  const places: Place[] = [];
  let depth = 0;
  let isNext = false;
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\n') {
      line++;
      lineStart = at + 1;
    }
    if (/\s/.test(character)) continue;
    if (isNext && character !== ']') places.push({ line, column: at - lineStart + 1 });
    isNext = false;
    if (character === '"') {
      while (text[++at] !== '"') if (text[at] === '\\') at++;
    } else if (character === '[' || character === '{') {
      if (depth === 0) isNext = true;
      depth++;
    } else if (character === ']' || character === '}') depth--;
    else if (character === ',' && depth === 1) isNext = true;
  }
  return places;
}
