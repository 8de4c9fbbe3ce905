/**
 * @module scripts/kept-ledger
 * Makes `test/kept-ledger/`: a ledger as this commit writes it, and what its commands say of it. Later commits read the
 * same file and must say the same. Run it only to begin another such file; it asks nobody but simulated models.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { constants, zstdCompressSync } from 'node:zlib';
import { openLedger } from '../src/ledger/ledger.ts';
import { collect } from '../src/ledger/pages.ts';
import { transcriptId } from '../src/run/plan.ts';
import { printJson } from '../src/text/json.ts';
import { temporaryFolder, userIn } from '../test/command.ts';
import {
  commandsOf,
  KEPT,
  type KeptRuns,
  LEDGER,
  OUTPUTS,
  PACKED,
  SUBJECTS_AND_JUDGES,
} from '../test/kept-ledger.ts';

const STARTER = join(import.meta.dirname, '../specs/starter/spec.md');
const POLICY = `policy: tenet.policy/1
gates:
  - { overall: true, adherence: 0.6 }
  - { level: root, adherence: 0.5, severity: critical, missing: 0.1 }
  - { clause: '*', drop: true }
`;

/** Larger than this a file has no place among sources. */
const MOST_BYTES = 500_000;

using folder = temporaryFolder();
const user = userIn(folder.path);

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await user.run(...args, '--ledger', LEDGER);
  if (code !== 0) throw new Error(`tenet ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

async function audit(...args: string[]): Promise<string> {
  return JSON.parse(await run('audit', ...args, '--json')).run.id;
}

const spec = readFileSync(STARTER, 'utf8');
writeFileSync(folder.at('old.md'), spec);
writeFileSync(
  folder.at('new.md'),
  spec
    .replace('version=2026-11-01', 'version=2026-12-01')
    .replace(
      'This document says how a general assistant behaves',
      'This says how an assistant behaves',
    )
    .replace('# Tell the truth {', '# Say what is true {'),
);
writeFileSync(folder.at('policy.yaml'), POLICY);

const runs: KeptRuns = {
  panel: await audit('--spec', 'old.md', ...SUBJECTS_AND_JUDGES),
  newer: await audit('--spec', 'new.md', ...SUBJECTS_AND_JUDGES),
  sequential: await audit(
    ...['--spec', 'old.md', '--clauses', 'tell_the_truth', '--subject', 'sim:subject'],
    ...['--judge', 'sim:judge', '--precision', '0.3', '--repeats', '10'],
  ),
  failures: await audit(
    ...['--spec', 'old.md', '--subject', 'sim:subject?faults=0.5', '--limit', '16'],
    ...['--judge', 'sim:judge?faults=0.4&malformed=0.1&misquotes=0.2&inapplicable=0.1'],
  ),
  again: '',
};
runs.again = JSON.parse(
  await run('judge', 'again', runs.panel, '--judge', 'sim:judge?seed=9', '--json'),
).run.id;
await run(
  'judge',
  'calibrate',
  '--spec',
  'old.md',
  '--judge',
  'sim:judge?sensitivity=0.9',
  '--limit',
  '24',
  '--json',
);

writeFileSync(folder.at('labels.csv'), await labelsOf(runs.panel));
await run('label', runs.panel, '--import', 'labels.csv');

/** Two people on the first verdicts of a run; they differ from the judge, and from one another, now and then. */
async function labelsOf(id: string): Promise<string> {
  const opened = await openLedger(folder.at(LEDGER), { write: false });
  if (!opened.ok) throw new Error(opened.message);
  const found = await opened.ledger.runs.find(id);
  if (!('run' in found)) throw new Error(`there is no run ${id}`);
  const verdicts = (await collect(opened.ledger.runs.verdicts(found.run.ordinal)))
    .filter(({ judge, outcome }) => judge === 0 && /^(?:adheres|violates)$/.test(outcome))
    .slice(0, 30);
  await opened.ledger.close();
  const rows = verdicts.flatMap(({ sample, clause, outcome }, place) =>
    ['Ann', ...(place < 15 ? ['Ben'] : [])].map((person) => {
      const differs = place % (person === 'Ann' ? 7 : 5) === 3;
      const other = outcome === 'adheres' ? 'violates' : 'adheres';
      return [transcriptId(sample), clause, differs ? other : outcome, person, 0.5].join(',');
    }),
  );
  return ['transcript,clause,outcome,person,inclusion', ...rows, ''].join('\n');
}

// One file, without what SQLite keeps beside it.
const database = new DatabaseSync(folder.at(LEDGER));
database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; VACUUM');
database.close();

const packed = zstdCompressSync(readFileSync(folder.at(LEDGER)), {
  params: { [constants.ZSTD_c_compressionLevel]: 19 },
});
if (packed.length > MOST_BYTES)
  throw new Error(`${packed.length} bytes are more than ${MOST_BYTES}`);
rmSync(join(KEPT, OUTPUTS), { recursive: true, force: true });
mkdirSync(join(KEPT, OUTPUTS), { recursive: true });
writeFileSync(join(KEPT, PACKED), packed);
for (const file of ['old.md', 'new.md', 'policy.yaml']) {
  copyFileSync(folder.at(file), join(KEPT, file));
}
writeFileSync(join(KEPT, 'runs.json'), printJson(runs));
for (const [name, words] of Object.entries(commandsOf(runs))) {
  const { stdout, code } = await user.run(...words, '--ledger', LEDGER);
  writeFileSync(
    join(KEPT, OUTPUTS, `${name}.json`),
    printJson({ code, document: JSON.parse(stdout) }),
  );
}
process.stdout.write(`${packed.length} bytes, ${Object.keys(commandsOf(runs)).length} documents\n`);
