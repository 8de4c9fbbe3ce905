/**
 * @module report/run-view
 * A stored run as the sections of its report see it: everything is read once, when somebody first asks for it.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { SampleRecord, VerdictRecord } from '../ledger/records.ts';
import type { VerdictRow } from '../ledger/rows.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { judgeIds, subjectIds } from '../run/names.ts';
import type { Plan } from '../run/plan.ts';
import { tallyRun } from '../run/run.ts';
import type { Tally } from '../run/tally.ts';
import type { Certificate } from './certificate/schema.ts';
import type { RunCorrection } from './correction.ts';

/** A run, and what was counted of it. */
export interface RunView {
  readonly ledger: Ledger;
  readonly run: RunRecord;
  readonly plan: Plan;
  /** Certificates of judges that count before those of the ledger. */
  readonly certificates: readonly Certificate[];
  /** The names of subjects and judges in reports, in the plan's order. */
  readonly subjects: readonly string[];
  readonly judges: readonly string[];
  readonly tally: Tally;
  /** The rates behind the judge's rates; null where no section knows the judge's errors. */
  readonly correction: RunCorrection | null;
  /** Verdicts of all judges, ordered by sample, clause and judge. */
  verdicts(): Iterable<VerdictRow>;
  /** A sample with its verdicts, or null where it is gone. */
  sample(index: number): { sample: SampleRecord; verdicts: VerdictRecord[] } | null;
  /** What `make` gives for this run. It is called the first time only, whoever asks for it. */
  once<Value>(make: (run: RunView) => Value): Value;
}

/** What a view is made of. */
export interface RunViewInput
  extends Pick<RunView, 'ledger' | 'run' | 'plan'>,
    Partial<Pick<RunView, 'certificates'>> {
  /** Knows the rates behind the judge's rates. */
  correct?: (run: RunView) => RunCorrection;
}

/** The view of a stored run. */
export function openRunView({ correct, certificates = [], ...about }: RunViewInput): RunView {
  const { ledger, run, plan } = about;
  const made = new Map<unknown, unknown>();
  const correctionOf = (): RunCorrection | null => correct?.(view) ?? null;
  const view: RunView = {
    ...{ ledger, run, plan, certificates },
    subjects: subjectIds(plan),
    judges: judgeIds(plan),
    get tally() {
      return view.once(tallyOf);
    },
    get correction() {
      return view.once(correctionOf);
    },
    // Rows are many: they are kept only where several ask for them.
    verdicts: () => (view.once(isReadAgain) ? view.once(rowsOf) : readRows(view)),
    sample: (index) => ledger.runs.sample(run.ordinal, index),
    once: <Value>(make: (run: RunView) => Value): Value => {
      if (!made.has(make)) made.set(make, make(view));
      return made.get(make) as Value;
    },
  };
  return view;
}

function tallyOf({ ledger, run, plan, verdicts }: RunView): Tally {
  return tallyRun(ledger, run, plan, verdicts);
}

function readRows({ ledger, run }: RunView): Iterable<VerdictRow> {
  return ledger.runs.verdicts(run.ordinal);
}

function rowsOf(view: RunView): VerdictRow[] {
  return [...readRows(view)];
}

/** Whether the rows are wanted beyond the tally: draws are followed in them, labels stand beside them, or two runs are compared. */
function isReadAgain({ ledger, run, plan }: RunView): boolean {
  return (
    plan.sequential !== undefined ||
    plan.transcriptsOf !== undefined ||
    ledger.labels.ofRun(run.ordinal).length > 0
  );
}
