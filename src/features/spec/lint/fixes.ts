/** @module features/spec/lint/fixes Puts right what can be put right safely. */
import type { TextEdit } from '../../../spec/types.ts';
import type { LintFinding } from './types.ts';

/** What came of applying fixes to one text. */
export interface Fixed {
  text: string;
  /** The findings whose fix was applied, in the order of the text. */
  applied: LintFinding[];
}

/**
 * Applies the fixes of findings to the text they are about (of one file: filter them before). Of fixes
 * that touch the same place the first is applied; lint again to find what is left. Everything outside the
 * edits stays as it is.
 */
export function applyFixes(text: string, findings: readonly LintFinding[]): Fixed {
  const candidates = findings
    .flatMap((finding) => {
      const edits = finding.fix?.edits.toSorted(byPlace) ?? [];
      return edits.length === 0 ? [] : [{ finding, edits }];
    })
    .toSorted((a, b) => firstOffset(a.edits) - firstOffset(b.edits));
  const taken: TextEdit[] = [];
  const applied: LintFinding[] = [];
  let reached = -1;
  for (const { finding, edits } of candidates) {
    // Each fix is a short stretch of text, so the whole stretch is taken, gaps between its edits included.
    const end = Math.max(...edits.map(({ span }) => span.end.offset));
    if (firstOffset(edits) <= reached || end > text.length) continue;
    taken.push(...edits);
    applied.push(finding);
    reached = end;
  }
  return { text: edited(text, taken), applied };
}

/** A text with edits made that do not overlap and are in order. */
function edited(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: replacement } of edits) {
    parts.push(text.slice(at, span.start.offset), replacement);
    at = span.end.offset;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.span.start.offset - b.span.start.offset;
}

function firstOffset(edits: readonly TextEdit[]): number {
  return edits[0]?.span.start.offset ?? 0;
}
