/** @module features/judge/labels/formats/json-lines Labels as JSON objects: one on each line, or a list of them. */
import { messageOf } from '../../../../app/errors.ts';
import type { LabelFormat } from './format.ts';
import { faultIn, readList, readObject } from './json-objects.ts';
import type { LabelSink } from './row.ts';

/** The keys of each object are the names that the columns of a CSV have. */
export const jsonLines: LabelFormat = {
  name: 'json-lines',
  recognises: (text) => /^\s*[[{]/.test(text),
  read: (text, sink) => {
    if (/^\s*\[/.test(text)) {
      readList(text, sink, (value, place) => readObject(value, place, () => place, sink));
    } else readLines(text, sink);
  },
  written: {
    extension: '.jsonl',
    print: (labels) => labels.map((label) => `${JSON.stringify(label)}\n`).join(''),
  },
};

function readLines(text: string, sink: LabelSink): void {
  for (const [index, words] of text.split(/\r\n|\n|\r/).entries()) {
    if (words.trim() === '') continue;
    const line = index + 1;
    let value: unknown;
    try {
      value = JSON.parse(words);
    } catch (error) {
      sink.complain({ ...faultIn(words, error), line }, 'no-json-line', {
        reason: messageOf(error),
      });
      continue;
    }
    const placeOfKey = (key: string) => ({
      line,
      column: Math.max(0, words.indexOf(JSON.stringify(key))) + 1,
    });
    readObject(value, { line, column: 1 }, placeOfKey, sink);
  }
}
