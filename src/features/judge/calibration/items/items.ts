/**
 * @module features/judge/calibration/items/items
 * The spec's own marked replies as labelled data: each is a transcript whose verdict the authors have given.
 */

import { hash } from 'node:crypto';
import type { TranscriptMessage } from '../../../../ledger/transcript.ts';
import { stamped } from '../../../../model/simulated/subject.ts';
import type { Message, Tool } from '../../../../model/types.ts';
import { clauseBrief } from '../../../../run/judging/clause-brief.ts';
import { judgeInstructions } from '../../../../run/judging/judge-prompt.ts';
import { rubricOf, withRubric } from '../../../../run/judging/rubric/tell.ts';
import { withhold } from '../../../../run/judging/withheld.ts';
import { type PlannedClause, type PlannedRubric, plannedClause } from '../../../../run/plan.ts';
import { conversationOf } from '../../../../run/suite/draw.ts';
import type { Transcript } from '../../../../run/transcript/view.ts';
import {
  type Comparison,
  comparisonsOf,
  type Example,
  type ExampleMessage,
  examplesOf,
  findSection,
  type MarkedReply,
  type Section,
  type Spec,
} from '../../../../spec/index.ts';
import { at } from '../../../../text/at.ts';

/**
 * What the authors say of a reply. `elsewhere`: it is marked bad for what another clause asks (`BAD[#other]`), so
 * that it may well keep the clause of its example.
 */
export type ItemMark = 'good' | 'ok' | 'bad' | 'elsewhere';

/** What is right to say of an item. */
export type Truth = 'adheres' | 'violates';

/** A transcript with a clause, and what a judge should say of it. */
export interface CalibrationItem {
  /** `do_not_lie#3/2`, the second reply of the example; or `run t17 #do_not_lie`. Unique. */
  id: string;
  clause: PlannedClause;
  /** What a judge is told before the transcript; nothing in it gives the item away. */
  instructions: string;
  transcript: Transcript;
  tools?: readonly Tool[];
  repeat: number;
  truth: Truth;
  /** Null where people have labelled it. */
  mark: ItemMark | null;
  /** Items that share one are not independent: replies of one example, transcripts of one seed. */
  cluster: string;
  /** Words were left out of the conversation in print, or of the reply. */
  abridged: boolean;
  /** The oldest release known to hold it; null where none was asked for. */
  release: string | null;
  /** 1 / the chance with which it was drawn to be labelled; 1 for a mark. */
  weight: number;
  /** Who made the model that wrote it; null for a mark, and where nobody can tell. */
  family: string | null;
}

/** Two replies to one conversation, of which the authors hold one to be better. */
export interface CalibrationPair {
  id: string;
  clause: PlannedClause;
  /** The clause's brief, without the example. */
  brief: string;
  opening: readonly TranscriptMessage[];
  good: string;
  bad: string;
  cluster: string;
}

/** Why a marked reply is no item. */
export type ItemExclusion = 'no_clause' | 'no_mark' | 'no_messages' | 'empty_reply' | 'by_code';

export interface MarkedItems {
  items: CalibrationItem[];
  pairs: CalibrationPair[];
  excluded: Partial<Record<ItemExclusion, number>>;
}

export interface MarkedItemSettings {
  /** Replies carry the truth in a stamp, for judges that read it there. Never for others: it would tell them. */
  simulated: boolean;
  /** Only replies under these clauses. */
  clauses?: ReadonlySet<string>;
  /** At most so many replies, taken in turn from the clauses; which ones depends on `seed`. */
  limit?: number;
  seed?: number;
  /** What clauses are judged by besides their words. */
  rubrics?: readonly PlannedRubric[];
}

/**
 * Every marked reply of a spec as an item, in document order: the messages before it set the scene, and the reply
 * stands for the subject's. Good and ok replies adhere to the clause that their example stands under, bad ones
 * violate it. Where an example marks replies to several turns, an earlier turn's reply is left out of the scene, since
 * it is marked itself.
 */
export function markedItems(spec: Spec, settings: MarkedItemSettings): MarkedItems {
  const excluded: MarkedItems['excluded'] = {};
  const groups: Group[] = [];
  for (const section of spec.sections) {
    if (settings.clauses !== undefined && !settings.clauses.has(section.id)) continue;
    for (const example of examplesOf(section)) {
      groups.push(...groupsOf(spec, section, example, settings, excluded));
    }
  }
  const { limit, seed = 0 } = settings;
  const kept = limit === undefined ? groups : limited(groups, limit, seed);
  return { items: kept.flatMap(({ items }) => items), pairs: kept.flatMap(pairsOf), excluded };
}

/** The marked replies of one comparison. */
interface Group {
  id: string;
  clause: string;
  brief: string;
  opening: TranscriptMessage[];
  items: CalibrationItem[];
}

