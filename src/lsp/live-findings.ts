/**
 * @module lsp/live-findings
 * Findings that keep their place while somebody types. Between a keystroke and the next check the last
 * findings are still the best there are, but for those whose text was touched.
 */
import type { LintFinding } from '../features/spec/lint/index.ts';
import { type Stretch, stretchOf } from './places.ts';

/** A fix with offsets of the document as it stands now. */
export interface LiveFix {
  title: string;
  edits: { place: Stretch; text: string }[];
}

/** A finding with offsets of the document as it stands now. */
export interface LiveFinding {
  finding: LintFinding;
  place: Stretch;
  fix: LiveFix | null;
}

/** A change of a text: what stood at a place is now `length` characters long. */
export interface Change {
  place: Stretch;
  length: number;
}

/** Findings as the check of this very version gave them. */
export function liveFindings(findings: readonly LintFinding[]): LiveFinding[] {
  return findings.map((finding) => ({
    finding,
    place: stretchOf(finding.span),
    fix: finding.fix === undefined ? null : liveFix(finding.fix),
  }));
}

function liveFix({ title, edits }: NonNullable<LintFinding['fix']>): LiveFix {
  return { title, edits: edits.map(({ span, text }) => ({ place: stretchOf(span), text })) };
}

/** The findings after a change of the text; those whose text was touched are gone. */
export function moved(findings: readonly LiveFinding[], change: Change): LiveFinding[] {
  return findings.flatMap(({ finding, place, fix }) => {
    const newPlace = movedPlace(place, change);
    if (newPlace === null) return [];
    const newFix = fix === null ? null : movedFix(fix, change);
    return [{ finding, place: newPlace, fix: newFix }];
  });
}

function movedFix(fix: LiveFix, change: Change): LiveFix | null {
  const edits: LiveFix['edits'] = [];
  for (const { place, text } of fix.edits) {
    const newPlace = movedPlace(place, change);
    if (newPlace === null) return null;
    edits.push({ place: newPlace, text });
  }
  return { title: fix.title, edits };
}

/** Where a place is after a change, or null if the change touched it. */
function movedPlace(place: Stretch, { place: changed, length }: Change): Stretch | null {
  if (place.end < changed.start) return place;
  if (place.start <= changed.end) return null;
  const by = length - (changed.end - changed.start);
  return { start: place.start + by, end: place.end + by };
}
