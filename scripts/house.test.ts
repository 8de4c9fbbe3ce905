import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkOut } from './check-out.ts';
import { writeFiles } from './files.fixture.ts';
import { codeLines } from './house/code-lines.ts';
import { roomOf } from './house/rooms.ts';
import { lookOver } from './house.ts';

test('a file stands in the room of its folder, a capability in a room of its own', () => {
  assert.equal(roomOf('index.ts'), 'index.ts');
  assert.equal(roomOf('spec/dialects/prose.ts'), 'spec');
  assert.equal(roomOf('features/spec/resolve/profile/read.ts'), 'features/spec/resolve');
  assert.equal(roomOf('features/guard/command.ts'), 'features/guard');
});

test('blank lines and comments are no code', () => {
  const source = [
    '/** One line. */',
    '/*',
    ' * Several',
    ' */',
    '',
    'const a = 1; // beside code',
    '  // alone',
    'const b = a /* within */ + 1;',
    '/* begins */ ',
    'const c = 2;',
  ].join('\n');
  assert.deepEqual(
    codeLines(source).map(({ index }) => index),
    [5, 7, 9],
  );
  for (const { start, end, text } of codeLines(source)) {
    assert.equal(source.slice(start, end), text);
  }
});

test('rooms, arrows, circles of folders and silent defaults of a small house', async () => {
  using folder = writeFiles({
    'src/index.ts': "export { one } from './spec/one.ts';\n",
    'src/spec/one.ts':
      "import { two } from '../features/audit/gate/two.ts';\n\n/** One ?? ''. */\nexport const one = two ?? '';\n",
    'src/spec/deep/three.ts': "import type { One } from '../one.ts';\nexport type Three = One;\n",
    'src/spec/one.test.ts': "import { four } from '../lsp/four.ts';\n",
    'src/features/audit/gate/two.ts':
      "import type { Three } from '../../../spec/deep/three.ts';\nimport { one } from '../../../spec/one.ts';\nexport const two: Three = one ?? [] ?? 0 ?? 0.5;\n",
    'src/lsp/four.ts': 'export const four = 4;\n',
  });
  const house = await lookOver(folder.path);
  assert.deepEqual(
    house.rooms.map(({ name, files, lines, code }) => ({ name, files, lines, code })),
    [
      { name: 'features/audit/gate', files: 1, lines: 3, code: 3 },
      { name: 'index.ts', files: 1, lines: 1, code: 1 },
      { name: 'lsp', files: 1, lines: 1, code: 1 },
      { name: 'spec', files: 2, lines: 6, code: 4 },
    ],
  );
  const spec = house.rooms.find(({ name }) => name === 'spec');
  assert.deepEqual([spec?.median, spec?.p90, spec?.silentDefaults], [2, 4, 1]);
  assert.deepEqual(house.arrows, [
    { from: 'features/audit/gate', to: 'spec', imports: 2 },
    { from: 'index.ts', to: 'spec', imports: 1 },
    { from: 'spec', to: 'features/audit/gate', imports: 1 },
  ]);
  assert.deepEqual(house.folderCycles, [
    ['src/features/audit/gate', 'src/spec'],
    ['src/features/audit/gate', 'src/spec/deep', 'src/spec'],
  ]);
  assert.equal(house.silentDefaults, 3);
});

test('the house itself: whatever an arrow joins is a room', async () => {
  const { rooms, arrows } = await lookOver(join(import.meta.dirname, '..'));
  const names = new Set(rooms.map(({ name }) => name));
  assert.ok(names.has('spec') && names.has('index.ts') && arrows.length > names.size);
  for (const { from, to } of arrows) assert.ok(names.has(from) && names.has(to), `${from} → ${to}`);
});

test('a commit is laid out beside what it needs to run, and leaves nothing behind', (t) => {
  if (!existsSync(join(import.meta.dirname, '../.git'))) {
    t.skip('this is no git checkout');
    return;
  }
  let folder: string;
  {
    using checkout = checkOut('HEAD');
    folder = checkout.folder;
    assert.ok(existsSync(join(folder, 'src/index.ts')));
    assert.ok(existsSync(join(folder, 'node_modules/zod/package.json')));
  }
  assert.ok(!existsSync(folder));
  assert.throws(() => checkOut('no-such-commit'));
});
