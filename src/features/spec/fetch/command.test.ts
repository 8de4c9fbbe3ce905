import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { listing, temporaryFolder, userIn } from '../../../../test/command.ts';
import { sharedData, skipUnlessShared } from '../../../../test/shared-data.ts';
import { PUBLISHED } from './published.ts';

const CONSTITUTION = '# A constitution\n\n## Be honest\n\nClaude should be honest.\n';

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

const FAULTS: Record<string, { name: string; listener: RequestListener; says: RegExp }> = {
  'not there': {
    name: 'anthropic',
    listener: (_, response) => response.writeHead(404).end(),
    says: /answers 404\. Nothing was written\. It may have moved/,
  },
  'a broken server': {
    name: 'anthropic',
    listener: (_, response) => response.writeHead(503).end(),
    says: /answers 503\. Nothing was written\./,
  },
  'other bytes': {
    name: 'openai',
    listener: (_, response) => response.end('<html>Log in</html>'),
    says: /has the sha256 [0-9a-f]{64} instead of e7a70bc6/,
  },
  'a connection cut in the middle': {
    name: 'anthropic',
    listener: (_, response) => {
      response.writeHead(200, { 'content-length': '10000' });
      response.write('# A const', () => response.destroy());
    },
    says: /the connection to 127\.0\.0\.1:\d+ broke off/,
  },
  'a redirect without end': {
    name: 'anthropic',
    listener: (request, response) => response.writeHead(302, { location: `${request.url}x` }).end(),
    says: /redirects more than 5 times/,
  },
  'a redirect to a file': {
    name: 'anthropic',
    listener: (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    says: /redirects to where Tenet does not follow/,
  },
};

for (const [what, { name, listener, says }] of Object.entries(FAULTS)) {
  test(`${what}: one line, exit 2, nothing written`, async () => {
    await using server = await serve(listener);
    using folder = temporaryFolder();
    const user = userIn(folder.path, { TENET_FETCH_BASE: server.base });
    const { code, stdout, stderr } = await user.run('spec', 'fetch', name);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    const [head, ...rest] = stderr.trimEnd().split('\n');
    assert.match(head ?? '', /^Fetching /);
    assert.equal(rest.length, 1, stderr);
    assert.match(rest[0] ?? '', says);
    assert.deepEqual(listing(folder.path), {});
  });
}

test('the list, and names that are in none: one line, exit 2', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path);
  const list = await user.run('spec', 'fetch');
  for (const { name, version, title } of PUBLISHED) {
    assert.match(list.stdout, new RegExp(`^${name}@${version} +${title} \\(`, 'm'));
  }
  const { specs } = JSON.parse((await user.run('spec', 'fetch', '--json')).stdout);
  assert.deepEqual(
    specs.map((spec: { name: string; version: string }) => [spec.name, spec.version]),
    PUBLISHED.map(({ name, version }) => [name, version]),
  );
  const unknown = await user.run('spec', 'fetch', 'nobody');
  assert.equal(
    unknown.stderr,
    "tenet: nobody: there is no published spec of this name. 'tenet spec fetch' lists those that there are.\n",
  );
  const old = await user.run('spec', 'fetch', 'openai@1999-01-01');
  assert.match(old.stderr, /^tenet: openai@1999-01-01: there is no such version\. Known are 2025-/);
  assert.deepEqual([unknown.code, old.code, listing(folder.path)], [2, 2, {}]);
});

