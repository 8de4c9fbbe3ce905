/** A run of simulated models in a folder of its own, for tests that label it. */
import assert from 'node:assert/strict';
import { type Folder, temporaryFolder, type User, userIn } from '../../../../test/command.ts';
import { type Ledger, openLedger } from '../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../ledger/records.ts';

const AUDIT = [
  ...['audit', '--limit', '12', '--repeats', '2'],
  ...['--subject', 'sim:subject?violates=0.3'],
  ...['--judge', 'sim:judge?sensitivity=0.8&specificity=0.9'],
];
/** Two judges, who disagree at times. */
export const PANEL = [...AUDIT, '--judge', 'sim:judge?sensitivity=0.6&seed=b'];

export interface Audited extends Disposable {
  folder: Folder;
  user: User;
  run: string;
  read<Result>(work: (ledger: Ledger) => Promise<Result>): Promise<Result>;
  /** Somebody's labels of the run that count. */
  labels(person: string): Promise<LabelRecord[]>;
}

/** Audits in a new folder, by one judge unless said. */
export async function audited(command = AUDIT): Promise<Audited> {
  const folder = temporaryFolder();
  const user = userIn(folder.path);
  const ran = await user.run(...command, '--json');
  const read = async <Result>(work: (ledger: Ledger) => Promise<Result>): Promise<Result> => {
    const opened = await openLedger(folder.at('.tenet', 'ledger.db'), { write: false });
    assert.ok(opened.ok);
    await using ledger = opened.ledger;
    return await work(ledger);
  };
  assert.equal(ran.code, 0, ran.stderr);
  return {
    folder,
    user,
    run: JSON.parse(ran.stdout).run.id,
    read,
    labels: (person) => read((ledger) => ledger.labels.ofPerson(1, person)),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
