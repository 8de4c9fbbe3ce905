/** @module features/spec/lint/rule-blocks One rule explained: why it is there, with a good and a bad sample. */
import { type Block, section } from '../../../text/blocks.ts';
import type { Tone } from '../../../text/words.ts';
import type { LintRule, Sample } from './rule.ts';
import type { LintRuleDocument } from './schema.ts';
import type { Standing } from './standing.ts';

const STANDINGS: Readonly<Record<Standing, string>> = {
  fixed: 'in a clause that nobody below may override',
  default: 'in a clause that may be overridden',
  weakest: 'in a clause of the lowest level',
  none: 'in a section without a level',
};

/** A rule as a document: `tenet.lint-rule/1`. */
export function ruleDocument(rule: LintRule): LintRuleDocument {
  const { id, title, reason, severity, severityByLevel = {}, good, bad } = rule;
  return { schema: 'tenet.lint-rule/1', id, title, reason, severity, severityByLevel, good, bad };
}

/** What `tenet spec lint --explain` shows. */
export function ruleBlocks(rule: LintRule): Block[] {
  const { id, title, reason, severity, severityByLevel = {}, good, bad } = rule;
  const byLevel = Object.entries(severityByLevel).map(
    ([standing, weight]) => `${weight} ${STANDINGS[standing as Standing]}`,
  );
  const weight = byLevel.length === 0 ? severity : byLevel.join('; ');
  return [
    section(
      { type: 'heading', level: 1, text: `${id} ${title}` },
      { type: 'paragraph', text: `Severity: ${weight}` },
    ),
    section({ type: 'paragraph', text: reason }),
    sampleBlock('Good', 'good', good),
    sampleBlock('Bad', 'bad', bad),
  ];
}

function sampleBlock(name: string, tone: Tone, { text, evalFiles = {} }: Sample): Block {
  return section(
    { type: 'heading', level: 2, text: name, tone },
    codeBlock(text),
    Object.entries(evalFiles).map(([file, content]) =>
      section({ type: 'paragraph', indent: 2, text: `examples/${file}` }, codeBlock(content)),
    ),
  );
}

function codeBlock(text: string): Block {
  return { type: 'code', indent: 4, fit: 'wrap', text: text.trimEnd() };
}
