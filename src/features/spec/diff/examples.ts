/**
 * @module features/spec/diff/examples
 * What became of the examples of a section: matched by title, then by what is said in them.
 */
import type { Example, ExampleMessage, MarkedReply, Section } from '../../../spec/types.ts';
import { examplesOf, repliesOf } from '../../../spec/walk.ts';
import { because, type Said, together } from './messages.ts';
import type { SectionPair } from './pairing.ts';
import type { ChangeClass, ExampleChange } from './schema.ts';
import { likelyPairs, shinglesOf } from './shingles.ts';
import { withoutTypography } from './typography.ts';

const LEAST_SIMILARITY = 0.5;
const LEAST_REPLY_SIMILARITY = 0.3;
const EXCERPT = 80;

/** An example without a partner in its own section. */
interface Stray {
  example: Example;
  id: string;
  isReported: boolean;
}

interface ExamplePair {
  older: Example;
  newer: Example;
}

/**
 * What became of all examples: those of paired sections, and those that went from one section to another
 * word for word.
 */
export function exampleChanges(
  pairs: readonly SectionPair[],
  added: readonly Section[],
  removed: readonly Section[],
): ExampleChange[] {
  const changed: ExampleChange[] = [];
  const lost: Stray[] = [];
  const gained: Stray[] = [];
  for (const { older, newer } of pairs) {
    if (older.textHash === newer.textHash) continue;
    const matched = matchExamples(examplesOf(older), examplesOf(newer));
    for (const pair of matched.pairs) {
      const change = changeOf(pair, newer.id);
      if (change !== null) changed.push(change);
    }
    lost.push(...matched.lost.map((example) => ({ example, id: older.id, isReported: true })));
    gained.push(...matched.gained.map((example) => ({ example, id: newer.id, isReported: true })));
  }
  // Examples of a section that came or went are told with it, unless they only moved.
  const within = (section: Section): Stray[] =>
    examplesOf(section).map((example) => ({ example, id: section.id, isReported: false }));
  const isPaired = new Set(pairs.flatMap(({ older, newer }) => [older, newer]));
  lost.push(...removed.filter((section) => !isPaired.has(section)).flatMap(within));
  gained.push(...added.filter((section) => !isPaired.has(section)).flatMap(within));

  const lostByText = Map.groupBy(lost, ({ example }) => fingerprint(example));
  for (const { example, id, isReported } of gained) {
    const origin = lostByText.get(fingerprint(example))?.shift();
    if (origin !== undefined) {
      changed.push({
        id,
        title: example.title,
        type: 'moved',
        class: 'clarifying',
        ...together([because('example-moved', {})]),
        from: origin.id,
      });
    } else if (isReported) changed.push(whole(example, id, 'added'));
  }
  for (const { example, id, isReported } of [...lostByText.values()].flat()) {
    if (isReported) changed.push(whole(example, id, 'removed'));
  }
  return changed;
}

function whole(example: Example, id: string, type: 'added' | 'removed'): ExampleChange {
  const told = together([because('example', { change: type })]);
  return { id, title: example.title, type, class: 'clarifying', ...told };
}

/** Examples that are the same, by title first, then by content. */
export function matchExamples(
  older: readonly Example[],
  newer: readonly Example[],
): { pairs: ExamplePair[]; lost: Example[]; gained: Example[] } {
  const pairs: ExamplePair[] = [];
  const byTitle = Map.groupBy(older, ({ title }) => withoutTypography(title));
  const gained = newer.filter((example) => {
    const partner = byTitle.get(withoutTypography(example.title))?.shift();
    if (partner !== undefined) pairs.push({ older: partner, newer: example });
    return partner === undefined;
  });
  const lost = [...byTitle.values()].flat();
  const text = (example: Example): ReadonlySet<number> => shinglesOf(spoken(example), 2);
  pairs.push(...likelyPairs(lost, gained, text, LEAST_SIMILARITY));
  const paired = new Set(pairs.flatMap((pair) => [pair.older, pair.newer]));
  return {
    pairs,
    lost: lost.filter((example) => !paired.has(example)),
    gained: gained.filter((example) => !paired.has(example)),
  };
}

function spoken(example: Example): string {
  const said = example.turns.flatMap((turn): readonly { content: string }[] =>
    turn.type === 'message' ? [turn] : turn.replies,
  );
  return said.map(({ content }) => content).join('\n');
}

/** Everything that an example says and how it is marked, as one string. */
export function fingerprint(example: Example): string {
  return JSON.stringify([
    example.title,
    example.settings,
    conversation(example, (text) => text),
    repliesOf(example).map(({ mark, note, violates, content }) => [mark, note, violates, content]),
  ]);
}

/** The messages, and how many replies stand between them. */
function conversation(example: Example, form: (text: string) => string): string {
  const message = ({ role, content, attributes }: ExampleMessage): unknown => [
    role,
    form(content),
    attributes,
  ];
  return JSON.stringify(
    example.turns.map((turn) => (turn.type === 'message' ? message(turn) : 'comparison')),
  );
}

