/** Time from the shell to an answer, beside the bare runtime. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STARTER_SPEC } from '../src/app/files.ts';
import { runToEnd } from './command-line.ts';
import { median, print } from './measure.ts';

const folder = tmpdir();
const bin = join(import.meta.dirname, '../bin/tenet.js');
const commands: Record<string, string[]> = {
  'node -e 0 (baseline)': ['-e', '0'],
  'tenet --version': [bin, '--version'],
  'tenet --help': [bin, '--help'],
  'tenet spec stats': [bin, 'spec', 'stats', STARTER_SPEC],
};
for (const [command, args] of Object.entries(commands)) {
  const timings = Array.from({ length: 15 }, () => runToEnd(args, folder).milliseconds);
  print({ what: 'start-up', command, milliseconds: median(timings) });
}
