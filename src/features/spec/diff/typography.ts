/**
 * @module features/spec/diff/typography
 * Text without what is only typed otherwise: kinds of quotation mark, dashes, spaces, emphasis, addresses
 * on the web, eval tags, full stops and commas.
 */

/** Stand for signs that mean something where they are and nothing elsewhere; no text holds them for long. */
const [POINT, COMMA, COLON, MINUS, TARGET] = ['\ue000', '\ue001', '\ue002', '\ue003', '\ue004'];

/** A link to the web, with a scheme; every other target is a place in the spec or beside it. */
const EXTERNAL_LINK = /\[([^[\]]*)\]\((?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/)[^()\s]*\)/g;

/**
 * Words and their order stay, and so do signs that mean something: those within numbers, the sign before
 * one, operators, `/`, `!` and `?`, and where a link within the spec leads.
 */
export function withoutTypography(text: string): string {
  return text
    .replaceAll(/[\ue000-\ue004]/g, ' ')
    .normalize('NFKC')
    .replaceAll(/ ?\[\^[A-Za-z0-9_-]{1,64}\]/g, '')
    .replaceAll(/\[\?\]\(#([^()\s]*)\)/g, ` ${TARGET}$1 `)
    .replaceAll(EXTERNAL_LINK, '$1')
    .replaceAll(/\[([^[\]]*)\]\(#?([^()\s]*)\)/g, `$1 ${TARGET}$2 `)
    .replaceAll(/(?<=\d)\.(?=\d)/g, POINT)
    .replaceAll(/(?<=\d),(?=\d)/g, COMMA)
    .replaceAll(/(?<=\d):(?=\d)/g, COLON)
    .replaceAll(/(?<=\d ?)[-\u2013\u2212](?= ?\d)|(?<![\p{L}\p{N}-])[-\u2013\u2212](?=\d)/gu, MINUS)
    .replaceAll(/['\u2018\u2019\u02bc]/g, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}\p{S}%/?!\ue000-\ue004]+|[`^|]+/gu, ' ')
    .replaceAll(/[\p{S}/?!\ue003]/gu, ' $& ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** The words alone, without any sign. */
export function wordsAlone(text: string): string {
  return withoutTypography(text)
    .replaceAll(/[\p{S}/?!%\ue000-\ue003]|\ue004\S*/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** Sentences without their eval tags, which are compared apart, and with white space made even. */
export function withoutTags(text: string): string {
  return text
    .replaceAll(/ ?\[\^[A-Za-z0-9_-]{1,64}\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** How two texts are typed otherwise. */
type TypographicReason = 'white-space' | 'quotation-marks' | 'link-addresses' | 'punctuation';

/** What differs between two texts whose words are the same. */
export function typographicReason(before: string, after: string): TypographicReason {
  const spaced = (text: string): string => text.replaceAll(/[\s\u200b\u00a0]+/g, '');
  if (spaced(before) === spaced(after)) return 'white-space';
  const quoted = (text: string): string =>
    spaced(text)
      .replaceAll(/[\u2018\u2019\u02bc]/g, "'")
      .replaceAll(/[\u201c\u201d]/g, '"');
  if (quoted(before) === quoted(after)) return 'quotation-marks';
  const linked = (text: string): string => quoted(text).replaceAll(EXTERNAL_LINK, '$1');
  if (linked(before) === linked(after)) return 'link-addresses';
  return 'punctuation';
}
