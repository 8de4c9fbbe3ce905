/** The house's import rule: ground below, slices above, thin shells on top; nothing imports upwards. */

import { ALLOWED } from './scripts/house/allowed.ts';

const beside = '\\.(test|fixture)\\.ts$';

/** A room and all that it may not know. */
const below = (room, above) => ({
  name: `${room}-imports-downwards`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${above.join('|')})/` },
});

const shells = ['cli', 'lsp', 'library', 'server', 'worker', 'mcp'];
const upper = ['features', ...shells];

/** Any capability's folder; what it matches in brackets can stand as $1 in the other half of a rule. */
const feature = '^src/features/([^/]+/[^/]+)/';

/** Capabilities, `from` these ones, know no other one but those that the written list lends them. */
const knowsOnly = (from, lenders) => ({
  name: 'features-know-each-other-by-a-list',
  severity: 'error',
  comment: 'What one may take from another stands in scripts/house/allowed.ts, with the reason.',
  from,
  to: { path: '^src/features/', pathNot: ['^src/features/$1/', ...lenders.map(folderOf)] },
});
const folderOf = (room) => `^src/${room}/`;
const borrowers = [...new Set(ALLOWED.map(({ from }) => from))];
const lendersOf = (room) => ALLOWED.filter(({ from }) => from === room).map(({ to }) => to);

/** Modules of Node that read or change something outside the process. */
const OUTSIDE = [
  'fs',
  'child_process',
  'http',
  'https',
  'net',
  'dgram',
  'os',
  'tty',
  'readline',
  'process',
];

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
    {
      name: 'no-circles-of-folders',
      severity: 'error',
      comment: 'Files may hold no circle while their folders do: then one folder is cut in two.',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'features-meet-at-the-index',
      severity: 'error',
      comment: 'A capability shows others its index.ts and nothing else.',
      from: { path: feature },
      to: {
        path: '^src/features/',
        pathNot: ['^src/features/$1/', '^src/features/[^/]+/[^/]+/index\\.ts$'],
      },
    },
    knowsOnly({ path: feature, pathNot: borrowers.map(folderOf) }, []),
    ...borrowers.map((room) =>
      knowsOnly({ path: `^src/features/(${room.replace('features/', '')})/` }, lendersOf(room)),
    ),
    below('spec', ['model', 'stats', 'ledger', 'run', 'report', 'app', ...upper]),
    below('model', ['spec', 'stats', 'ledger', 'run', 'report', 'app', ...upper]),
    below('stats', ['spec', 'model', 'ledger', 'run', 'report', 'app', ...upper]),
    below('ledger', ['run', 'report', 'app', ...upper]),
    below('run', ['report', 'app', ...upper]),
    below('report', ['app', ...upper]),
    below('app', upper),
    below('features', shells),
    {
      name: 'the-list-is-for-shells',
      severity: 'error',
      comment: 'What capabilities lend to one another comes through the context.',
      from: { path: '^src/', pathNot: '^src/(cli|library|server|worker|mcp)/' },
      to: { path: '^src/capabilities\\.ts$' },
    },
    {
      name: 'features-touch-the-world-in-few-files',
      severity: 'error',
      comment:
        'command.ts, routes.ts, tables.ts and jobs.ts do; everything else is data in, data out.',
      from: {
        path: '^src/features/',
        pathNot: ['/(command|routes|tables|jobs)\\.ts$', beside],
      },
      to: { path: `^(node:)?(${OUTSIDE.join('|')})(/|$)`, dependencyTypes: ['core'] },
    },
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
