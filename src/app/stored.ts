/**
 * @module app/stored
 * Runs as the ledger has them.
 */
import { section as again } from '../features/audit/rejudge/section.ts';
import type { Certificate } from '../features/judge/calibration/certificate.ts';
import { section as instrument } from '../features/judge/correction/section.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { Report } from '../report/schema.ts';
import type { ReportSection } from '../report/section.ts';
import type { Plan } from '../run/plan.ts';
import { planDocument } from '../run/run.ts';
import { readLedger } from './ledgers.ts';
import { problem } from './messages.ts';
import { reportOfRun } from './report-of-run.ts';

/** What capabilities lend, for commands that have no context yet. */
export const LENT: readonly ReportSection[] = [again, instrument] as readonly ReportSection[];

/** The report of a run, for commands that have no context yet; others use `reportOfRun`. */
export function reportOf(
  ledger: Ledger,
  run: RunRecord,
  plan: Plan,
  certificates: readonly Certificate[] = [],
): Report {
  return reportOfRun({ ledger, run, plan, certificates, sections: LENT });
}

/** The ledger at a path, to read. */
export function openStored(path?: string): Ledger {
  return readLedger(path);
}

/**
 * The run of this name, or the newest one where none is given. Throws a `TenetError` where there is none.
 *
 * @param flag names the flag that the name was given to
 */
export function storedRun(ledger: Ledger, id: string | undefined, flag?: string): RunRecord {
  if (id === undefined) {
    const newest = ledger.runs.list().at(-1);
    if (newest === undefined) throw problem('no-runs', { ledger: ledger.path });
    return newest;
  }
  const found = ledger.runs.find(id);
  if ('run' in found) return found.run;
  const { candidates } = found;
  const named = { run: id, ...(flag === undefined ? {} : { flag }) };
  throw candidates.length === 0
    ? problem('no-such-run', { ...named, ledger: ledger.path })
    : problem('ambiguous-run', { ...named, candidates });
}

/** The plan of a stored run. */
export function planOf(ledger: Ledger, run: RunRecord): Plan {
  return planDocument(ledger, run).plan;
}

/** Why a run's name fits no run, or too many, for commands whose sentences have no data yet. */
export function noSuchRun(candidates: string[], path: string): string {
  return candidates.length === 0
    ? `there is no such run in ${path}. 'tenet runs' lists them.`
    : `that may be ${candidates.join(' or ')}. Write more of it.`;
}
