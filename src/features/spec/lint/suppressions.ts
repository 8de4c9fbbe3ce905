/**
 * @module features/spec/lint/suppressions
 * Comments in the text that say which findings to overlook, and why:
 *
 *     <!-- tenet-ignore S022: "generally" is deliberate here -->      what follows, or its own line
 *     <!-- tenet-ignore-file S024, S025: translated text -->          the whole document and its eval files
 */
import type { Span } from '../../../spec/types.ts';
import { walkBlocks } from '../../../spec/walk.ts';
import type { LintContext } from './context.ts';
import { remark } from './messages.ts';
import type { Found, LintRule } from './rule.ts';
import type { LintFinding } from './types.ts';

/** A comment that suppresses. */
interface Suppression {
  /** Ids of rules, in capitals whatever was written. */
  rules: string[];
  reason: string;
  wholeFile: boolean;
  span: Span;
  /** Lines (from 1) it covers, where it does not cover the whole file. */
  from: number;
  to: number;
}

const OPENING = '<!-- tenet-ignore';
const LONGEST_COMMENT = 2000;

/** A suppression that gives no reason. */
export const WITHOUT_REASON: LintRule = {
  id: 'S040',
  title: 'suppression without a reason',
  reason:
    'Whoever reads the spec next cannot tell a considered exception from a finding that was in the way.',
  severity: 'warning',
  good: {
    text: '<!-- tenet-ignore S022: usual practice is meant, the exceptions follow -->\nThe assistant should generally answer in the language of the question.',
  },
  bad: {
    text: '<!-- tenet-ignore S022 -->\nThe assistant should generally answer in the language of the question.',
  },
  check: () => [],
};

/** A suppression of nothing. */
export const WITHOUT_EFFECT: LintRule = {
  id: 'S041',
  title: 'suppression of nothing',
  reason:
    'It hides the next real finding at this place. Either the text was put right, or the rule is misspelt.',
  severity: 'warning',
  good: WITHOUT_REASON.good,
  bad: {
    text: '<!-- tenet-ignore S022: usual practice is meant -->\nThe assistant should answer in the language of the question.',
  },
  check: () => [],
};

/**
 * Takes out what comments suppress; the remarks are about these comments themselves.
 * @param ids of all rules there are
 */
export function applySuppressions(
  context: LintContext,
  findings: readonly LintFinding[],
  ids: ReadonlySet<string>,
): { kept: LintFinding[]; suppressed: LintFinding[]; remarks: { rule: LintRule; found: Found }[] } {
  const suppressions = findSuppressions(context);
  if (suppressions.length === 0) return { kept: [...findings], suppressed: [], remarks: [] };
  const known = new Set(findings.map(({ rule }) => rule));
  const used = new Set<string>();
  const everywhere = new Map<string, number>();
  const byLine = new Map<string, number>();
  const keyOf = (rule: string, line: number): string => `${rule} ${line}`;
  for (const [index, { rules, wholeFile, reason, from, to }] of suppressions.entries()) {
    if (reason === '') continue;
    for (const rule of rules) {
      if (wholeFile) everywhere.set(rule, index);
      else if (known.has(rule) && !byLine.has(keyOf(rule, from))) {
        for (let line = from; line <= to; line++) byLine.set(keyOf(rule, line), index);
      }
    }
  }
  const kept: LintFinding[] = [];
  const suppressed: LintFinding[] = [];
  for (const finding of findings) {
    const isHere = finding.file === context.spec.file;
    const near = isHere ? byLine.get(keyOf(finding.rule, finding.span.start.line)) : undefined;
    const index = near ?? everywhere.get(finding.rule);
    if (index === undefined) kept.push(finding);
    else {
      suppressed.push(finding);
      used.add(`${index} ${finding.rule}`);
    }
  }
  const remarks = suppressions.flatMap(({ rules, reason, span }, index) => {
    if (reason === '' || rules.length === 0) {
      return [{ rule: WITHOUT_REASON, found: { span, ...remark('S040', 'no-reason', {}) } }];
    }
    const said = rules
      .filter((rule) => !ids.has(rule))
      .map((rule) => remark('S041', 'no-such-rule', { rule }));
    const idle = rules.filter((rule) => ids.has(rule) && !used.has(`${index} ${rule}`));
    if (idle.length > 0) said.push(remark('S041', 'not-needed', { rules: idle }));
    return said.map((one) => ({ rule: WITHOUT_EFFECT, found: { span, ...one } }));
  });
  return { kept, suppressed, remarks };
}

/** The suppressing comments of a document; those within fences are text of messages and count for nothing. */
function findSuppressions(context: LintContext): Suppression[] {
  const { text } = context.spec;
  const found: Suppression[] = [];
  if (!text.includes(OPENING)) return found;
  const covers = coverageOf(context);
  for (let at = text.indexOf(OPENING); at !== -1; at = text.indexOf(OPENING, at + 1)) {
    const inside = text.slice(at, at + LONGEST_COMMENT);
    const match = /^<!-- tenet-ignore(-file)?\b([^:\n]*?)(?::([^\n]*?))?-->/.exec(inside);
    if (match === null || context.fenceAt(at) !== null) continue;
    const [whole, file, rules = '', reason = ''] = match;
    const span = context.span(at, at + whole.length);
    found.push({
      rules: [...new Set(rules.toUpperCase().split(/[\s,]+/))].filter((word) => word !== ''),
      reason: reason.trim(),
      wholeFile: file !== undefined,
      span,
      ...covers(span),
    });
  }
  return found;
}

/** A comment alone on its line covers what follows it; any other covers its own line. */
function coverageOf(context: LintContext): (span: Span) => { from: number; to: number } {
  const { source } = context;
  const blockEnds = lastLines(context);
  // Several suppressions may stand above one and the same place, which is looked for once.
  let stack = { from: 0, next: 0 };
  const lineBelow = (line: number): number => {
    if (line >= stack.from && line < stack.next) return stack.next;
    let next = line + 1;
    while (
      next < source.lineCount &&
      (source.isBlank(next) || source.text.startsWith(OPENING, source.first(next)))
    ) {
      next++;
    }
    stack = { from: line, next };
    return next;
  };
  return (span) => {
    const line = span.start.line - 1;
    const isAlone =
      source.first(line) === span.start.offset &&
      source.visibleEnd(line, line + 1) === span.end.offset;
    if (!isAlone) return { from: line + 1, to: line + 1 };
    const next = lineBelow(line);
    const from = next + 1;
    return { from, to: Math.max(from, blockEnds.get(source.first(next)) ?? from) };
  };
}

/** The last line of every block by the offset at which it begins; of blocks that begin together, the outermost. */
function lastLines({ spec }: LintContext): Map<number, number> {
  const ends = new Map<number, number>();
  for (const { blocks } of spec.sections) {
    for (const { span } of walkBlocks(blocks)) {
      if (!ends.has(span.start.offset)) ends.set(span.start.offset, span.end.line);
    }
  }
  return ends;
}
