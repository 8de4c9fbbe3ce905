/** @module features/spec/lint/rules/links Rules about addresses. */
import type { Reference } from '../../../../spec/types.ts';
import { walkInlines } from '../../../../spec/walk.ts';
import type { LintContext } from '../context.ts';
import type { Found, LintRule } from '../rule.ts';
import { fromReader } from './from-reader.ts';

const PRIVATE =
  /^https?:\/\/(?:(?:docs|drive|sites)\.google\.com|[^/]{0,100}(?:\.sharepoint\.com|\.atlassian\.net|\.notion\.(?:so|site)|\.slack\.com|\.local|\.internal|\.corp|\.lan)|(?:www\.)?notion\.so|localhost|127\.|10\.|192\.168\.|dropbox\.com)(?:[:/]|$|\d)/i;
const SHORTENED = /^https?:\/\/(?:bit\.ly|t\.co|tinyurl\.com|goo\.gl|is\.gd)\//i;
const CURLY = /[‘’“”]/;

function* addresses(context: LintContext): Generator<Found> {
  // Readers of some dialects remark on addresses themselves; nothing is said twice of one line.
  const said = new Set<number>();
  for (const found of fromReader(['curly-quote-in-address', 'private-address'])(context)) {
    said.add(found.span.start.line);
    yield { ...found, severity: 'warning' };
  }
  for (const { section } of context.sections) {
    for (const inline of walkInlines(section.blocks)) {
      if (inline.type !== 'reference' || said.has(inline.span.start.line)) continue;
      const message = inline.form === 'external' ? aboutAddress(inline) : aboutId(inline);
      if (message !== null) yield { span: inline.span, message };
    }
  }
}

function aboutAddress({ target }: Reference): string | null {
  if (PRIVATE.test(target))
    return `${hostOf(target)} is a place that most readers of a spec cannot open.`;
  if (SHORTENED.test(target))
    return `${hostOf(target)} hides where it leads, and may stop leading there.`;
  if (/^http:\/\//i.test(target))
    return 'This address is not secure (http:); write https: if the place has it.';
  return null;
}

function aboutId({ target }: Reference): string | null {
  return CURLY.test(target)
    ? 'There is a curly quotation mark in this id; no tool makes ids with one from a title, so the link leads nowhere.'
    : null;
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/]{1,80})/i.exec(address)?.[1] ?? 'This address';
}

export const LINK_RULES: readonly LintRule[] = [
  {
    id: 'S029',
    title: 'address that readers cannot follow',
    reason: 'A published spec is read by people outside, and for years.',
    severity: 'warning',
    good: { text: 'The assistant should answer ([why](https://example.org/why)).' },
    bad: { text: 'The assistant should answer ([why](https://docs.google.com/document/d/1)).' },
    check: addresses,
  },
];
