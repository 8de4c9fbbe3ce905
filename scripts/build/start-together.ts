/**
 * @module scripts/build/start-together
 * Which modules lie in one file of the package. esbuild makes a file for every set of entries that share code, which
 * comes to eighty files for one command, and each file takes Node half a millisecond to find and link. Entries that
 * import the same core share few large files instead.
 */
import { dirname, join, relative } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** What a command loads beyond its own folder, and which modules that are loaded on demand come with it. */
interface Core {
  command: string;
  with: RegExp;
}

/** The first that a module fits holds. What help and completion load, which start without zod, fits none. */
const CORES: readonly Core[] = [
  {
    command: 'src/features/audit/audit/command.ts',
    with: /^src\/(?:app\/(?!files)|ledger|model\/adapters|report|run|features\/(?:audit|judge|suite|spec\/(?:align|diff|resolve)\/command))/,
  },
  {
    command: 'src/features/spec/inspect/command.ts',
    with: /^src\/(?:app|cli\/(?:arguments|lsp|schema)|features\/spec|lsp|model\/wire|spec)/,
  },
];

/**
 * Lets modules that are loaded on demand come with the core that most of their kind load anyway.
 * @param root the checkout
 * @param inputs of the same bundle without this
 */
export function startTogether(root: string, { inputs }: Metafile): Plugin {
  const cores = CORES.map(({ command, with: fits }) => ({
    fits,
    files: importedBy(inputs, command).filter((file) => !file.startsWith(`${dirname(command)}/`)),
  }));
  const importing = (files: readonly string[]) =>
    files.map((file) => `import './${file}';`).join('\n');
  return {
    name: 'start-together',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return null;
        const file = relative(root, join(resolveDir, path));
        const core = cores.findIndex(({ fits }) => fits.test(file));
        return core < 0 ? null : { path: file, namespace: 'with-core', pluginData: core };
      });
      build.onLoad({ filter: /./, namespace: 'with-core' }, ({ path, pluginData: core }) => ({
        resolveDir: root,
        contents: `import 'core:${core}'; export * from './${path}';`,
      }));
      build.onResolve({ filter: /^core:/ }, ({ path }) => ({
        path: path.slice('core:'.length),
        namespace: 'core',
        sideEffects: true,
      }));
      build.onLoad({ filter: /./, namespace: 'core' }, ({ path }) => ({
        resolveDir: root,
        contents: importing(cores[Number(path)]?.files ?? []),
      }));
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
