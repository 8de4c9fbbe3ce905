import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { clients } from '../../../test/servers/clients.ts';
import { openHttp } from './http.ts';

const patience = () => AbortSignal.timeout(5000);

async function failureAt(
  base: string,
): Promise<{ message: string; kind: string; transient: boolean }> {
  const http = openHttp(base, {}, []);
  const exchange = await http.post('/x', '{}', patience());
  await http.close();
  assert.ok(exchange.type === 'failure', exchange.type);
  return exchange;
}

describe('http', () => {
  it('should say that a host does not exist', async () => {
    const { kind, message } = await failureAt('http://nowhere.invalid/v1');
    assert.equal(kind, 'network');
    assert.match(message, /http:\/\/nowhere\.invalid\/v1\/x: .*(ENOTFOUND|EAI_AGAIN)/);
  });

  it('should say that a server speaks no TLS', async () => {
    await using server = await (clients[0] as (typeof clients)[number]).start({});
    const { kind, transient, message } = await failureAt(server.base.replace('http:', 'https:'));
    assert.deepEqual([kind, transient], ['network', false]);
    assert.match(message, /TLS/);
  });

  it('should say that a server does not speak HTTP', async () => {
    // It speaks only when it was spoken to, so that its words are read and not lost in a reset.
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write('SSH-2.0-OpenSSH_9.9\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { kind, transient } = await failureAt(
        `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      );
      assert.deepEqual([kind, transient], ['network', false]);
    } finally {
      server.close();
    }
  });

  it('should survive a path and a header that cannot be sent', async () => {
    const http = openHttp('http://127.0.0.1:9', {}, []);
    for (const [path, header] of [
      ['/a\nb', 'fine'],
      ['/fine', 'a\nb'],
    ] as const) {
      const exchange = await http.post(path, '{}', patience(), { 'x-test': header });
      assert.ok(exchange.type === 'failure' && exchange.kind === 'network');
    }
    await http.close();
  });

  it('should open no more connections than there are calls at once', async () => {
    await using server = await (clients[0] as (typeof clients)[number]).start({ instant: true });
    const http = openHttp(server.base, {}, []);
    let left = 2000;
    const work = async () => {
      while (left-- > 0) await http.post('/chat/completions', '{}', patience());
    };
    await Promise.all(Array.from({ length: 20 }, work));
    assert.ok(server.connections <= 20, `${server.connections} connections`);
    await http.close();
  });

  it('should not keep a signal that outlives the call', async () => {
    await using server = await (clients[0] as (typeof clients)[number]).start({ instant: true });
    const http = openHttp(server.base, {}, []);
    const controller = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = controller.signal;
    controller.signal.addEventListener = function (...rest: Parameters<typeof addEventListener>) {
      listeners++;
      addEventListener.apply(this, rest);
    };
    controller.signal.removeEventListener = function (
      ...rest: Parameters<typeof removeEventListener>
    ) {
      listeners--;
      removeEventListener.apply(this, rest);
    };
    await http.post('/chat/completions', '{}', controller.signal);
    assert.ok(listeners <= 0);
    await http.close();
  });
});
