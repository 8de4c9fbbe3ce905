/**
 * Loaded before a program (`node --import`), takes the network away from it: whoever opens a socket or looks up
 * a name is ended at once with exit code 97, so that no error handling can hide the attempt.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function forbid(what: string): (...args: unknown[]) => never {
  return () => {
    process.stderr.write(`the network is forbidden here: ${what}\n`);
    process.exit(97);
  };
}

net.Socket.prototype.connect = forbid('connect');
dns.lookup = forbid('lookup') as unknown as typeof dns.lookup;
dns.resolve = forbid('resolve') as unknown as typeof dns.resolve;
syncBuiltinESMExports();
