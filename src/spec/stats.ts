/**
 * @module spec/stats
 * Counts what a specification holds, in the form that `tenet spec stats --json` prints.
 */

import { collectTags, filesWithoutTag, tagsWithoutFile } from './eval-files.ts';
import { findDangling } from './references.ts';
import type { Diagnostic, Mark, Reference, Spec } from './types.ts';
import { comparisonsOf, walkBlocks, walkInlines } from './walk.ts';

/** The counts of a specification. */
export interface SpecStats {
  schema: 'tenet.spec-stats/1';
  /** `total` counts headings of every depth; `h5` and `h6` are there only if the document has such. */
  headings: {
    total: number;
    h1: number;
    h2: number;
    h3: number;
    h4: number;
    h5?: number;
    h6?: number;
  };
  /** Headings per level, for every level in the order of the spec (also unused ones), then `none`. */
  levels: Record<string, number>;
  examples: number;
  comparisons: number;
  verdicts: Record<Mark, number>;
  commentary: number;
  evalTags: number;
  evalFiles: number;
  evalPrompts: number;
  /** References in prose, lists, commentary and titles of examples; not those in notes on replies. */
  references: Record<Reference['form'], number>;
  /** Ids that are pointed to and that no section has, each once. */
  dangling: string[];
  tagsWithoutFile: string[];
  filesWithoutTag: string[];
  diagnostics: Diagnostic[];
}

/** Counts a specification. */
export function specStats(spec: Spec): SpecStats {
  const tags = collectTags(spec.sections);
  const stats: SpecStats = {
    schema: 'tenet.spec-stats/1',
    headings: countHeadings(spec),
    levels: countLevels(spec),
    examples: 0,
    comparisons: 0,
    verdicts: { good: 0, bad: 0, ok: 0 },
    commentary: 0,
    evalTags: tags.length,
    evalFiles: spec.evalFiles.length,
    evalPrompts: spec.evalFiles.reduce((sum, file) => sum + file.prompts.length, 0),
    references: { auto: 0, internal: 0, external: 0 },
    dangling: [...new Set(findDangling(spec.sections).map((pointer) => pointer.target))],
    tagsWithoutFile: tagsWithoutFile(tags, spec.evalFiles),
    filesWithoutTag: filesWithoutTag(tags, spec.evalFiles),
    diagnostics: spec.diagnostics,
  };
  for (const section of spec.sections) {
    for (const block of walkBlocks(section.blocks)) {
      if (block.type === 'commentary') stats.commentary++;
      if (block.type !== 'example') continue;
      stats.examples++;
      for (const comparison of comparisonsOf(block)) {
        stats.comparisons++;
        for (const { mark } of comparison.replies) if (mark !== null) stats.verdicts[mark]++;
      }
    }
    for (const inline of walkInlines(section.blocks)) {
      if (inline.type === 'reference') stats.references[inline.form]++;
    }
  }
  return stats;
}

function countHeadings(spec: Spec): SpecStats['headings'] {
  const ofDepth = (depth: number): number =>
    spec.sections.filter((section) => section.depth === depth).length;
  const headings: SpecStats['headings'] = {
    total: spec.sections.length,
    h1: ofDepth(1),
    h2: ofDepth(2),
    h3: ofDepth(3),
    h4: ofDepth(4),
  };
  if (ofDepth(5) > 0) headings.h5 = ofDepth(5);
  if (ofDepth(6) > 0) headings.h6 = ofDepth(6);
  return headings;
}

function countLevels(spec: Spec): Record<string, number> {
  const counts = new Map<string, number>(spec.levels.map((level) => [level.name, 0]));
  let none = 0;
  for (const { level } of spec.sections) {
    if (level === null) none++;
    else counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return { ...Object.fromEntries(counts), none };
}
