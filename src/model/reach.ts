/**
 * @module model/reach
 * Asks a provider's server whether it can be reached, before any question is asked and anything is written, so that a
 * wrong address or a server that was not started is one sentence, and no run full of failures.
 */
import { connect } from 'node:net';

const PATIENCE_MILLISECONDS = 3_000;

/**
 * Opens a connection to the host of an address and closes it again; nothing is sent. Gives null where somebody
 * answers, or where it takes too long to tell; otherwise what is wrong.
 */
export function reach(address: string): Promise<string | null> {
  const url = new URL(address);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (problem: string | null): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(PATIENCE_MILLISECONDS, () => end(null));
    socket.once('connect', () => end(null));
    socket.once('error', (error: NodeJS.ErrnoException) => end(explain(error, url.host)));
  });
}

function explain(error: NodeJS.ErrnoException, host: string): string {
  if (error.code === 'ECONNREFUSED') return `nothing listens at ${host}`;
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return `the name ${host} is not known here (is there a network?)`;
  }
  return `${host} can't be reached (${error.code ?? error.message})`;
}
