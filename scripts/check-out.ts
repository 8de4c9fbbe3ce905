/** @module scripts/check-out The files of another commit in a temporary folder, beside what the checkout needs to run. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The files of a commit; they are deleted at the end of the scope. */
export interface CheckedOut extends Disposable {
  folder: string;
}

/**
 * Lays out the files of a commit with this checkout's `node_modules` and the published specs beside it. The
 * repository itself learns nothing of it, so that a process that is killed leaves nothing but a temporary folder.
 * @throws Error where git knows no such commit
 */
export function checkOut(commit: string): CheckedOut {
  const files = execFileSync('git', ['archive', '--format=tar', commit], {
    cwd: ROOT,
    maxBuffer: 2 ** 30,
  });
  const parent = mkdtempSync(join(tmpdir(), 'tenet-commit-'));
  const folder = join(parent, 'tenet');
  mkdirSync(folder);
  execFileSync('tar', ['-x', '-C', folder], { input: files });
  const link = (target: string, path: string): void => {
    if (existsSync(target)) symlinkSync(realpathSync(target), path);
  };
  link(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  link(join(ROOT, '../shared'), join(parent, 'shared'));
  return { folder, [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }) };
}
