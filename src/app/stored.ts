/**
 * @module app/stored
 * Runs as the ledger has them: the report of one, a transcript of it.
 */
import { compareWithSource } from '../features/audit/rejudge/compare.ts';
import { correctionOfRun } from '../features/judge/correction/instruments.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { Certificate } from '../report/certificate/schema.ts';
import { findings } from '../report/findings/findings.ts';
import { buildReport, type Report } from '../report/report.ts';
import type { Plan } from '../run/plan.ts';
import { planDocument, tallyRun } from '../run/run.ts';
import { DEFAULT_LEDGER } from './ledgers.ts';
import { Problem } from './problem.ts';

/** The report of a run, finished or not: a pure function of what the ledger holds of it. */
export function reportOf(
  ledger: Ledger,
  run: RunRecord,
  plan: Plan,
  certificates: readonly Certificate[] = [],
): Report {
  const tally = tallyRun(ledger, run, plan);
  const reason = run.state === 'stopped' ? (run.events.at(-1)?.detail ?? null) : null;
  const correction = correctionOfRun(ledger, run, plan, tally, certificates);
  const again = compareWithSource(ledger, run, plan);
  return buildReport({
    ...(again === null ? {} : { again }),
    plan,
    tally,
    findings: findings(plan, tally, correction.certificate !== null),
    correction,
    run: { id: run.id, state: run.state, reason },
    sample: (index) => ledger.runs.sample(run.ordinal, index),
  });
}

/** The ledger at a path, to read. */
export function openStored(path: string = DEFAULT_LEDGER): Ledger {
  const opened = openLedger(path, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  return opened.ledger;
}

/** The run of this name, or the newest one where none is given. */
export function storedRun(ledger: Ledger, id: string | undefined): RunRecord {
  if (id === undefined) {
    const newest = ledger.runs.list().at(-1);
    if (newest === undefined)
      throw new Problem(`${ledger.path}: no runs yet. 'tenet audit' makes one.`);
    return newest;
  }
  const found = ledger.runs.find(id);
  if ('run' in found) return found.run;
  throw new Problem(`${id}: ${noSuchRun(found.candidates, ledger.path)}`);
}

/** The run of a name that a flag gives. Throws where it fits none, or too many. */
export function namedRun(ledger: Ledger, id: string, flag: string): RunRecord {
  const found = ledger.runs.find(id);
  if ('run' in found) return found.run;
  throw new Problem(`${flag} ${id}: ${noSuchRun(found.candidates, ledger.path)}`);
}

/** The plan of a stored run. */
export function planOf(ledger: Ledger, run: RunRecord): Plan {
  return planDocument(ledger, run).plan;
}

/** Why a run's name fits no run, or too many. */
export function noSuchRun(candidates: string[], path: string): string {
  return candidates.length === 0
    ? `there is no such run in ${path}. 'tenet runs' lists them.`
    : `that may be ${candidates.join(' or ')}. Write more of it.`;
}
