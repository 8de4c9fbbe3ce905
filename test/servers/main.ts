/**
 * @module test/servers/main
 * A test server as a process of its own: `node test/servers/main.ts openai --reply echo --fault 500@1`.
 * Prints its address on the first line of stdout, and lives until it is killed.
 */

import { parseArgs } from 'node:util';
import { startAnthropic } from './anthropic.ts';
import { behaviourNamed } from './behaviours.ts';
import { faultsNamed } from './faults.ts';
import { startGoogle } from './google.ts';
import { startOpenai } from './openai.ts';
import type { ServerOptions, TestServer } from './server.ts';

const starters: Record<string, (options: ServerOptions) => Promise<TestServer>> = {
  openai: startOpenai,
  compatible: (options) => startOpenai({ ...options, dialect: 'lenient' }),
  mistral: (options) => startOpenai({ ...options, dialect: 'mistral' }),
  anthropic: startAnthropic,
  google: startGoogle,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    reply: { type: 'string', default: 'echo' },
    fault: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    latency: { type: 'string', default: '0' },
    key: { type: 'string' },
    instant: { type: 'boolean', default: false },
  },
});
const start = starters[positionals[0] ?? ''];
if (!start) throw new Error(`Say which server: ${Object.keys(starters).join(', ')}.`);
const server = await start({
  port: Number(values.port),
  behaviour: behaviourNamed(values.reply),
  faults: faultsNamed(values.fault, Number(values.seed)),
  latency: Number(values.latency),
  instant: values.instant,
  ...(values.key !== undefined && { key: values.key }),
});
process.stdout.write(`${server.base}\n`);
