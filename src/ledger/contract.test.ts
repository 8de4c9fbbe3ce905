// One contract, kept by every store.

import { after, before } from 'node:test';
import { temporaryFolder } from '../../test/command.ts';
import { type PostgresServer, postgresAbsent, startPostgres } from '../../test/postgres.ts';
import { ledgerContract } from './contract.fixture.ts';

ledgerContract(
  'a SQLite file',
  async () => {
    const folder = temporaryFolder();
    return {
      place: folder.at('deep', 'ledger.db'),
      [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
    };
  },
  { shared: true },
);

ledgerContract(
  'memory',
  async () => ({ place: ':memory:', [Symbol.asyncDispose]: async () => {} }),
  { shared: false },
);

const skip = postgresAbsent();
let server: PostgresServer | null = null;
before(async () => {
  if (skip === false) server = await startPostgres();
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
});

ledgerContract(
  'PostgreSQL',
  async () => ({
    place: (await server?.database()) ?? '',
    [Symbol.asyncDispose]: async () => {},
  }),
  { shared: true, skip },
);
