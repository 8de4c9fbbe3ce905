/**
 * @module scripts/build/start-together
 * Which modules lie in one file of the package. esbuild makes a file for every set of entries that share code, which
 * for a house of twenty commands comes to eighty files for one of them, and each file takes Node half a millisecond to
 * find and link. Entries that import the same core share one large set instead.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** What a command of a kind loads beyond its own folder, and who else is given it. */
interface Core {
  command: string;
  entries: RegExp;
}

/** The first that an entry fits holds. What starts without zod, help and completion, and what a browser may import fit none. */
const CORES: readonly Core[] = [
  {
    command: 'src/features/audit/audit/command.ts',
    entries: /^src\/(?:index\.ts$|(?:app|ledger|report|run|features\/(?:audit|judge|suite))\/)/,
  },
  {
    command: 'src/features/spec/inspect/command.ts',
    entries: /^src\/(?:app|lsp|features\/spec)\//,
  },
];

const NAMESPACE = 'core';

/**
 * Lets the entries of a house import what most of them load anyway.
 * @param root the checkout
 * @param meta of the same bundle without this
 */
export function startTogether(root: string, { inputs, outputs }: Metafile): Plugin {
  const cores = CORES.map(({ command }) =>
    importedBy(inputs, command).filter((file) => !file.startsWith(`${dirname(command)}/`)),
  );
  const entries = Object.values(outputs).flatMap(({ entryPoint = [] }) => entryPoint);
  const coreOf = new Map(
    entries.flatMap((entry) => {
      const core = CORES.findIndex(({ entries }) => entries.test(entry));
      return core < 0 || cores[core]?.includes(entry) ? [] : [[join(root, entry), core] as const];
    }),
  );
  return {
    name: 'start-together',
    setup(build) {
      build.onResolve({ filter: /^core:/ }, ({ path }) => ({
        path: path.slice('core:'.length),
        namespace: NAMESPACE,
        sideEffects: true,
      }));
      build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
        resolveDir: root,
        contents: cores[Number(path)]?.map((file) => `import './${file}';`).join('\n') ?? '',
      }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const core = coreOf.get(path);
        if (core === undefined) return null;
        return { loader: 'ts', contents: `import 'core:${core}';${await readFile(path, 'utf8')}` };
      });
    },
  };
}

/** The files of ours that a module imports at once, itself and those that these import included. */
function importedBy(inputs: Metafile['inputs'], entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind, external } of inputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) found.add(path);
    }
  }
  return [...found].filter((file) => file.startsWith('src/'));
}
