/** @module features/spec/lint/types What a lint says of a spec, and how what it says is put right. */
import type { Diagnostic, Span, TextEdit } from '../../../spec/types.ts';

export type LintSeverity = Diagnostic['severity'];

/** One thing that a rule found. */
export interface LintFinding {
  /** The rule's id, such as `S003`. */
  rule: string;
  severity: LintSeverity;
  /** What the rule says, in words. */
  message: string;
  /** Which of the rule's sentences that is, such as `hedge-in-fixed-clause`. */
  code: string;
  /** What the sentence was made from. */
  data: Readonly<Record<string, unknown>>;
  /** The spec's file, or an eval-prompt file of it. */
  file: string;
  span: Span;
  /** The section it stands in, where it stands in one. */
  section: string | null;
  fix?: LintFix;
}

/** A safe remedy: applying it changes nothing but what the finding is about. */
export interface LintFix {
  title: string;
  code: string;
  /** What the title was made from. */
  data: Readonly<Record<string, unknown>>;
  edits: TextEdit[];
}
