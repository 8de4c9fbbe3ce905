/**
 * @module text
 * What is said, as data, and three ways to show it: in a terminal, as Markdown, as HTML. Text in it may be hostile, and
 * is made harmless.
 *
 * @example
 * toMarkdown([{ type: 'paragraph', text: words`${{ clause: 'be_honest' }} was broken ${3} times` }]);
 */
export type * from './blocks.ts';
export { SIMULATED, section, stamped } from './blocks.ts';
export { toHtml } from './blocks-html.ts';
export { toMarkdown } from './blocks-markdown.ts';
export { type TerminalSettings, toTerminal } from './blocks-terminal.ts';
export { markdownCode, markdownText, safeLine, safeText } from './safe-text.ts';
export { listed, type Part, plainText, type Tone, type Words, words } from './words.ts';
