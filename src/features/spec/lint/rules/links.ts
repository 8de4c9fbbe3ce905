/** @module features/spec/lint/rules/links Rules about addresses. */
import type { Reference } from '../../../../spec/types.ts';
import { walkInlines } from '../../../../spec/walk.ts';
import type { LintContext } from '../context.ts';
import { type Remark, remark } from '../messages.ts';
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
      const about = inline.form === 'external' ? aboutAddress(inline) : aboutId(inline);
      if (about !== null) yield { span: inline.span, ...about };
    }
  }
}

function aboutAddress({ target }: Reference): Remark | null {
  if (PRIVATE.test(target)) return remark('S029', 'not-public', { host: hostOf(target) });
  if (SHORTENED.test(target)) return remark('S029', 'short-address', { host: hostOf(target) });
  return /^http:\/\//i.test(target) ? remark('S029', 'insecure', {}) : null;
}

function aboutId({ target }: Reference): Remark | null {
  return CURLY.test(target) ? remark('S029', 'curly-quote-in-id', {}) : null;
}

function hostOf(address: string): string | null {
  return /^https?:\/\/([^/]{1,80})/i.exec(address)?.[1] ?? null;
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
