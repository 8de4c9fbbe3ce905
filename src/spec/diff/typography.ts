/**
 * @module spec/diff/typography
 * Text without what is only typed otherwise: kinds of quotation mark, dashes, spaces, emphasis, link
 * targets, eval tags, punctuation.
 */

/** Words and their order stay, and so do signs between digits and signs that mean something. */
export function withoutTypography(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/ ?\[\^[A-Za-z0-9_-]{1,64}\]/g, '')
    .replaceAll(/\[\?\]\(#([^()\s]*)\)/g, ' $1 ')
    .replaceAll(/\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replaceAll(/(?<=\d)[.,:](?=\d)/g, '\ue000')
    .replaceAll(/['\u2018\u2019\u02bc]/g, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}\p{S}%\ue000]+|[`^|]+/gu, ' ')
    .trim();
}

/** Sentences without their eval tags, which are compared apart, and with white space made even. */
export function withoutTags(text: string): string {
  return text
    .replaceAll(/ ?\[\^[A-Za-z0-9_-]{1,64}\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What differs between two texts whose words are the same. */
export function typographicReason(before: string, after: string): string {
  const spaced = (text: string): string => text.replaceAll(/[\s\u200b\u00a0]+/g, '');
  if (spaced(before) === spaced(after)) return 'only white space differs';
  const quoted = (text: string): string =>
    spaced(text)
      .replaceAll(/[\u2018\u2019\u02bc]/g, "'")
      .replaceAll(/[\u201c\u201d]/g, '"');
  if (quoted(before) === quoted(after)) return 'only quotation marks differ';
  const linked = (text: string): string =>
    quoted(text).replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, '$1');
  if (linked(before) === linked(after)) return 'only links differ';
  return 'only punctuation or emphasis differs';
}
