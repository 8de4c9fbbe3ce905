/**
 * @module test/servers/misbehaviours
 * The faults that look the same in every protocol, or need more than a status and a body.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FaultName } from './faults.ts';
import type { Protocol, Written } from './server.ts';

interface Scene {
  request: IncomingMessage;
  response: ServerResponse;
  protocol: Protocol;
}

/**
 * Sends a JSON body.
 *
 * @param response Where to.
 * @param written What.
 */
export function send(response: ServerResponse, { status, body, headers }: Written): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}

/** Faults by name; those that are missing here each protocol has in a form of its own. */
export const misbehaviours: Partial<Record<FaultName, (scene: Scene) => void>> = {
  '401': error(401, 'Incorrect API key provided.', 'invalid_api_key'),
  '404': error(404, 'The model does not exist.', 'model_not_found'),
  '429': error(429, 'Rate limit reached.', 'rate_limit_exceeded'),
  '429-retry-after': error(429, 'Rate limit reached.', 'rate_limit_exceeded', {
    'retry-after': '2',
  }),
  '429-quota': error(429, 'You exceeded your current quota.', 'insufficient_quota'),
  '500': error(500, 'The server had an error.'),
  '503': error(503, 'Overloaded.', 'overloaded', { 'retry-after': '1' }),
  hang: () => {},
  'hang-body': ({ response, ...scene }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write(whole({ response, ...scene }).subarray(0, 20));
  },
  cut: ({ request, response, protocol }) => {
    const bytes = whole({ request, response, protocol });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.write(bytes.subarray(0, 20), () => request.socket.destroy());
  },
  reset: ({ request }) => {
    request.socket.resetAndDestroy();
  },
  malformed: (scene) => plain(scene, 'application/json', whole(scene).subarray(0, -5)),
  html: (scene) =>
    plain(scene, 'text/html; charset=utf-8', '<!doctype html><title>Sign in</title>'),
  'wrong-type': (scene) => plain(scene, 'text/event-stream', 'data: {}\n\n'),
  'empty-body': (scene) => plain(scene, 'application/json', ''),
  'not-an-object': (scene) => plain(scene, 'application/json', '[1, 2]'),
  'not-utf8': (scene) => plain(scene, 'application/json', Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  compressed: (scene) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    scene.response.writeHead(200, headers).end(gzipSync(whole(scene)));
  },
  redirect: ({ response }) => {
    response.writeHead(307, { location: 'https://elsewhere.example/v1/chat/completions' }).end();
  },
  huge: (scene) => plain(scene, 'application/json', whole(scene, 'x'.repeat(5 * 1024 * 1024))),
  oversize: ({ response }) => pour(response, 65 * 1024 * 1024),
  'echo-headers': (scene) =>
    error(400, `Bad request with headers ${JSON.stringify(scene.request.headers)}`)(scene),
};

function error(
  status: number,
  message: string,
  code?: string,
  headers?: Record<string, string>,
): (scene: Scene) => void {
  return ({ response, protocol }) => {
    const body = protocol.error(status, message, code);
    send(response, headers ? { status, body, headers } : { status, body });
  };
}

function plain({ response }: Scene, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}

function whole({ request, protocol }: Scene, text = 'A reply.'): Buffer {
  const asked = { number: 0, model: 'test', messages: [], path: request.url ?? '', body: {} };
  return Buffer.from(JSON.stringify(protocol.write({ text }, asked)));
}

function pour(response: ServerResponse, total: number): void {
  const chunk = Buffer.alloc(1024 * 1024, 0x20);
  response.writeHead(200, { 'content-type': 'application/json' });
  let sent = 0;
  const more = (): void => {
    while (sent < total && !response.destroyed) {
      sent += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}
