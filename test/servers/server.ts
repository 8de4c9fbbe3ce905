/**
 * @module test/servers/server
 * A provider's server on 127.0.0.1: real HTTP, counted connections, faults on demand. What it says
 * and in which form is left to a protocol.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Asked, type Behaviour, echo, type Said } from './behaviours.ts';
import { type FaultName, type FaultPlan, noFaults } from './faults.ts';
import { misbehaviours, send } from './misbehaviours.ts';

/** What a protocol answers: a status and a JSON body. */
export interface Written {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface Protocol {
  /** Path of the address that clients are given. */
  basePath: string;
  /** What is wrong with a request, as the real API would say, or null. */
  check(
    path: string,
    body: Record<string, unknown>,
    headers: IncomingMessage['headers'],
  ): Written | null;
  read(path: string, body: Record<string, unknown>): Omit<Asked, 'number' | 'path' | 'body'>;
  write(said: Exclude<Said, string>, asked: Asked): unknown;
  /** A fault that has a form of its own in this protocol; undefined for those that all share. */
  fault(fault: FaultName, path: string): Written | undefined;
  error(status: number, message: string, code?: string): unknown;
  /** Header that carries the key. */
  keyOf(headers: IncomingMessage['headers']): string | undefined;
}

export interface ServerOptions {
  behaviour?: Behaviour;
  faults?: FaultPlan;
  /** Which fault a request meets by what it asks, where its number has none for it. */
  faultOf?: (body: string) => FaultName | undefined;
  /** Requests with another key meet a 401. */
  key?: string;
  port?: number;
  /** Milliseconds before each answer. */
  latency?: number;
  /** One prepared reply for all, and one for all that ask for a form; no checks, no records: for measuring clients. */
  instant?: boolean;
}

export interface TestServer extends AsyncDisposable {
  /** Without a path. */
  origin: string;
  /** As a client wants it. */
  base: string;
  readonly requests: number;
  /** Opened since the start. */
  readonly connections: number;
  /** The most requests that were being answered at once. */
  readonly mostAtOnce: number;
  readonly bodies: Record<string, unknown>[];
  close(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @param protocol What it speaks.
 * @param options What it says and how it fails.
 */
export async function startServer(
  protocol: Protocol,
  options: ServerOptions = {},
): Promise<TestServer> {
  const behaviour = options.behaviour ?? echo;
  const faults = options.faults ?? noFaults;
  const sockets = new Set<Socket>();
  const bodies: Record<string, unknown>[] = [];
  let requests = 0;
  let connections = 0;
  let atOnce = 0;
  let mostAtOnce = 0;

  const prepared = new Map<string, Buffer>();
  const handleInstantly = (request: IncomingMessage, response: ServerResponse) => {
    requests++;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const path = request.url ?? '';
      const judging = Buffer.concat(chunks).includes('"json_schema"');
      const key = `${judging ? 'verdict' : 'reply'} ${path}`;
      let reply = prepared.get(key);
      if (!reply) {
        const asked: Asked = { number: 0, model: 'instant', messages: [], path, body: {} };
        const said = await behaviour(judging ? { ...asked, schema: {} } : asked);
        const written = protocol.write(typeof said === 'string' ? { text: said } : said, asked);
        reply = Buffer.from(JSON.stringify(written));
        prepared.set(key, reply);
      }
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': reply.length,
      });
      response.end(reply);
    });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const number = ++requests;
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    response.on('close', () => atOnce--);
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (options.latency) await new Promise((resolve) => setTimeout(resolve, options.latency));

    const fault = faults(number) ?? options.faultOf?.(Buffer.concat(chunks).toString());
    if (fault !== undefined) {
      const written = protocol.fault(fault, path);
      if (written) send(response, written);
      else misbehaviours[fault]?.({ request, response, protocol });
      return;
    }
    if (options.key !== undefined && protocol.keyOf(request.headers) !== options.key) {
      send(response, {
        status: 401,
        body: protocol.error(401, 'Incorrect API key provided.', 'invalid_api_key'),
      });
      return;
    }
    const body = parse(Buffer.concat(chunks));
    if (!body) {
      send(response, { status: 400, body: protocol.error(400, 'The body is not valid JSON.') });
      return;
    }
    bodies.push(body);
    const wrong = protocol.check(path, body, request.headers);
    if (wrong) {
      send(response, wrong);
      return;
    }
    const asked: Asked = { ...protocol.read(path, body), number, path, body };
    const said = await behaviour(asked);
    send(response, {
      status: 200,
      body: protocol.write(typeof said === 'string' ? { text: said } : said, asked),
    });
  };

  const server = createServer(
    { keepAliveTimeout: 60_000 },
    options.instant
      ? handleInstantly
      : (request, response) => {
          handle(request, response).catch((error: unknown) => {
            if (response.destroyed || response.headersSent) return;
            send(response, {
              status: 500,
              body: protocol.error(500, `The test server failed: ${error}`),
            });
          });
        },
  );
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port ?? 0, host: '127.0.0.1', backlog: 4096 }, resolve);
  });

  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    origin,
    base: origin + protocol.basePath,
    get requests() {
      return requests;
    },
    get connections() {
      return connections;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    bodies,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function parse(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