/** How an example differs, or null where it is the same. */
function changeOf({ older, newer }: ExamplePair, id: string): ExampleChange | null {
  if (fingerprint(older) === fingerprint(newer)) return null;
  const found: Verdict[] = [];
  if (older.title !== newer.title) {
    const isSame = withoutTypography(older.title) === withoutTypography(newer.title);
    found.push(typedOrOther(isSame, 'example-title-typed', 'example-title'));
  }
  if (JSON.stringify(older.settings) !== JSON.stringify(newer.settings)) {
    found.push({ class: 'clarifying', ...because('example-settings', {}) });
  }
  const exact = (text: string): string => text;
  if (conversation(older, exact) !== conversation(newer, exact)) {
    const isSame =
      conversation(older, withoutTypography) === conversation(newer, withoutTypography);
    found.push(typedOrOther(isSame, 'conversation-typed', 'conversation'));
  }
  const replies = replyChanges(repliesOf(older), repliesOf(newer));
  found.push(...replies.found);
  // An order of replies, attributes of one: nothing above has a word for it.
  if (found.length === 0) found.push({ class: 'editorial', ...because('replies-set', {}) });
  return {
    id,
    title: newer.title,
    type: 'changed',
    class: highestClass(found.map((one) => one.class)),
    ...together(found),
    ...(older.title === newer.title ? {} : { retitledFrom: older.title }),
    ...(replies.marks.length === 0 ? {} : { marks: replies.marks }),
  };
}

type Verdict = Said & { class: ChangeClass };

/** What is only typed otherwise is another thing than what says something else. */
function typedOrOther(
  isSame: boolean,
  typed: 'example-title-typed' | 'conversation-typed' | 'note-typed' | 'reply-typed',
  other: 'example-title' | 'conversation' | 'note' | 'reply',
): Verdict {
  return isSame
    ? { class: 'editorial', ...because(typed, {}) }
    : { class: 'clarifying', ...because(other, {}) };
}

/** The weightiest of several classes. */
export function highestClass(classes: readonly ChangeClass[]): ChangeClass {
  if (classes.includes('normative')) return 'normative';
  return classes.includes('clarifying') ? 'clarifying' : 'editorial';
}

function replyChanges(
  older: readonly MarkedReply[],
  newer: readonly MarkedReply[],
): {
  found: Verdict[];
  marks: NonNullable<ExampleChange['marks']>;
} {
  const found: Verdict[] = [];
  const marks: NonNullable<ExampleChange['marks']> = [];
  const { pairs, lost, gained } = matchReplies(older, newer);
  for (const { before, after } of pairs) {
    if (before.mark !== after.mark) {
      marks.push({ from: before.mark, to: after.mark, reply: excerpt(after.content) });
      const turned = because('mark', { from: before.mark, to: after.mark });
      found.push({ class: 'normative', ...turned });
    }
    if (before.violates !== after.violates) {
      found.push({ class: 'clarifying', ...because('mark-target', {}) });
    }
    if (before.note !== after.note) {
      // No note says what an empty one says.
      const [was, is] = [before, after].map(({ note }) => withoutTypography(note ?? ''));
      found.push(typedOrOther(was === is, 'note-typed', 'note'));
    }
    if (before.content !== after.content) {
      const isSame = withoutTypography(before.content) === withoutTypography(after.content);
      found.push(typedOrOther(isSame, 'reply-typed', 'reply'));
    }
  }
  if (lost > 0) found.push({ class: 'clarifying', ...because('reply-removed', {}) });
  if (gained > 0) found.push({ class: 'clarifying', ...because('reply-added', {}) });
  return { found, marks };
}

/** Replies that are the same: word for word, then by likeness, then the only ones left of a mark. */
function matchReplies(
  older: readonly MarkedReply[],
  newer: readonly MarkedReply[],
): { pairs: { before: MarkedReply; after: MarkedReply }[]; lost: number; gained: number } {
  const pairs: { before: MarkedReply; after: MarkedReply }[] = [];
  const byContent = Map.groupBy(older, ({ content }) => content);
  const gained = newer.filter((reply) => {
    const partner = byContent.get(reply.content)?.shift();
    if (partner !== undefined) pairs.push({ before: partner, after: reply });
    return partner === undefined;
  });
  const lost = [...byContent.values()].flat();
  const text = ({ content }: MarkedReply): ReadonlySet<number> => shinglesOf(content, 2);
  // A reply that was rewritten and marked otherwise is another reply, not a new judgement of the old one.
  const likely = likelyPairs(lost, gained, text, LEAST_REPLY_SIMILARITY)
    .map((pair) => ({ before: pair.older, after: pair.newer }))
    .filter(({ before, after }) => before.mark === after.mark);
  return {
    pairs: [...pairs, ...likely],
    lost: lost.length - likely.length,
    gained: gained.length - likely.length,
  };
}

function excerpt(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > EXCERPT ? `${flat.slice(0, EXCERPT - 1)}…` : flat;
}
