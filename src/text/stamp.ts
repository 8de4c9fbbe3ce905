/** @module text/stamp What stands above and below everything that a simulated model had a hand in. */
import { widthOf, wrap } from './layout.ts';
import type { Paint } from './paint.ts';

/** The stamp in words. */
export const SIMULATED_NOTE =
  'SIMULATED: planted models answered here. No number is about a real model.';

/** The stamp across a terminal. */
export function stampLines(width: number, paint: Paint): string[] {
  return wrap(SIMULATED_NOTE, width - 6).map((line) => {
    const rest = '━'.repeat(Math.max(2, width - widthOf(line) - 4));
    return paint(['yellow', 'bold'], `━━ ${line} ${rest}`);
  });
}
