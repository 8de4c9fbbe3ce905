import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createDownloader } from './download.ts';

async function serve(listener: RequestListener): Promise<{ base: string } & AsyncDisposable> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a server that falls silent is given up on, before and within the answer', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/within') response.write('#');
  });
  const downloader = createDownloader({ silence: 200, total: 1_000 });
  for (const path of ['/before', '/within']) {
    const download = await downloader.get(server.base + path);
    assert.equal(download.type, 'failure');
    assert.equal(download.type === 'failure' ? download.why.code : null, 'too-slow');
  }
  await downloader.close();
});

test('a body that never ends is cut off where no spec is so large', async () => {
  await using server = await serve((_, response) => {
    const piece = Buffer.alloc(1024 * 1024);
    const write = (): void => {
      if (response.write(piece)) setImmediate(write);
      else response.once('drain', write);
    };
    write();
  });
  const downloader = createDownloader();
  const download = await downloader.get(`${server.base}/endless?secret=1`);
  assert.deepEqual(download, {
    type: 'failure',
    why: { code: 'too-large', data: { address: `${server.base}/endless`, megabytes: 64 } },
  });
  await downloader.close();
});

test('nothing there, a server that is broken, and one that nobody runs are told apart', async () => {
  await using server = await serve((request, response) =>
    response.writeHead(request.url === '/gone' ? 410 : 500).end(),
  );
  const downloader = createDownloader();
  const kinds = [`${server.base}/gone`, `${server.base}/broken`, 'http://127.0.0.1:9/'].map(
    async (address) => {
      const download = await downloader.get(address);
      return download.type === 'bytes' ? 'bytes' : `${download.type} ${download.why.code}`;
    },
  );
  assert.deepEqual(await Promise.all(kinds), [
    'absent declined',
    'failure declined',
    'failure unreachable',
  ]);
  await downloader.close();
});
