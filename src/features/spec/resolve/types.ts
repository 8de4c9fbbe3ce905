/**
 * @module features/spec/resolve/types
 * A conversation taken apart into what its senders say and what they only quote.
 */
import type { Answer } from './schema.ts';

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
export interface Transcript {
  file: string;
  messages: ConversationMessage[];
  /** Levels for roles, where the file gives them. */
  roles: Record<string, string | null>;
  /** Answers to questions, by question id, where the file gives them. */
  judgements: Record<string, Answer>;
}
