/**
 * Checks a commit that moves files: each moved file of 20 lines and more is at least 60 % like what it was, so that
 * `git log --follow` finds its history, and nothing but imports and paths changed in any source file.
 *
 *     node scripts/moves.ts COMMIT
 */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** What a moving commit did that a move does not do. */
interface Fault {
  file: string;
  fault: string;
}

const SHORT = 20;

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** A source text without its imports, the paths it names and the way it is laid out. */
function withoutPaths(source: string): string {
  return source
    .replace(/^(?:import|export)\b[^;]*?\bfrom '[^']*';$/gm, '')
    .replace(/^import '[^']*';$/gm, '')
    .replace(/(['"`])\.{1,2}\/[^'"`\n]*?(?=\1|\$)/g, '$1')
    .replace(/\bsrc\/[\w./-]+/g, '')
    .replace(/,(?=\s*[)\]}])/g, '')
    .replace(/\s+/g, '');
}

/** The faults of a commit as a move. */
export function faultsOfMove(commit: string): Fault[] {
  const rows = git('diff', '-M60%', '-l0', '--name-status', `${commit}^`, commit)
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t'));
  return rows.flatMap(([status = '', before = '', after = before]): Fault[] => {
    if (
      status === 'D' &&
      /^(src|test)\//.test(before) &&
      git('show', `${commit}^:${before}`).split('\n').length > SHORT
    ) {
      return [{ file: before, fault: 'its history ends here' }];
    }
    if (!before.startsWith('src/') || !after.endsWith('.ts') || /^[AD]/.test(status)) return [];
    const was = withoutPaths(git('show', `${commit}^:${before}`));
    const is = withoutPaths(git('show', `${commit}:${after}`));
    return was === is ? [] : [{ file: after, fault: 'more than imports and paths changed' }];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = faultsOfMove(process.argv[2] ?? 'HEAD');
  for (const { file, fault } of faults) process.stdout.write(`${file}: ${fault}\n`);
  process.stdout.write(`${faults.length === 0 ? 'a move' : `${faults.length} faults`}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
