/**
 * @module text/words
 * A sentence whose parts may be data: a clause, a transcript, a model. Each medium shows them in its own way; no one
 * has to look into a finished sentence to find them.
 */

/** How a part stands out. */
export type Tone = 'strong' | 'dim' | 'good' | 'warning' | 'bad' | 'accent';

/** One way to stand out, or several at once. */
export type Tones = Tone | readonly Tone[];

/** Tones in their order. */
export function tonesOf(tones: Tones): readonly Tone[] {
  return typeof tones === 'string' ? [tones] : tones;
}

/** A part of a sentence. Text of any of them may be hostile; whoever renders it makes it harmless. */
export type Part =
  | string
  | { text: string; tone: Tones }
  /** A command or a file, to be copied. */
  | { code: string }
  /** A clause of the spec, by its id. */
  | { clause: string }
  | { transcript: string; run?: string }
  /** Words that came, and words that went, where two versions of a text are shown as one. */
  | { added: string }
  | { removed: string }
  /** A model by its name; `short` stands for it where the page tells whom it means, such as `A` or `the judge`. */
  | { model: string; short?: string };

/** A sentence or several, in parts. */
export type Words = string | readonly Part[];

/**
 * A sentence with data in it.
 *
 * @example
 * words`${{ model: 'openai:gpt-5', short: 'A' }} has ${12} violations in ${[{ clause: 'be_honest' }, ' (3)']}.`
 */
export function words(
  texts: TemplateStringsArray,
  ...values: readonly (Part | number | readonly Part[])[]
): Part[] {
  return texts.flatMap((text, place) => {
    const value = values[place];
    const parts: readonly Part[] =
      value === undefined
        ? []
        : typeof value === 'number'
          ? [String(value)]
          : isList(value)
            ? value
            : [value];
    return [...(text === '' ? [] : [text]), ...parts];
  });
}

function isList(value: Part | number | readonly Part[]): value is readonly Part[] {
  return Array.isArray(value);
}

/** The parts of a text. */
export function partsOf(text: Words): readonly Part[] {
  return typeof text === 'string' ? [text] : text;
}

/** Words between others: `a`, `a and b`, `a, b and c`; with more than `limit` the rest as a number. */
export function listed(items: readonly Words[], limit = Number.POSITIVE_INFINITY): Part[] {
  const rest = items.length - limit;
  const shown: Words[] = rest > 0 ? [...items.slice(0, limit), `${rest} more`] : [...items];
  return shown.flatMap((item, place): Part[] => {
    const joint = place === 0 ? [] : [place === shown.length - 1 ? ' and ' : ', '];
    return [...joint, ...partsOf(item)];
  });
}

/** A part as a terminal shows it without colour: the short name of a model, `[-went-]`, `{+came+}`. */
export function shownPart(part: Part): string {
  if (typeof part === 'string') return part;
  if ('text' in part) return part.text;
  if ('code' in part) return part.code;
  if ('clause' in part) return `#${part.clause}`;
  if ('transcript' in part) return part.transcript;
  if ('added' in part) return `{+${part.added}+}`;
  if ('removed' in part) return `[-${part.removed}-]`;
  return part.short ?? part.model;
}

/** The whole as a terminal shows it. */
export function shownText(text: Words): string {
  return partsOf(text).map(shownPart).join('');
}

/** The whole as plain text, with models under their full names. */
export function plainText(text: Words): string {
  return partsOf(text)
    .map((part) => (typeof part === 'object' && 'model' in part ? part.model : shownPart(part)))
    .join('');
}
