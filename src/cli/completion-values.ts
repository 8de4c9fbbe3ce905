/** @module cli/completion-values Values that a shell completes: models, dialects, runs of the ledger, clauses of a spec. */
import type { Completed } from '../app/arguments.ts';
import type { Context } from '../app/context.ts';
import type { Completion } from './complete.ts';

/** The values of a kind. Where they can't be found, there are none: nobody wants an error for pressing a key. */
export async function completionValues(
  kind: Completed,
  words: readonly string[],
  context: Context,
): Promise<Completion[]> {
  try {
    return await VALUES[kind](words, context);
  } catch {
    return [];
  }
}

type Values = (words: readonly string[], context: Context) => Promise<Completion[]>;

const VALUES: Readonly<Record<Completed, Values>> = {
  file: async () => [],
  folder: async () => [],
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
  run: async (words, { ledger }) => {
    const opened = await ledger.read(valueAfter(words, '--ledger'));
    try {
      const runs = opened.runs.list().toReversed();
      return runs.map(({ id, state }) => ({ value: id, description: state }));
    } finally {
      opened.close();
    }
  },
  clause: async (words) => {
    const { loadSpec, STARTER_SPEC } = await import('../app/files.ts');
    const named =
      valueAfter(words, '--spec') ?? words.find((word) => /\.(md|mdc|json|ya?ml)$/.test(word));
    const { sections } = loadSpec(named ?? STARTER_SPEC);
    const clauses = sections.filter(({ isClause }) => isClause);
    return clauses.map(({ id, title }) => ({ value: id, description: title }));
  },
};

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const at = words.indexOf(flag);
  return at < 0 ? undefined : words[at + 1];
}
