/** @module text/entities Signs that mean something in HTML and XML, written so that they mean themselves. */

/** Text between two tags: `&`, `<` and `>` by name. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text in an attribute between double quotes. */
export function escapeAttribute(text: string): string {
  return escapeMarkup(text).replaceAll('"', '&quot;');
}
