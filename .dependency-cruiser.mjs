/** The house's import rule: ground below, slices above, thin shells on top; nothing imports upwards. */

const beside = '\\.(test|fixture)\\.ts$';

/** A room and all that it may not know. */
const below = (room, above) => ({
  name: `${room}-imports-downwards`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${above.join('|')})/` },
});

const shells = ['cli', 'lsp', 'server', 'worker', 'mcp'];
const upper = ['features', ...shells];

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle means two ideas are one, or one room is two.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'text-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/text/', pathNot: beside },
      to: { path: '^src/(?!text/)' },
    },
    below('spec', ['model', 'stats', 'ledger', 'run', 'report', 'app', ...upper]),
    below('model', ['spec', 'stats', 'ledger', 'run', 'report', 'app', ...upper]),
    below('stats', ['spec', 'model', 'ledger', 'run', 'report', 'app', ...upper]),
    below('ledger', ['run', 'report', 'app', ...upper]),
    below('run', ['report', 'app', ...shells]),
    below('report', ['app', ...shells]),
    {
      name: 'editor-is-a-shell',
      severity: 'error',
      comment: 'Nothing but the command that starts it knows the language server.',
      from: { path: '^src/', pathNot: '^src/(lsp/|cli/lsp\\.ts$)' },
      to: { path: '^src/lsp/' },
    },
    {
      name: 'pure-rooms-touch-nothing',
      severity: 'error',
      comment:
        'spec/ and stats/ are pure: text and numbers in, values out, in a browser as in Node.',
      from: { path: '^src/(spec|stats)/', pathNot: beside },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: beside },
      to: { path: '(^test/|\\.test\\.ts$|^bench/|^scripts/)' },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: beside },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    parser: 'swc',
    moduleSystems: ['es6'],
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    exclude: { path: beside },
  },
};
