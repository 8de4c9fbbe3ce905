/**
 * Keeps the documentation's transcripts true: every ```console block whose first line is `$ npx tenet …` is run,
 * and what it prints is what stands below. `node scripts/transcripts.ts --write` brings them up to date.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const release = join(root, '../shared/data/model-spec/2025-12-18');

export interface TranscriptBlock {
  file: string;
  command: string;
  printed: string;
}

const BLOCK = /^```console\n\$ (npx tenet(?:[^\n\\]|\\[\s\S])*)\n([\s\S]*?)^```$/gm;

/** The transcripts in the README and in docs/. */
export function transcriptsIn(files = documents()): TranscriptBlock[] {
  return files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(BLOCK)].map(([, command, printed]) => ({
      file,
      command: command ?? '',
      printed: printed ?? '',
    })),
  );
}

function documents(): string[] {
  return ['README.md', ...globSync('docs/*.md', { cwd: root })];
}

/** Does the command read a published spec that may not be at hand? */
export function needsRelease({ command }: TranscriptBlock): boolean {
  return command.includes('model_spec.md');
}

/** What a page's commands print, run one after the other in one new folder with the published spec in it. */
export function printedBy(blocks: TranscriptBlock[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-transcript-'));
  try {
    if (existsSync(release)) {
      cpSync(release, join(folder, '2025-12-18'), { recursive: true });
    }
    return blocks.map(({ command }) => {
      const script = `${command.replace(/^npx tenet/, '"$TENET_NODE" "$TENET_BIN"')} 2> /dev/null`;
      const child = spawnSync('bash', ['-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          NO_COLOR: '1',
          TENET_NODE: process.execPath,
          TENET_BIN: join(root, 'bin/tenet.js'),
        },
      });
      return child.stdout;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  for (const file of documents()) {
    const blocks = transcriptsIn([file]);
    if (blocks.length === 0) continue;
    const printed = printedBy(blocks);
    let next = 0;
    const text = readFileSync(join(root, file), 'utf8').replace(
      BLOCK,
      (_, command: string) => `\`\`\`console\n$ ${command}\n${printed[next++] ?? ''}\`\`\``,
    );
    writeFileSync(join(root, file), text);
    process.stdout.write(`${file}: ${blocks.length}\n`);
  }
}
