/** @module features/spec/inspect/command `tenet spec stats|show|query|convert` and `tenet init`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { argument, flag, shared } from '../../../app/arguments.ts';
import { defineCommand } from '../../../app/command.ts';
import { messageOf } from '../../../app/errors.ts';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import {
  clauseText,
  FORMS,
  findSection,
  lossesOf,
  printAs,
  selectClauses,
  specStats,
  suggestIds,
} from '../../../spec/index.ts';
import { sha256 } from '../../../spec/sha256.ts';
import { count } from '../../../text/numbers.ts';
import { LOSSES, problem } from './messages.ts';
import { clauseRows, queryBlocks } from './query-blocks.ts';
import type { initSchema, specConvertSchema } from './schema.ts';
import { clauseBlocks, outlineBlocks, statsBlocks } from './spec-blocks.ts';
import { idFor, type Starter, starterFiles } from './starter-files.ts';

const file = shared.specFile;
const { dialect } = shared;
const text = z.string();

export const stats = defineCommand({
  args: z.object({
    file: argument(
      '<file>',
      text,
      'the specification; eval prompts are looked for in examples/ beside it',
      'file',
    ),
    dialect,
  }),
  prints: ['tenet.spec-stats/1'],
  run: (args) => {
    const spec = loadSpec(args.file, args.dialect);
    const counted = specStats(spec);
    return { document: counted, blocks: () => statsBlocks(counted, spec) };
  },
});

export const show = defineCommand({
  args: z.object({
    file,
    clause: argument('[clause]', text.optional(), "the clause's id, with or without #", 'clause'),
    dialect,
  }),
  prints: ['tenet.spec/1', 'tenet.clause/1'],
  run: (args) => {
    const spec = loadSpec(args.file, args.dialect);
    if (args.clause === undefined) {
      const document = { schema: 'tenet.spec/1', ...spec, text: undefined };
      return { document, blocks: () => outlineBlocks(spec) };
    }
    const id = args.clause.replace(/^#/, '');
    const section = findSection(spec, id);
    if (section === undefined) {
      throw problem('no-such-clause', { file: args.file, id, near: suggestIds(spec, id) });
    }
    return {
      document: { schema: 'tenet.clause/1', ...section, brief: clauseText(spec, section) },
      blocks: () => clauseBlocks(spec, section),
    };
  },
});

export const query = defineCommand({
  args: z.object({
    file,
    query: argument(
      '<query>',
      text,
      "such as 'level>=system and tag:under_18 and not has:example'",
    ),
    dialect,
  }),
  prints: ['tenet.spec-query/1'],
  run: (args) => {
    const spec = loadSpec(args.file, args.dialect);
    const selected = selectClauses(spec, args.query);
    if ('error' in selected) {
      const { error: reason, offset } = selected;
      throw problem('wrong-query', { query: args.query, offset, reason });
    }
    const rows = clauseRows(spec, selected.ids);
    const { id, version, sha256 } = spec;
    return {
      document: {
        schema: 'tenet.spec-query/1',
        spec: { id, version, sha256 },
        query: args.query,
        count: rows.length,
        clauses: rows,
      },
      blocks: () => queryBlocks(spec, args.query, rows),
    };
  },
});

export const convert = defineCommand({
  args: z.object({
    file,
    to: flag('<form>', z.enum(FORMS), 'in which form'),
    dialect,
  }),
  prints: ['tenet.spec-convert/1'],
  run: (args, { log }) => {
    const form = args.to;
    const spec = loadSpec(args.file, args.dialect);
    const clauses = spec.sections.filter(({ isClause }) => isClause).length;
    log.say(
      `${args.file}: read as ${spec.dialect}, ${count(clauses, 'clause')} printed as ${form}.`,
    );
    const losses = lossesOf(spec, form);
    if (losses.length === 0) log.say('Everything was carried over.');
    for (const { code, count: times } of losses) {
      const [one, many, note] = LOSSES[code];
      log.say(`Not carried over: ${count(times, one, many)} (${note}).`);
    }
    const printed = printAs(spec, form);
    const { id, version, sha256: ofSpec } = spec;
    const document: z.infer<typeof specConvertSchema> = {
      schema: 'tenet.spec-convert/1',
      spec: { id, version, sha256: ofSpec },
      from: spec.dialect,
      to: form,
      clauses,
      losses,
      text: printed,
      sha256: sha256(printed),
    };
    return { document, text: printed };
  },
});

export const init = defineCommand({
  args: z.object({
    folder: argument('[folder]', text.optional(), 'where to (default: here)', 'folder'),
    name: flag('<id>', text.optional(), "the spec's id"),
    force: flag(null, z.boolean().optional(), 'write over files that are there'),
  }),
  prints: ['tenet.init/1'],
  run: (args, { log, settings }) => {
    const target = args.folder ?? '.';
    const id = idFor(target, args.name);
    const version = new Date().toISOString().slice(0, 10);
    const files = starterFiles(id, version, readStarter());
    const existing = [...files.keys()].filter((name) => existsSync(join(target, name)));
    if (existing.length > 0 && args.force !== true) {
      const shown = existing.slice(0, 8).map((name) => join(target, name));
      const more = existing.length - shown.length;
      throw problem('files-there', { folder: target, files: shown, more });
    }
    try {
      for (const [name, content] of files) {
        mkdirSync(dirname(join(target, name)), { recursive: true });
        writeFileSync(join(target, name), content);
      }
    } catch (error) {
      throw problem('not-writable', { folder: target, reason: messageOf(error) }, { cause: error });
    }
    const here = relative(settings.folder, resolve(target)) || '.';
    log.say(`\nThe spec ${id} is yours: change what it says, then`);
    for (const step of [
      ...(here === '.' ? [] : [`cd ${here}`]),
      'npx tenet spec lint spec.md',
      'npx tenet audit --limit 20',
    ]) {
      log.say(`  ${step}`);
    }
    log.say('README.md says what comes next.');
    const document: z.infer<typeof initSchema> = {
      schema: 'tenet.init/1',
      spec: { id, version },
      folder: target,
      files: [...files].map(([path, content]) => ({
        path,
        bytes: Buffer.byteLength(content),
        sha256: sha256(content),
      })),
    };
    return { document, text: writtenText(target, [...files.keys()]) };
  },
});

function readStarter(): Starter {
  const folder = join(dirname(STARTER_SPEC), 'examples');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return {
    text: readFileSync(STARTER_SPEC, 'utf8'),
    examples: new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  };
}

/** The files that were written, the eval prompts as one line. */
function writtenText(target: string, files: readonly string[]): string {
  const prompts = files.filter((name) => name.startsWith('examples/')).length;
  const named = files.filter((name) => !name.startsWith('examples/'));
  const lines = [
    ...named.map((name) => join(target, name)),
    `${join(target, 'examples')} (${prompts} files of eval prompts)`,
  ];
  return `${lines.join('\n')}\n`;
}
