/**
 * @module features/spec/resolve/types
 * Who may say what in a conversation: what wants to direct the reply, what became of it, and why.
 */

import type { Authority } from '../../../spec/authority.ts';
/** A message of the conversation, taken apart into what its sender says and what it only quotes. */
export interface ConversationMessage {
  /** `m1` for the first. */
  id: string;
  role: string;
  /** A tool's name. */
  name: string | null;
  /** The sender's own words, with `[m1.q1]` where quoted text stood. */
  text: string;
  quoted: QuotedText[];
  /** `name: value` settings that the message carries. */
  settings: Record<string, string>;
  /** `override #id` and `delegate to …`, each on a line of its own. */
  markers: Marker[];
  line: number;
  column: number;
}

/** Text that is information and no instruction, until somebody entitled lends it authority. */
export interface QuotedText {
  /** `m1.q1` for the first of message 1. */
  id: string;
  /** What set it apart. */
  form: 'part' | 'untrusted block' | 'fence' | 'block quote' | 'quotation' | 'data' | 'media';
  text: string;
}

/** What a message says in a form that code understands. */
export type Marker =
  | { type: 'override'; clause: string }
  | { type: 'delegate'; to: { tool: string } | { id: string } | 'quoted' };

/** A conversation as `readConversation` gives it. */
export interface Conversation {
  file: string;
  messages: ConversationMessage[];
  /** Levels for roles, where the file gives them. */
  roles: Record<string, string | null>;
  /** Answers to questions, by question id, where the file gives them. */
  judgements: Record<string, Answer>;
}

export type DirectiveType = 'clause' | 'instruction' | 'setting' | 'quoted';

/**
 * `limited`: in force but for a part that gives way. `weighed`: a conflict that the spec wants weighed.
 * `undetermined`: nobody answered a question on which it depends.
 */
export type DirectiveState =
  | 'in_force'
  | 'limited'
  | 'weighed'
  | 'undetermined'
  | 'overridden'
  | 'not_applicable'
  | 'no_authority';

/** Something that directs the reply, or would if it had authority. */
export interface Directive {
  /** `#be_honest`, `m2`, `m2.q1`, `m1.max_tokens`, `profile.under_18`. */
  id: string;
  type: DirectiveType;
  /** Null without authority. */
  level: string | null;
  state: DirectiveState;
  /** A clause's title, the words of an instruction or quotation, a setting as `name: value`. */
  text: string;
  /** Where it stands: in the spec or in the conversation. */
  locator: string;
  /** Numbers of the trace's steps that led to its state. */
  steps: number[];
  /** Ids of the open questions that it depends on. */
  depends: string[];
  /** Who lent it its authority. */
  delegatedBy: string | null;
}

export type QuestionType =
  | 'setting'
  | 'root_conflict'
  | 'misaligned'
  | 'supersedes'
  | 'delegates'
  | 'changes';

/** Something about meaning that text alone does not settle. */
export interface Question {
  /** `changes:user`, `setting:under_18`. */
  id: string;
  type: QuestionType;
  /** The level of the instructions it is about, or the setting's name. */
  about: string;
  question: string;
  /** The directives it asks about. */
  subjects: string[];
  /** What they may act on: clauses of these levels, and these directives by id. */
  candidates: { clauseLevels: string[]; ids: string[] };
  /** What follows from either answer. */
  ifYes: string;
  ifNo: string;
  answered: boolean;
  /** Who answered, or why there is no answer. */
  by: string | null;
}

/** One thing that acts on another, as a judge sees it. Which of them wins is not the judge's to say. */
export interface Pair {
  by: string;
  target: string;
  /** Absent means explicit. */
  manner?: 'explicit' | 'implicit';
  /** Absent means whole. */
  extent?: 'whole' | 'part';
  /** False where the judge can't tell. */
  sure?: boolean;
  reason?: string;
}

/** A judge's answer: the pairs that are so (all others are not), yes or no, or that it can't tell. */
export type Answer = { by?: string; reason?: string } & (
  | { pairs: Pair[] }
  | { yes: boolean }
  | { undetermined: string }
);

/** One step of the reasoning. */
export interface Step {
  number: number;
  /** Which rule of `RULES` was applied. */
  rule: string;
  from: string;
  to: string;
  result: DirectiveState | 'refused' | 'delegated' | 'inaction';
  reason: string;
  locator: string;
  /** What settled it: the text or the order of authority, or whoever answered this question. */
  settledBy: string;
  question: string | null;
}

/** What is in force in a conversation, and why. */
export interface Resolution {
  schema: 'tenet.resolution/1';
  spec: { id: string; version: string | null; sha256: string; file: string };
  profile: string | null;
  conversation: string;
  authority: Authority;
  directives: Directive[];
  /** Clauses of the highest level that conflict here leave only inaction. */
  inaction: { state: 'no' | 'yes' | 'undetermined'; clauses: string[] };
  questions: Question[];
  trace: Step[];
}
