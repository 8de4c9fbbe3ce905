/** @module features/spec/inspect/init-command `tenet init`: a spec of one's own, begun from the starter spec. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { STARTER_SPEC } from '../../../app/files.ts';
import { messageOf, Problem } from '../../../app/problem.ts';
import { say } from '../../../cli/terminal.ts';
import { titleFromId } from '../../../spec/identity.ts';

/** Writes a copy of the starter spec under a name of its own, a configuration and a README. */
export function init(folder: string | undefined, flags: { name?: string; force?: boolean }): void {
  const target = folder ?? '.';
  const id = nameOf(target, flags.name);
  const files = filesOf(id, new Date().toISOString().slice(0, 10));
  const existing = [...files.keys()].filter((file) => existsSync(join(target, file)));
  if (existing.length > 0 && flags.force !== true) {
    const shown = existing.slice(0, 8).map((file) => join(target, file));
    const more = existing.length > 8 ? ` and ${existing.length - 8} more` : '';
    throw new Problem(
      `${target}: these files are there already: ${shown.join(', ')}${more}. Name another folder, or write over them with --force.`,
    );
  }
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(target, file)), { recursive: true });
      writeFileSync(join(target, file), text);
    }
  } catch (error) {
    throw new Problem(`${target}: can't be written to: ${messageOf(error)}`);
  }
  for (const file of ['spec.md', 'tenet.config.ts', 'README.md', '.gitignore']) {
    process.stdout.write(`${join(target, file)}\n`);
  }
  const prompts = [...files.keys()].filter((file) => file.startsWith('examples/')).length;
  process.stdout.write(`${join(target, 'examples')} (${prompts} files of eval prompts)\n`);
  sayNext(target, id);
}

function sayNext(target: string, id: string): void {
  const here = relative(process.cwd(), resolve(target)) || '.';
  const steps = [
    ...(here === '.' ? [] : [`cd ${here}`]),
    'npx tenet spec lint spec.md',
    'npx tenet audit --limit 20',
  ];
  say(`\nThe spec ${id} is yours: change what it says, then`);
  for (const step of steps) say(`  ${step}`);
  say('README.md says what comes next.');
}

function nameOf(target: string, name: string | undefined): string {
  const wanted = name ?? basename(resolve(target));
  const id = wanted
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  if (name !== undefined && name !== id) {
    throw new Problem(
      `--name: "${name}" is no id of a spec: small letters, digits, dots and hyphens.${id === '' ? '' : ` "${id}" would be one.`}`,
    );
  }
  return id === '' ? 'spec' : id;
}

/** What is written where, spec first. */
function filesOf(id: string, version: string): Map<string, string> {
  const starter = readFileSync(STARTER_SPEC, 'utf8');
  const title = titleFromId(id);
  const files = new Map<string, string>();
  files.set('spec.md', renamed(starter, id, version, title));
  const examples = join(dirname(STARTER_SPEC), 'examples');
  for (const name of readdirSync(examples).sort()) {
    if (name.endsWith('.md'))
      files.set(`examples/${name}`, readFileSync(join(examples, name), 'utf8'));
  }
  files.set('tenet.config.ts', configuration());
  files.set('README.md', readme(id, title));
  files.set('.gitignore', '.tenet/\n');
  return files;
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
