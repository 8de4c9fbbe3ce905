/**
 * @module features/judge/correction/instruments
 * What the ledger knows of a run's judge: the certificate that fits, people's labels on the run's transcripts, and
 * whether the one bears the other out.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';
import { type CertificateMatch, matchCertificate } from '../../../report/certificate/match.ts';
import type { Certificate, Share } from '../../../report/certificate/schema.ts';
import type { Plan } from '../../../run/plan.ts';
import { NO_LEVEL, type Tally } from '../../../run/tally.ts';
import { newcombe } from '../../../stats/newcombe.ts';
import { count } from '../../../text/numbers.ts';
import { judgedLabels, judgeErrorsOf, labelCases, labelledRun } from '../labels/index.ts';
import { correctTally, type Instruments, type SubjectCorrection } from './correct.ts';

/** A difference of two shares, later minus earlier. */
export interface Shift {
  estimate: number | null;
  low: number | null;
  high: number | null;
}

/** All that is known of a run's judge, and the rates behind its rates. */
export interface RunCorrection extends Instruments {
  /** What a reader must know of the certificate; null: nothing. */
  note: string | null;
  people: number;
  /** Cases of this run with a label that counts in a rate. */
  cases: number;
  /** On this run's labelled transcripts minus on the certificate's marked replies; null without both. */
  transfer: { sensitivity: Shift; specificity: Shift } | null;
  subjects: SubjectCorrection[];
}

/**
 * Corrects a run's tally.
 * @param given certificates that count before those of the ledger, such as files
 */
export function correctionOfRun(
  ledger: Ledger,
  run: RunRecord,
  plan: Plan,
  tally: Tally,
  given: readonly Certificate[] = [],
): RunCorrection {
  const match = matchCertificate(
    plan,
    given.length > 0 ? given : keptCertificates(ledger).certificates,
  );
  const certificate = match.type === 'found' ? match.certificate : null;
  const labels = ledger.labels.ofRun(run.ordinal);
  const labelled =
    labels.length === 0
      ? null
      : labelledRun(
          labelCases({
            plan,
            samples: ledger.runs.samples(run.ordinal),
            verdicts: ledger.runs.verdicts(run.ordinal),
          }),
          labels,
          ledger.labels.queuesOf(run.ordinal),
        );
  const own = labelled === null ? null : judgedLabels(labelled);
  const transfer =
    own === null || own.labels === 0 || certificate === null
      ? null
      : transferOf(certificate, judgeErrorsOf(own));
  const instruments: Instruments = {
    certificate,
    isRefuted: transfer !== null && [transfer.sensitivity, transfer.specificity].some(isSure),
    without: match.type === 'found' ? '' : match.reason,
    labelled,
  };
  const levelOf = (clause: number): string => plan.clauses[clause]?.level ?? NO_LEVEL;
  return {
    ...instruments,
    note: match.type === 'found' ? noteOf(plan, match) : null,
    people: new Set(labels.map(({ person }) => person)).size,
    cases: own?.labels ?? 0,
    transfer,
    subjects: correctTally(tally, levelOf, instruments),
  };
}

function isSure({ low, high }: Shift): boolean {
  return low !== null && high !== null && (low > 0 || high < 0);
}

/** What the match says, and how many of the run's clauses the judge was not measured under. */
function noteOf(
  plan: Plan,
  { certificate, note }: Extract<CertificateMatch, { type: 'found' }>,
): string | null {
  const byCode = new Set(plan.rubrics?.flatMap((one) => (one.byCode ? [one.clause] : [])));
  const known = new Set(certificate.clauses.map(({ clause }) => clause));
  const tested = [...new Set(plan.suite.scenarios.flatMap(({ clauses }) => clauses))].filter(
    (clause) => !byCode.has(clause),
  );
  const measured = tested.filter((clause) => known.has(clause));
  const part =
    measured.length === tested.length
      ? []
      : [`measured under ${measured.length} of the ${count(tested.length, 'clause')} tested here`];
  return [...(note === null ? [] : [note]), ...part].join('; ') || null;
}

/** Against the spec's marks alone, where there are any: the certificate may stand on these very labels too. */
function transferOf(
  { overall, sources }: Certificate,
  here: ReturnType<typeof judgeErrorsOf>,
): NonNullable<RunCorrection['transfer']> {
  const there = sources.find(({ source }) => source === 'marks') ?? overall;
  return {
    sensitivity: shiftOf(here.sensitivity, there.sensitivity),
    specificity: shiftOf(here.specificity, there.specificity),
  };
}

function shiftOf(here: { hits: number; trials: number }, there: Share): Shift {
  if (here.trials === 0 || there.estimate === null || there.effective === 0) {
    return { estimate: null, low: null, high: null };
  }
  const first = { share: here.hits / here.trials, effective: here.trials };
  const second = { share: there.estimate, effective: there.effective };
  return { estimate: first.share - second.share, ...newcombe(first, second) };
}
