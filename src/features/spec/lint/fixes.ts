/** @module features/spec/lint/fixes Puts right what can be put right safely. */
import { applyEdits, inOrder } from '../../../spec/text-edits.ts';
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
      const edits = finding.fix === undefined ? [] : inOrder(finding.fix.edits);
      const [first] = edits;
      return first === undefined ? [] : [{ finding, edits, start: first.span.start.offset }];
    })
    .toSorted((a, b) => a.start - b.start);
  const taken: TextEdit[] = [];
  const applied: LintFinding[] = [];
  let reached = -1;
  for (const { finding, edits, start } of candidates) {
    // Each fix is a short stretch of text, so the whole stretch is taken, gaps between its edits included.
    const end = Math.max(...edits.map(({ span }) => span.end.offset));
    if (start <= reached || end > text.length) continue;
    taken.push(...edits);
    applied.push(finding);
    reached = end;
  }
  return { text: applyEdits(text, taken), applied };
}
