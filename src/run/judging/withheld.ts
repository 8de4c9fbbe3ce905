/**
 * @module run/judging/withheld
 * Keeps what the authors said of one example from whoever is tested on it: its marked replies and the notes on them,
 * wherever else in the spec the same words stand.
 */

import { type Example, repliesOf, type Spec, titlesResolved } from '../../spec/index.ts';
import { foldedPattern, foldWords } from '../../text/fold.ts';

/** What takes out of a brief whatever gives an example away. */
export interface Withheld {
  /** The text, with such words replaced by what says that something was left out. */
  redact: (text: string) => string;
  /** Whether another example may be shown: it is not the same one, and none of such words stand in it. */
  allows: (example: Example) => boolean;
}

/** Shorter ones ("No.", "5") stand in any text by chance; they give an example away only as the whole of a message. */
const TELLING_WORDS = 12;

const LEFT_OUT = '(left out)';

/** Withholds one example of a spec. */
export function withhold(spec: Spec, hidden: Example): Withheld {
  const texts = [...new Set(toldOf(spec, hidden).map(foldWords))].filter((text) => text !== '');
  const whole = new Set(texts);
  const telling = texts.filter(({ length }) => length >= TELLING_WORDS);
  // The longest first, so that one that holds another goes as a whole.
  const patterns = telling.toSorted((a, b) => b.length - a.length).map(foldedPattern);
  return {
    redact: (text) => patterns.reduce((left, words) => left.replace(words, LEFT_OUT), text),
    allows: (example) => {
      if (example.section === hidden.section && example.ordinal === hidden.ordinal) return false;
      return !textsOf(spec, example)
        .map(foldWords)
        .some((text) => whole.has(text) || telling.some((words) => text.includes(words)));
    },
  };
}

/** The marked replies of an example and the notes on them, as written and as a brief prints them. */
function toldOf(spec: Spec, example: Example): string[] {
  return repliesOf(example).flatMap(({ content, note }) =>
    note === null ? [content] : [content, note, titlesResolved(note, spec)],
  );
}

function textsOf(spec: Spec, example: Example): string[] {
  const messages = example.turns.flatMap((turn) => (turn.type === 'message' ? [turn.content] : []));
  return [titlesResolved(example.title, spec), ...messages, ...toldOf(spec, example)];
}