function* groupsOf(
  spec: Spec,
  section: Section,
  example: Example,
  { simulated, rubrics = [] }: MarkedItemSettings,
  excluded: MarkedItems['excluded'],
): IterableIterator<Group> {
  const comparisons = comparisonsOf(example);
  const exclude = (reason: ItemExclusion, replies: number): void => {
    // A reason that was not met yet has no count.
    if (replies > 0) excluded[reason] = (excluded[reason] ?? 0) + replies;
  };
  const rubric = rubrics.find(({ clause }) => clause === section.id);
  if (!section.isClause || rubric?.byCode === true) {
    const replies = comparisons.flatMap((comparison) => comparison.replies);
    return exclude(section.isClause ? 'by_code' : 'no_clause', replies.length);
  }
  const cluster = `${example.section}#${example.ordinal}`;
  const brief = briefOf(spec, section.id, example, rubric);
  const instructions = judgeInstructions(brief);
  let ordinal = 0;
  for (const [place, comparison] of comparisons.entries()) {
    const history = sceneOf(example, comparison);
    const opening = messagesOf(conversationOf(history, example.settings), 'scenario');
    const items: CalibrationItem[] = [];
    const isCut = example.elided || history.some(({ elided }) => elided);
    for (const reply of comparison.replies) {
      ordinal++;
      const words = conversationOf([{ ...reply, type: 'message' }], {})[0];
      if (history.every(({ content }) => content === '')) exclude('no_messages', 1);
      else if (reply.mark === null) exclude('no_mark', 1);
      else if (words === undefined) exclude('empty_reply', 1);
      else {
        const mark = markOf(spec, section, reply, reply.mark);
        const truth: Truth = mark === 'good' || mark === 'ok' ? 'adheres' : 'violates';
        const content = simulated ? stampedReply(words.content, section.id, truth) : words.content;
        items.push({
          id: `${cluster}/${ordinal}`,
          clause: plannedClause(section),
          instructions,
          transcript: {
            messages: [
              ...opening,
              ...messagesOf([{ ...words, content }], 'subject', opening.length),
            ],
            finish: 'stop',
          },
          repeat: 0,
          truth,
          mark,
          cluster,
          abridged: isCut || reply.elided,
          release: null,
          weight: 1,
          family: null,
        });
      }
    }
    yield { id: `${cluster}.${place}`, clause: section.id, brief, opening, items };
  }
}

/** A clause's brief without an example; a rubric, too, may have been written with the example in mind. */
export function briefOf(
  spec: Spec,
  clause: string,
  without: Example | undefined,
  rubric: PlannedRubric | undefined,
): string {
  const brief = clauseBrief(spec, clause, { without });
  if (rubric === undefined) return brief;
  const whole = withRubric(brief, rubricOf(rubric));
  return without === undefined ? whole : withhold(spec, without).redact(whole);
}

/** Stands for a reply that the example marks, in the conversation that goes on after it. */
const REPLY_LEFT_OUT = '[The reply that stood here is left out.]';

/** What leads up to a comparison, without the replies that the example marks before it. */
function sceneOf(example: Example, comparison: Comparison): ExampleMessage[] {
  const scene: ExampleMessage[] = [];
  for (const turn of example.turns) {
    if (turn === comparison) break;
    if (turn.type === 'message') {
      scene.push(turn);
      continue;
    }
    // A comparison that prints no reply stands for one of the assistant's.
    const { role = 'assistant', span = turn.span } = turn.replies[0] ?? {};
    scene.push({
      type: 'message',
      role,
      content: REPLY_LEFT_OUT,
      untrusted: [],
      attributes: {},
      elided: true,
      span,
    });
  }
  return scene;
}

function markOf(
  spec: Spec,
  section: Section,
  { violates }: MarkedReply,
  mark: 'good' | 'ok' | 'bad',
): ItemMark {
  if (mark !== 'bad' || violates === null) return mark;
  return findSection(spec, violates)?.id === section.id ? 'bad' : 'elsewhere';
}

function stampedReply(content: string, clause: string, truth: Truth): string {
  return stamped(content, {
    keeps: truth === 'adheres' ? [clause] : [],
    breaks: truth === 'violates' ? [clause] : [],
  });
}

function messagesOf(
  messages: readonly Message[],
  source: TranscriptMessage['source'],
  before = 0,
): TranscriptMessage[] {
  return messages.map(({ role, content, name, recipient, toolCalls }, place) => ({
    id: `m${before + place + 1}`,
    role,
    content,
    name,
    recipient,
    toolCalls,
    source,
  }));
}

/** The subject's words in an item, in characters. */
export function lengthOf({ transcript }: CalibrationItem): number {
  return transcript.messages.reduce(
    (sum, { source, content }) => sum + (source === 'subject' ? content.length : 0),
    0,
  );
}

/** Each good reply of a comparison with each bad one. */
function pairsOf({ id, brief, opening, items }: Group): CalibrationPair[] {
  const replyOf = ({ transcript: { messages } }: CalibrationItem): string =>
    at(messages, messages.length - 1).content;
  const good = items.filter(({ mark }) => mark === 'good');
  // A reply that breaks another clause need not be the worse one under this.
  const bad = items.filter(({ mark }) => mark === 'bad');
  return good.flatMap((better) =>
    bad.map((worse) => ({
      id: `${id} ${better.id} ${worse.id}`,
      clause: better.clause,
      brief,
      opening,
      good: replyOf(better),
      bad: replyOf(worse),
      cluster: better.cluster,
    })),
  );
}

/** Comparisons taken in turn from each clause until there are so many replies; they stay in their order. */
function limited(groups: readonly Group[], limit: number, seed: number): Group[] {
  const order = ({ id }: Group): string => hash('sha256', `${seed} ${id}`, 'hex');
  const queues = [...Map.groupBy(groups, ({ clause }) => clause).values()]
    .map((queue) => queue.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)))
    .toSorted(([a], [b]) => (a && b && order(a) < order(b) ? -1 : 1));
  const taken = new Map<string, Group>();
  let room = limit;
  for (let round = 0; room > 0 && queues.some((queue) => round < queue.length); round++) {
    for (const queue of queues) {
      const next = queue[round];
      if (next === undefined || room === 0) continue;
      const items = next.items.slice(0, room);
      room -= items.length;
      taken.set(next.id, { ...next, items });
    }
  }
  // A comparison whose turn did not come is left out.
  return groups.flatMap((group) => taken.get(group.id) ?? []);
}
