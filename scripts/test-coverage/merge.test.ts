import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFiles } from '../files.fixture.ts';
import { mergeCoverage } from './merge.ts';

const PARTS = `/** A comment. */
export interface Shape {
  sides: number;
}

export function name(shape: Shape): string {
  if (shape.sides === 3) {
    // Only the child asks for this.
    return 'triangle';
  } else if (shape.sides === 4) {
    return 'square';
  }
  return ['é', '😀'].map((letter: string) => letter.repeat(shape.sides)).join('');
}

export function never(): void {
  const inner = () => 1;
  inner();
}

export const both = (value: string | null): string => value ?? fallback();
const fallback = (): string => {
  return 'none';
};
`;

test('lines that any of several processes ran are covered, blocks and functions that none ran are not', () => {
  using folder = writeFiles({
    'parts.ts': PARTS,
    'types.ts': 'export type Only = string;\n',
    'unseen.ts': 'import type { Only } from "./types.ts";\n\nexport const unseen: Only = "";\n',
    'child.ts': "import { name } from './parts.ts';\nname({ sides: 3 });\n",
    'main.ts': [
      "import { spawnSync } from 'node:child_process';",
      "import { both, name } from './parts.ts';",
      "import './types.ts';",
      "both('given');",
      'name({ sides: 5 });',
      // An environment without a word of coverage, as tests give it to the command line.
      "spawnSync(process.execPath, [new URL('child.ts', import.meta.url).pathname], { env: {} });",
      '',
    ].join('\n'),
  });
  const at = (name: string): string => join(folder.path, name);
  const { status, stderr } = spawnSync(process.execPath, [at('main.ts')], {
    env: { ...process.env, NODE_V8_COVERAGE: at('counts') },
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const [parts, types, unseen] = mergeCoverage(
    at('counts'),
    ['parts.ts', 'types.ts', 'unseen.ts'].map(at),
  );
  assert.deepEqual(types, { path: at('types.ts'), lines: [], missed: [] });
  assert.deepEqual(unseen, { path: at('unseen.ts'), lines: [3], missed: [3] });
  // Of `export function never` the word `export` ran, as Node's own reports have it.
  assert.deepEqual(parts?.lines, [6, 7, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24]);
  assert.deepEqual(parts.missed, [11, 12, 17, 18, 19, 23]);
});
