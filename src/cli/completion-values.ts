/**
 * @module cli/completion-values
 * Values that a shell completes: models, dialects, runs of the ledger and their transcripts, clauses of a spec, documents.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Completed } from '../app/arguments.ts';
import type { Capability } from '../app/capability.ts';
import type { Context } from '../app/context.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { Completion } from './complete.ts';

const CONFIG_FILE = 'tenet.config.ts';
/** How the id of a run begins, or all of it. */
const RUN_ID = /^[0-9a-f]+(-\d*)?$/;

/** Where values are found. */
interface Sources extends Pick<Context, 'ledger'> {
  capabilities: readonly Capability[];
}

/** The values of a kind. Where they can't be found, there are none: nobody wants an error for pressing a key. */
export async function completionValues(
  kind: Completed,
  words: readonly string[],
  sources: Sources,
): Promise<Completion[]> {
  try {
    return await VALUES[kind](words, sources);
  } catch {
    return [];
  }
}

type Values = (words: readonly string[], sources: Sources) => Promise<Completion[]>;

const VALUES: Readonly<Record<Completed, Values>> = {
  file: async () => [],
  folder: async () => [],
  // What comes next depends on the words before, which `completionsOf` knows.
  command: async () => [],
  model: async () => {
    const { providerNames } = await import('../model/name.ts');
    const simulated = ['sim:subject', 'sim:judge'].map((value) => ({
      value,
      description: 'simulated',
    }));
    const others = providerNames.filter((name) => name !== 'sim');
    return [...simulated, ...others.map((name) => ({ value: `${name}:`, description: '' }))];
  },
  dialect: async () => {
    const { DIALECTS } = await import('../spec/index.ts');
    return DIALECTS.map((value) => ({ value, description: '' }));
  },
  document: async (_words, { capabilities }) => {
    const { documentsOf } = await import('../app/schemas.ts');
    const names = documentsOf(capabilities).map(({ name }) => name.replace(/^tenet\./, ''));
    return [...new Set(names)].map((value) => ({ value, description: '' }));
  },
  run: (words, sources) =>
    withLedger(words, sources, async ({ runs }) =>
      (await runs.list()).toReversed().map(({ id, state }) => ({ value: id, description: state })),
    ),
  transcript: (words, sources) =>
    withLedger(words, sources, async (ledger) => {
      const { transcriptId } = await import('../run/plan.ts');
      const run = await runAmong(words, ledger);
      return [...(run === null ? [] : await ledger.runs.progress(run))].flatMap((state, index) => {
        if (state === 0) return [];
        return [{ value: transcriptId(index), description: state === 2 ? 'failed' : '' }];
      });
    }),
  clause: async (words, sources) => {
    const named =
      valueAfter(words, '--spec') ?? words.find((word) => /\.(md|mdc|json|ya?ml)$/.test(word));
    const ofRun = named === undefined ? await clausesOfRun(words, sources) : null;
    if (ofRun !== null) return ofRun;
    const { loadSpec, STARTER_SPEC } = await import('../app/files.ts');
    const { sections } = loadSpec(named ?? specOfConfig() ?? STARTER_SPEC);
    const clauses = sections.filter(({ isClause }) => isClause);
    return clauses.map(({ id, title }) => ({ value: id, description: title }));
  },
};

async function withLedger<Value>(
  words: readonly string[],
  { ledger }: Sources,
  use: (opened: Ledger) => Promise<Value>,
): Promise<Value> {
  const opened = await ledger.read(valueAfter(words, '--ledger'));
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

/** The first run that one of the words names, the one that is being written aside. */
async function runAmong(words: readonly string[], { runs }: Ledger): Promise<RunRecord | null> {
  for (const word of words.slice(0, -1)) {
    const found = word === '' ? null : await runs.find(word);
    if (found !== null && 'run' in found) return found.run;
  }
  return null;
}

/** The clauses of a run among the words; null where there is no such run. */
async function clausesOfRun(
  words: readonly string[],
  sources: Sources,
): Promise<Completion[] | null> {
  // Most lines name none, and opening a ledger takes its time.
  if (!words.slice(0, -1).some((word) => RUN_ID.test(word))) return null;
  return withLedger(words, sources, async (ledger) => {
    const run = await runAmong(words, ledger);
    if (run === null) return null;
    const { planOutline } = await import('../run/run.ts');
    const { clauses } = (await planOutline(ledger, run)).plan;
    return clauses.map(({ id, title }) => ({ value: id, description: title }));
  });
}

/**
 * The spec that `tenet.config.ts` names, as far as its text alone tells: pressing a key runs nobody's program.
 */
function specOfConfig(): string | undefined {
  if (!existsSync(CONFIG_FILE)) return undefined;
  return /^\s*spec:\s*(['"])([^'"\n]+)\1/m.exec(readFileSync(CONFIG_FILE, 'utf8'))?.[2];
}

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const at = words.indexOf(flag);
  return at < 0 ? undefined : words[at + 1];
}
