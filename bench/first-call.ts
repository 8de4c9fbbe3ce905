/**
 * Time from the shell to the first call of an audit, of this checkout or of the one whose folder is given: what
 * loading modules, reading the spec and planning take before anybody is asked.
 */
import { join, resolve } from 'node:path';
import { timeToFirstCall } from './command-line.ts';
import { median, print } from './measure.ts';

const checkout = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const timings: number[] = [];
for (let round = 0; round < 9; round++) {
  timings.push(await timeToFirstCall(join(checkout, 'bin/tenet.js')));
}
print({
  what: 'first-call',
  command: 'tenet audit, before its first call',
  milliseconds: median(timings),
});
