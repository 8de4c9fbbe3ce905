/**
 * @module spec/text-edits
 * Makes edits in a text, and gives the bytes of the document after them.
 */

import { encodeText } from './bytes.ts';
import type { Encoding, Spec, TextEdit } from './types.ts';

/** Edits in the order of their places. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
}

/** A text with edits made in it; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: replacement } of inOrder(edits)) {
    parts.push(text.slice(at, span.start.offset), replacement);
    at = span.end.offset;
  }
  return parts.join('') + text.slice(at);
}

/** The document's bytes after edits; what they leave alone keeps its bytes, also where these are no UTF-8. */
export function printEdited(spec: Spec, edits: readonly TextEdit[]): Uint8Array {
  return encodeText(applyEdits(spec.text, edits), movedEncoding(spec.encoding, inOrder(edits)));
}

function movedEncoding(
  encoding: Encoding | undefined,
  sorted: readonly TextEdit[],
): Encoding | undefined {
  if (encoding === undefined) return undefined;
  const replaced: Encoding['replaced'] = [];
  let shift = 0;
  let next = 0;
  for (const { offset, bytes } of encoding.replaced) {
    let edit = sorted[next];
    while (edit !== undefined && edit.span.end.offset <= offset) {
      shift += edit.text.length - (edit.span.end.offset - edit.span.start.offset);
      edit = sorted[++next];
    }
    if (edit === undefined || edit.span.start.offset > offset)
      replaced.push({ offset: offset + shift, bytes });
  }
  return { ...encoding, replaced };
}
