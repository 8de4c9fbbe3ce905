/**
 * @module spec/semantics/modality
 * How strongly a sentence binds: what it says must, should or may be done.
 */

/** How strongly words bind, and whether they ask for something or forbid it. */
export type Modality = 'must' | 'must_not' | 'should' | 'should_not' | 'prefer' | 'may';

/** Words of one modality, and where they stand in a text. */
export interface ModalWord {
  modality: Modality;
  start: number;
  end: number;
}

/** In the order in which they are tried: what forbids contains the words of what asks. */
const WORDS: readonly [Modality, string][] = [
  [
    'must_not',
    "must not|mustn[’']t|must never|may not|shall not|shall never|should never|(?:is|are) (?:never|not) (?:allowed|permitted)(?: to)?|cannot|can never|(?:is|are) (?:prohibited|forbidden) (?:from|to)|will never|never",
  ],
  ['should_not', "should not|shouldn[’']t|ought not(?: to)?"],
  ['must', 'must|shall|(?:is|are) required to|always'],
  [
    'prefer',
    'prefers?|preferably|err on the side of|(?:choose|select|pick) the (?:assistant )?(?:response|answer|reply|output)',
  ],
  [
    'should',
    'should|ought to|(?:is|are) expected to|(?:want|wants|expect|expects|ask|asks) (?:Claude|the (?:assistant|model)|it|you|models) to',
  ],
  ['may', 'may|can|might|(?:is|are) (?:allowed|permitted|free) to'],
];

/** The same for scripts that put no white space between words. */
const CHINESE: readonly [Modality, string][] = [
  ['must_not', '不得|禁止|严禁|绝不|不能|不可以?|切勿'],
  ['should_not', '不应该?|不该|不宜'],
  ['must', '必须|务必|须'],
  ['should', '应该|应当|应'],
  ['prefer', '优先|最好'],
  ['may', '可以|允许|可'],
];

const GROUPS = [...WORDS, ...CHINESE].map(([modality]) => modality);
const PATTERN = new RegExp(
  [
    ...WORDS.map(([, words]) => `(?<![\\p{L}\\p{N}_])(${words})(?![\\p{L}\\p{N}_])`),
    ...CHINESE.map(([, words]) => `(${words})`),
  ].join('|'),
  'giu',
);

const FORBIDDING_START = /^[\s"'“*_(]*(?:do not|don[’']t|avoid|refuse|never)\b/i;

const STRENGTH: Readonly<Record<Modality, number>> = {
  must_not: 4,
  must: 4,
  should_not: 3,
  should: 3,
  prefer: 2,
  may: 1,
};

/** The words of a text that bind, in order. */
function modalWords(text: string): ModalWord[] {
  const found: ModalWord[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const group = match.slice(1).findIndex((part) => part !== undefined);
    const modality = GROUPS[group];
    if (modality === undefined) continue;
    found.push({ modality, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** How strongly a sentence binds: its strongest word, the first of equals; null where none binds. */
export function modalityOf(sentence: string): Modality | null {
  const strongest = strongestOf(modalWords(sentence).map(({ modality }) => modality));
  if (strongest !== null && strongest !== 'may') return strongest;
  return FORBIDDING_START.test(sentence) ? 'must_not' : strongest;
}

/** Whether a sentence asks for something or forbids it; what is only allowed binds nobody. */
export function binds(sentence: string): boolean {
  const modality = modalityOf(sentence);
  return modality !== null && modality !== 'may';
}

/** The strongest of several, the first of equals. */
export function strongestOf(modalities: readonly (Modality | null)[]): Modality | null {
  let strongest: Modality | null = null;
  for (const modality of modalities) {
    if (modality === null) continue;
    if (strongest === null || STRENGTH[modality] > STRENGTH[strongest]) strongest = modality;
  }
  return strongest;
}
