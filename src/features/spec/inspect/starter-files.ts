/** @module features/spec/inspect/starter-files A spec of one's own, begun from the starter spec. */
import { basename, resolve } from 'node:path';
import { titleFromId } from '../../../spec/identity.ts';
import { problem } from './messages.ts';

/** The id of a spec in this folder: the given name, or one made from the folder's. Throws for a name that is none. */
export function idFor(target: string, name: string | undefined): string {
  const wanted = name ?? basename(resolve(target));
  const id = wanted
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  if (name !== undefined && name !== id) throw problem('no-spec-id', { name, id });
  return id === '' ? 'spec' : id;
}

/** What a new spec is begun from: the starter's text, and its files of eval prompts by name. */
export interface Starter {
  text: string;
  examples: ReadonlyMap<string, string>;
}

/** What is written where, spec first. `version` is the date of today. */
export function starterFiles(id: string, version: string, starter: Starter): Map<string, string> {
  const title = titleFromId(id);
  const examples = [...starter.examples].map(([name, text]) => [`examples/${name}`, text] as const);
  return new Map([
    ['spec.md', renamed(starter.text, id, version, title)],
    ...examples,
    ['tenet.config.ts', configuration()],
    ['README.md', readme(id, title)],
    ['.gitignore', '.tenet/\n'],
  ]);
}

/** The starter with a name, version and title of its own in its opening comment. */
function renamed(starter: string, id: string, version: string, title: string): string {
  return starter.replace(/^<!-- tenet:([^>]|[^-]>)*?-->/, (header) =>
    header
      .replace(/\bid=\S+/, () => `id=${id}`)
      .replace(/\bversion=\S+/, () => `version=${version} title="${title}"`),
  );
}

function configuration(): string {
  return `/** @type {import('tenet').Config} */
export default {
  spec: 'spec.md',
  // Whom to ask and who judges. Simulated models need no key; 'tenet models' lists the others.
  subjects: ['sim:subject?violates=0.15'],
  judge: 'sim:judge?sensitivity=0.9&specificity=0.95',
};
`;
}

function readme(id: string, title: string): string {
  return `# ${title}

A behaviour specification, \`${id}\`, begun from Tenet's starter spec.

- \`spec.md\`: the specification. Each heading is a clause: \`## Title {#id authority=level}\`.
- \`examples/\`: prompts for evaluation. \`[^a8g1]\` in the spec is bound to \`examples/a8g1.md\`.
- \`tenet.config.ts\`: which models to ask, and who judges.

    npx tenet spec show spec.md                    the outline
    npx tenet spec lint spec.md                    what is unclear, missing or broken
    npx tenet audit --dry-run                      what an audit would ask, and what it would cost
    npx tenet audit                                ask, judge, report
`;
}
