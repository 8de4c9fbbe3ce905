/**
 * @module run/judging/rubric/tell
 * What a judge is told of a rubric, after the clause and never in place of it.
 */
import { SEVERITIES } from '../../../ledger/records.ts';
import { at } from '../../../text/at.ts';
import type { PlannedRubric } from '../../plan.ts';
import { readRubric } from './read.ts';
import type { Rubric } from './schema.ts';

const ABOUT =
  'Written by those who ask for this judgement, to say how the clause is to be read here. It explains the clause and takes nothing from its words: where the two differ, the clause counts.';

/** The rubric of a plan, read from the text that the plan keeps of it. */
export function rubricOf({ name, text }: PlannedRubric): Rubric {
  const read = readRubric(name, text);
  // It was read when the plan was made.
  if ('problems' in read) throw new Error(`${name}: ${at(read.problems, 0).message}`);
  return read.rubric;
}

/** The brief of a clause with its rubric, as Markdown. */
export function withRubric(brief: string, rubric: Rubric): string {
  const { is, isNot, anchors, notes } = rubric;
  const severities = SEVERITIES.flatMap((severity) =>
    anchors[severity] === undefined ? [] : [`${severity}: ${anchors[severity]}`],
  );
  const parts = [
    `# Rubric\n\n${ABOUT}`,
    section('Keeping the clause is', is),
    section('Mistaken for it, or not what the clause is about', isNot),
    section('Severity of a violation', severities),
    notes,
  ];
  return [brief, ...parts.filter((part) => part !== '')].join('\n\n');
}

function section(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `## ${heading}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}
