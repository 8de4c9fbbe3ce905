/**
 * @module features/judge/rubrics/print
 * A rubric as a file, for somebody to edit.
 */
import { stringify } from 'yaml';
import type { Rubric } from '../../../run/judging/rubric/schema.ts';
import type { Clause, Spec } from '../../../spec/index.ts';

/** What a rubric says to a model that judges. */
export type RubricWords = Pick<Rubric, 'is' | 'isNot' | 'anchors'>;

/** Longer items are cut: a list that nobody reads to its end helps no judge. */
const LONGEST_ITEM = 320;

/**
 * A draft as the text of a file that `readRubric` reads.
 * @param draftedBy what made it, for the reader of the file
 */
export function printRubric(
  spec: Spec,
  clause: Clause,
  words: RubricWords,
  draftedBy: string,
): string {
  const version = spec.version === null ? '' : `@${spec.version}`;
  const written = `${spec.id}${version}`;
  const head = stringify(
    {
      rubric:
        clause.id.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^[^A-Za-z0-9]+/, '') || 'draft',
      version: 1,
      clause: clause.id,
      ...(/^[^\s@]+(@[^\s@]+)?$/.test(written) ? { spec: written } : {}),
      drafted_by: line(draftedBy).slice(0, 200),
    },
    { lineWidth: 0 },
  );
  const severities = Object.entries(words.anchors).map(([name, text]) => `${name}: ${text}`);
  return `---\n${head}---\n${[
    section('IS', words.is),
    section('IS NOT', words.isNot),
    section('Severity', severities),
  ].join('')}`;
}

function section(heading: string, items: readonly string[]): string {
  const lines = items.map(line).filter((item) => item !== '');
  if (lines.length === 0) return '';
  return `\n## ${heading}\n\n${lines.map((item) => `- ${item}`).join('\n')}\n`;
}

/** One line, which neither ends a list nor is taken for a comment. */
function line(text: string): string {
  const one = text.replaceAll(/\s+/g, ' ').replaceAll('<!--', '<! --').trim();
  if (one.length <= LONGEST_ITEM) return one;
  const end = one.lastIndexOf(' ', LONGEST_ITEM);
  return `${one.slice(0, end > LONGEST_ITEM / 2 ? end : LONGEST_ITEM)} …`;
}