test('a mirror that is none, a folder that is none, a pin that is none: said, and nothing is written', async () => {
  await using server = await serve((_, response) => response.end(CONSTITUTION));
  using folder = temporaryFolder();
  const astray = userIn(folder.path, { TENET_FETCH_BASE: 'ftp://mirror' });
  assert.match(
    (await astray.run('spec', 'fetch', 'anthropic')).stderr,
    /^tenet: TENET_FETCH_BASE: /,
  );
  writeFileSync(folder.at('file'), '');
  mkdirSync(folder.at('pinned'));
  writeFileSync(folder.at('pinned', 'tenet-pin.json'), '{');
  const before = listing(folder.path);
  const user = userIn(folder.path, { TENET_FETCH_BASE: server.base });
  for (const [out, says] of [
    ['file', /^tenet: file\/[^:]+: can't be read: /],
    ['pinned', /^tenet: pinned\/tenet-pin\.json: this is no pin that Tenet wrote\. Move it away/],
  ] as const) {
    const { code, stderr } = await user.run('spec', 'fetch', 'openai', '--out', out);
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
  assert.deepEqual(listing(folder.path), before);
});

test('files of eval prompts that are not those that were published: nothing is written', async () => {
  const [newest] = PUBLISHED;
  const document = sharedData(`model-spec/${newest?.version}/${newest?.document}`);
  if (document === null) return;
  await using server = await serve((request, response) =>
    request.url?.endsWith(newest?.document ?? '') === true
      ? response.end(readFileSync(document))
      : response.writeHead(404).end(),
  );
  using folder = temporaryFolder();
  const user = userIn(folder.path, { TENET_FETCH_BASE: server.base });
  const { code, stderr } = await user.run('spec', 'fetch', 'openai');
  assert.equal(code, 2);
  assert.match(stderr, /are not those that were published: 0 came, 114 were expected/);
  assert.deepEqual(listing(folder.path), {});
});

test('nobody there: one line says so and what to do', async () => {
  using folder = temporaryFolder();
  const user = userIn(folder.path, { TENET_FETCH_BASE: 'http://127.0.0.1:9' });
  const { code, stderr } = await user.run('spec', 'fetch', 'openai');
  assert.equal(code, 2);
  assert.match(stderr, /can't be reached from here \(ECONNREFUSED\)\. Nothing was written\. Try/);
  assert.deepEqual(listing(folder.path), {});
});

test('an unpinned version is pinned when first fetched, by a redirect too, and must stay what it was', async () => {
  let text = CONSTITUTION;
  await using server = await serve((request, response) => {
    if (request.url?.startsWith('/moved')) response.end(text);
    else response.writeHead(301, { location: `/moved${request.url}` }).end();
  });
  using folder = temporaryFolder();
  const user = userIn(folder.path, { TENET_FETCH_BASE: server.base });
  const fetched = await user.run('spec', 'fetch', 'anthropic', '--out', 'here', '--json');
  assert.equal(fetched.code, 0, fetched.stderr);
  const told = JSON.parse(fetched.stdout);
  const kept = JSON.parse(readFileSync(folder.at('here', 'tenet-pin.json'), 'utf8'));
  assert.deepEqual(told, {
    schema: 'tenet.spec-fetch/1',
    folder: 'here',
    state: 'fetched',
    pin: kept,
  });
  const path = folder.at('here', '20260120-constitution.md');
  assert.equal(readFileSync(path, 'utf8'), CONSTITUTION);
  const before = listing(folder.path);
  assert.match((await user.run('spec', 'fetch', 'anthropic', '--out', 'here')).stdout, /already/);
  const again = await user.run('spec', 'fetch', 'anthropic', '--out', 'here', '--json');
  assert.deepEqual(JSON.parse(again.stdout), { ...told, state: 'unchanged' });
  assert.deepEqual(listing(folder.path), before);

  rmSync(path);
  text = 'Something else';
  const other = await user.run('spec', 'fetch', 'anthropic', '--out', 'here');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /instead of/);
  assert.ok(!existsSync(path));

  text = CONSTITUTION;
  assert.equal((await user.run('spec', 'fetch', 'anthropic', '--out', 'here')).code, 0);
  appendFileSync(path, 'My own words.\n');
  const changed = await user.run('spec', 'fetch', 'anthropic', '--out', 'here');
  assert.equal(changed.code, 2);
  assert.match(changed.stderr, /it was left as it is/);
  assert.match(readFileSync(path, 'utf8'), /My own words/);
  const clash = await user.run('spec', 'fetch', 'openai', '--out', 'here');
  assert.match(clash.stderr, /this folder holds anthropic@2026-01-20/);
});

test('the releases in the catalogue are what was published, every file of them', async (t) => {
  if (skipUnlessShared(t)) return;
  const versions = new Map(
    PUBLISHED.filter(({ name }) => name === 'openai').map(({ folder, version }) => [
      folder,
      version,
    ]),
  );
  await using server = await serve((request, response) => {
    const [, folder = '', file = ''] =
      /^\/([^/]+\/[^/]+\/[^/]+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const path = sharedData(`model-spec/${versions.get(folder)}/${file}`);
    if (path === null) response.writeHead(404).end();
    else response.end(readFileSync(path));
  });
  using folder = temporaryFolder();
  const user = userIn(folder.path, { TENET_FETCH_BASE: server.base });
  for (const version of versions.values()) {
    const { code, stdout, stderr } = await user.run('spec', 'fetch', `openai@${version}`);
    assert.equal(code, 0, stderr);
    assert.match(stdout, version === '2025-04-11' ? /120 files/ : /114 files/);
    const pin = JSON.parse(
      readFileSync(folder.at('specs', 'openai', version, 'tenet-pin.json'), 'utf8'),
    );
    assert.equal(pin.licence, 'CC0-1.0');
  }
});
