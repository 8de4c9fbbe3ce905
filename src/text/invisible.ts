/**
 * @module text/invisible
 * What cannot be seen in a text, in two sets that differ on purpose. The one for screens follows the Unicode version
 * that runs and leaves emoji whole. The one for requests to models is written out, since its characters decide a
 * request's hash, and also holds signs that a tokenizer may turn into structure.
 */

/**
 * For screens: controls, formats (direction overrides, zero-width, tags), lone surrogates, private and unassigned
 * characters, line and paragraph separators, and whatever else Unicode says a screen may leave out; but for the
 * selector that makes an emoji of the sign before it.
 */
export const UNSEEN_ON_SCREEN =
  /(?!(?<=\p{Extended_Pictographic})\u{fe0f})[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * For requests: controls, formats, direction marks and overrides, all that Unicode lets a screen leave out, tag
 * characters, private use, lone surrogates; and signs that turn into one of `< > " \ [ ] { } |` or a backtick where a
 * tokenizer makes compatibility forms (NFKC) alike. The same text is the same request under every Unicode version.
 */
export const UNSEEN_IN_REQUESTS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant by itself.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1fef\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufe37\ufe38\ufe47\ufe48\ufe5b\ufe5c\ufe64\ufe65\ufe68\ufeff\uff02\uff1c\uff1e\uff3b-\uff3d\uff40\uff5b-\uff5d\uffa0\ufff0-\uffff\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{10ffff}]|\p{Cs}/gu;
