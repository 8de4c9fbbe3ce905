/**
 * @module features/spec/lint/baseline
 * Findings that are known already, recognised wherever their lines have moved to.
 */
import { hash } from 'node:crypto';
import type { Spec } from '../../../spec/types.ts';
import type { LintFinding } from './types.ts';

/** Known findings, as they are kept in a file. */
export interface Baseline {
  schema: 'tenet.lint-baseline/1';
  findings: { fingerprint: string; rule: string; section: string | null; message: string }[];
}

/**
 * A fingerprint for each finding, in their order. It holds the rule, the section and the words that the
 * finding is about, and not its line: it stays the same while text is added elsewhere.
 */
export function fingerprints(spec: Spec, findings: readonly LintFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, section, file, span, message }) => {
    const isDocument = file === spec.file;
    const place = `${file.split(/[/\\]/).at(-1)} ${isDocument ? (section ?? '') : ''}`;
    const words = isDocument ? wordsAt(spec.text, span.start.offset, span.end.offset) : '';
    // Numbers in a message count lines and words, which change with the text around.
    const about = [rule, place, words, message.replaceAll(/\d+/g, '0')].join('\n');
    // The second finding of the same words in a section is another one.
    const number = (seen.get(about) ?? 0) + 1;
    seen.set(about, number);
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

/** A baseline of these findings. */
export function baselineOf(spec: Spec, findings: readonly LintFinding[]): Baseline['findings'] {
  const prints = fingerprints(spec, findings);
  return findings.map(({ rule, section, message }, index) => ({
    fingerprint: prints[index] ?? '',
    rule,
    section,
    message,
  }));
}

/** The findings that a baseline does not know, and how many it does. */
export function beyondBaseline(
  spec: Spec,
  findings: readonly LintFinding[],
  known: ReadonlySet<string>,
): { findings: LintFinding[]; overlooked: number } {
  const prints = fingerprints(spec, findings);
  const left = findings.filter((_, index) => !known.has(prints[index] ?? ''));
  return { findings: left, overlooked: findings.length - left.length };
}
