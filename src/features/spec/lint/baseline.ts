/**
 * @module features/spec/lint/baseline
 * Findings that are known already, recognised wherever their lines have moved to.
 */
import { hash } from 'node:crypto';
import { addUnder } from '../../../spec/groups.ts';
import type { Spec } from '../../../spec/types.ts';
import { at } from '../../../text/at.ts';
import { printDocument } from '../../../text/json.ts';
import { type Baseline, lintBaselineSchema } from './schema.ts';
import type { LintFinding } from './types.ts';

/**
 * A fingerprint for each finding, in their order. It holds the rule, the section, the words that the finding is
 * about and the sentence, and not its line: it stays the same while text is added elsewhere.
 */
export function fingerprints(spec: Spec, findings: readonly LintFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, section, file, span, message }) => {
    const isDocument = file === spec.file;
    const place = `${file.split(/[/\\]/).at(-1)} ${isDocument && section !== null ? section : ''}`;
    const words = isDocument ? wordsAt(spec.text, span.start.offset, span.end.offset) : '';
    // Numbers in a message count lines and words, which change with the text around.
    const about = [rule, place, words, message.replaceAll(/\d+/g, '0')].join('\n');
    // The second finding of the same words in a section is another one.
    const number = addUnder(seen, about);
    return hash('sha256', `${about}\n${number}`, 'hex').slice(0, 32);
  });
}

const MOST_WORDS = 400;

/** The words of a finding's place; where it is a point, those of the rest of its line. */
function wordsAt(text: string, start: number, end: number): string {
  const lineEnd = text.indexOf('\n', start);
  const to = end > start ? end : lineEnd === -1 ? text.length : lineEnd;
  return text
    .slice(start, Math.min(to, start + MOST_WORDS))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** These findings as a baseline keeps them. */
export function baselineOf(spec: Spec, findings: readonly LintFinding[]): Baseline['findings'] {
  const prints = fingerprints(spec, findings);
  return findings.map(({ rule, section, message, code, data }, index) => ({
    fingerprint: at(prints, index),
    rule,
    section,
    message,
    code,
    data,
  }));
}

/** The text of a baseline's file. */
export function printBaseline(findings: Baseline['findings']): string {
  return printDocument('tenet.lint-baseline', 1, { findings });
}

/** The fingerprints in the text of a baseline's file; null where it is none. */
export function readBaseline(text: string): Set<string> | null {
  try {
    const { findings } = lintBaselineSchema.parse(JSON.parse(text));
    return new Set(findings.map(({ fingerprint }) => fingerprint));
  } catch {
    return null;
  }
}

/** The findings that a baseline does not know, and how many it does. */
export function beyondBaseline(
  spec: Spec,
  findings: readonly LintFinding[],
  known: ReadonlySet<string>,
): { findings: LintFinding[]; overlooked: number } {
  const prints = fingerprints(spec, findings);
  const left = findings.filter((_, index) => !known.has(at(prints, index)));
  return { findings: left, overlooked: findings.length - left.length };
}
