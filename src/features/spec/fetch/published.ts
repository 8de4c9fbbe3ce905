/**
 * @module features/spec/fetch/published
 * Where published specs live, at which version, and what their bytes must be.
 */
import { problem } from './messages.ts';

/** A published spec at one version. */
export interface PublishedSpec {
  /** What users call it: `openai`. */
  name: string;
  /** A date, as everywhere. */
  version: string;
  title: string;
  licence: string;
  /** Where its files are, without a slash at the end; under `PUBLISHED_BASE`. */
  folder: string;
  /** The document's file name. */
  document: string;
  /** sha256 (hex) of the document; null where the version has no hash here and is pinned when first fetched. */
  sha256: string | null;
  /** Files of eval prompts beside the document, named after its eval tags; null where there are none. */
  examples: PublishedExamples | null;
}

export interface PublishedExamples {
  folder: string;
  /** Files that are there although no tag of the document names them. */
  untagged: string[];
  files: number;
  /** sha256 (hex) of the list of all of them, as `filesDigest` makes it. */
  sha256: string;
}

/** What every address begins with; a mirror may stand in for it. */
export const PUBLISHED_BASE = 'https://raw.githubusercontent.com';

const EVAL_PROMPTS_SINCE_SEPTEMBER: PublishedExamples = {
  folder: 'examples',
  untagged: ['91ld', 'lds1'],
  files: 114,
  sha256: '0808ade173613e9a0114b797082c2b0e3591e1e434e97ab425807f2cddc0d0ce',
};

function modelSpec(
  version: string,
  commit: string,
  sha256: string,
  examples: PublishedExamples,
): PublishedSpec {
  return {
    name: 'openai',
    version,
    title: 'OpenAI Model Spec',
    licence: 'CC0-1.0',
    folder: `openai/model_spec/${commit}`,
    document: 'model_spec.md',
    sha256,
    examples,
  };
}

/** Every published spec that Tenet knows; of one name, the newest first. */
export const PUBLISHED: readonly PublishedSpec[] = [
  modelSpec(
    '2025-12-18',
    '8d2405d4e9a5143c5355f50482394ebd12fe898c',
    'e7a70bc6ab363213d88f6c20a7b78c6949d3f5feba22ec054c97f333a71a8aeb',
    EVAL_PROMPTS_SINCE_SEPTEMBER,
  ),
  modelSpec(
    '2025-09-12',
    '49e51d7fbe0c210d4c37718e645baa5e9b3464b3',
    'c7e1ec06764b9e899b7a5ce9b6f541c2d3fd41c635326ba4c5cd162f5be32175',
    EVAL_PROMPTS_SINCE_SEPTEMBER,
  ),
  modelSpec(
    '2025-04-11',
    '095dabb04dd2ade5e19d4438cec9a329ad967e02',
    'eeb877a0b2480e0cb361ca0342b2f59ac1d7b83d42fa89e67fcac460fb4bdf19',
    {
      folder: 'examples',
      untagged: [],
      files: 120,
      sha256: 'a68bc9d33c7e66aa2704020889bc18a98ce1668eb75f73c394d9870b38e68d91',
    },
  ),
  {
    name: 'anthropic',
    version: '2026-01-20',
    title: "Claude's Constitution",
    licence: 'CC0-1.0',
    folder: 'anthropics/claude-constitution/HEAD',
    document: '20260120-constitution.md',
    sha256: null,
    examples: null,
  },
];

/**
 * The published spec of a name such as `openai` (its newest version) or `openai@2025-12-18`. Throws a `TenetError`
 * where there is none.
 */
export function publishedNamed(asked: string): PublishedSpec {
  const [name, version] = asked.split('@', 2);
  const ofName = PUBLISHED.filter((spec) => spec.name === name);
  const found = ofName.find((spec) => version === undefined || spec.version === version);
  if (found !== undefined) return found;
  if (ofName.length === 0) throw problem('unknown-name', { asked });
  throw problem('unknown-version', { asked, versions: ofName.map((spec) => spec.version) });
}

/** Where a file of a published spec is; `base` stands in for the usual place. */
export function addressOf(spec: PublishedSpec, file: string, base = PUBLISHED_BASE): string {
  return `${base}/${spec.folder}/${file}`;
}

/** The text whose sha256 stands for many files: a line of hash and name each, by name. */
export function filesDigestText(files: ReadonlyMap<string, string>): string {
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sha256]) => `${sha256}  ${name}\n`)
    .join('');
}
