/**
 * @module spec/encoding
 * Decodes a document and says where its bytes are not the text they should be.
 */

import type { DiagnosticList } from './diagnostics.ts';
import { decodeText, SourceText } from './source-text.ts';

const REPLACEMENT = '\ufffd';
/** A binary file has thousands of such lines; the first ones tell what there is to tell. */
const MOST_REPORTED_LINES = 20;

/** A document's text with its lines; replaced bytes and NUL characters are reported. */
export function decodeSource(
  file: string,
  bytes: Uint8Array,
  diagnostics: DiagnosticList,
): SourceText {
  const source = new SourceText(file, decodeText(bytes));
  if (source.text.includes(REPLACEMENT) && !isUtf8(bytes)) {
    reportLines(source, REPLACEMENT, (at, more) => {
      diagnostics.add(source, 'invalid-utf8', at, at + 1, { more });
    });
  }
  if (source.text.includes('\0')) {
    reportLines(source, '\0', (at, more) => {
      diagnostics.add(source, 'nul-character', at, at + 1, { more });
    });
  }
  return source;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Calls `report` for the first occurrence in each line, up to a limit; the last call says that there are more. */
function reportLines(
  source: SourceText,
  character: string,
  report: (at: number, more: boolean) => void,
): void {
  let at = source.text.indexOf(character);
  for (let count = 1; at !== -1 && count <= MOST_REPORTED_LINES; count++) {
    const lineEnd = source.end(source.lineAt(at));
    const next = source.text.indexOf(character, lineEnd);
    report(at, count === MOST_REPORTED_LINES && next !== -1);
    at = next;
  }
}
