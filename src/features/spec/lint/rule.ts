/** @module features/spec/lint/rule What a lint rule is: data that says what it looks for and why, and a check. */
import type { Span } from '../../../spec/types.ts';
import type { LintContext } from './context.ts';
import type { Remark } from './messages.ts';
import type { Standing } from './standing.ts';
import type { LintFix, LintSeverity } from './types.ts';

/** What a check returns; the rule adds its id, and its severity where none is given. */
export interface Found extends Remark {
  span: Span;
  section?: string | null;
  /** An eval-prompt file; the document if absent. */
  file?: string;
  severity?: LintSeverity;
  fix?: LintFix;
}

/** A text to show a rule with; `frame` says what stands around it when it is read (`samples.ts`). */
export interface Sample {
  text: string;
  /**
   * `clause` (the default): body of a clause; `conversation`: that of its example; `sections`: stand before
   * a clause; `document`: all of it.
   */
  frame?: 'clause' | 'conversation' | 'sections' | 'document';
  /** The level of the clause around it; `root` if absent. */
  level?: string;
  /** Files of eval prompts beside it, by name. */
  evalFiles?: Readonly<Record<string, string>>;
}

/** One rule. */
export interface LintRule {
  /** Stable, and never given to another rule: `S003`. */
  id: string;
  /** What it finds, as a noun phrase. */
  title: string;
  /** Why a spec is better without it. */
  reason: string;
  severity: LintSeverity;
  /** Where what is found weighs differently by the standing of the clause it is in. */
  severityByLevel?: Readonly<Partial<Record<Standing, LintSeverity>>>;
  good: Sample;
  bad: Sample;
  check: (context: LintContext) => Iterable<Found>;
}

/** A sample that is the body of an example's conversation. */
export function inConversation(text: string): Sample {
  return { frame: 'conversation', text };
}

/** A sample that is sections before a clause. */
export function inSections(text: string): Sample {
  return { frame: 'sections', text };
}

/** A sample that is a whole document. */
export function inDocument(text: string): Sample {
  return { frame: 'document', text };
}
