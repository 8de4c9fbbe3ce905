/** The last word of `npm test`: which tests were skipped where PostgreSQL is absent, and what to install. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresAbsent } from './postgres.ts';

const root = join(import.meta.dirname, '..');
if (postgresAbsent() !== false) {
  const skipped = globSync('{src,test,scripts,bench}/**/*.test.ts', { cwd: root })
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('postgresAbsent('))
    .sort();
  process.stdout.write(
    `skipped: tests with a PostgreSQL server in ${skipped.join(', ')} (to run them, install Debian's package postgresql)\n`,
  );
}
