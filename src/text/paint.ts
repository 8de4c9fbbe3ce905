/** @module text/paint Colour, where there is any. */
import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'inverse';

export type Paint = (style: Style | Style[], text: string) => string;

/** Paints, or leaves text as it is. Whether there is colour was decided by whoever knows the terminal. */
export function painter(color: boolean): Paint {
  return color
    ? (style, text) => (text === '' ? '' : styleText(style, text, { validateStream: false }))
    : (_style, text) => text;
}
