/**
 * @module report/run-view
 * A stored run as the sections of its report see it: what they ask of it is read once.
 */
import type { Ledger } from '../ledger/ledger.ts';
import { collect } from '../ledger/pages.ts';
import type { VerdictRow } from '../ledger/rows.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { judgeIds, subjectIds } from '../run/names.ts';
import type { Plan } from '../run/plan.ts';
import { tallyRun } from '../run/run.ts';
import type { Tally } from '../run/tally.ts';
import type { Certificate } from './certificate/schema.ts';
import type { RunCorrection } from './correction.ts';

type StoredSample = NonNullable<Awaited<ReturnType<Ledger['runs']['sample']>>>;

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
  /** Verdicts of all judges, ordered by sample, clause and judge. Read once. */
  verdicts(): Promise<readonly VerdictRow[]>;
  /** One of the worst samples of the tally, with its verdicts; null where it is gone. */
  sample(index: number): StoredSample | null;
  /** What `make` gives for this run. It is called the first time only, whoever asks for it. */
  once<Value>(make: (run: RunView) => Value): Value;
}

/** What a view is made of. */
export interface RunViewInput
  extends Pick<RunView, 'ledger' | 'run' | 'plan'>,
    Partial<Pick<RunView, 'certificates'>> {
  /** Knows the rates behind the judge's rates. */
  correct?: (run: RunView) => Promise<RunCorrection>;
}

/** The view of a stored run, its tally and what corrects it counted already. */
export async function openRunView({
  correct,
  certificates = [],
  ...about
}: RunViewInput): Promise<RunView> {
  const { ledger, run, plan } = about;
  // Rows are many: they are kept only where several ask for them.
  let kept: Promise<VerdictRow[]> | null = null;
  const verdicts = (): Promise<VerdictRow[]> => {
    kept ??= collect(ledger.runs.verdicts(run.ordinal));
    return kept;
  };
  const read = (await isReadAgain(about)) ? await verdicts() : undefined;
  const tally = await tallyRun(ledger, run, plan, read);
  const sample = await worstSamples(ledger, run, tally);
  const made = new Map<unknown, unknown>();
  const view = {
    ...{ ledger, run, plan, certificates, verdicts },
    subjects: subjectIds(plan),
    judges: judgeIds(plan),
    ...{ tally, sample },
    correction: null as RunCorrection | null,
    once: <Value>(make: (run: RunView) => Value): Value => {
      if (!made.has(make)) made.set(make, make(view));
      return made.get(make) as Value;
    },
  };
  view.correction = (await correct?.(view)) ?? null;
  return view;
}

async function worstSamples(
  ledger: Ledger,
  run: RunRecord,
  { subjects }: Tally,
): Promise<RunView['sample']> {
  const worst = subjects.flatMap(({ clauses }) =>
    clauses.flatMap((clause) => clause.worst.map(({ sample }) => sample)),
  );
  const read = [...new Set(worst)].map(
    async (index) => [index, await ledger.runs.sample(run.ordinal, index)] as const,
  );
  const samples = new Map(await Promise.all(read));
  return (index) => samples.get(index) ?? null;
}

/** Whether the rows are wanted beyond the tally: draws are followed in them, labels stand beside them, or two runs are compared. */
async function isReadAgain({
  ledger,
  run,
  plan,
}: Pick<RunView, 'ledger' | 'run' | 'plan'>): Promise<boolean> {
  return (
    plan.sequential !== undefined ||
    plan.transcriptsOf !== undefined ||
    (await ledger.labels.ofRun(run.ordinal)).length > 0
  );
}
