/**
 * @module features/judge/correction/correction
 * What the ledger knows of a run's judge: the certificate that fits, people's labels on the run's transcripts, whether
 * the one bears the other out, and the rates behind the judge's rates.
 */

import { collect } from '../../../ledger/pages.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';
import { type CertificateMatch, matchCertificate } from '../../../report/certificate/match.ts';
import type { Certificate, Share } from '../../../report/certificate/schema.ts';
import type { RunCorrection } from '../../../report/correction.ts';
import type { RunView } from '../../../report/run-view.ts';
import type { Plan } from '../../../run/plan.ts';
import { testedIn } from '../../../run/plan.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { newcombe } from '../../../stats/newcombe.ts';
import { isDifferent } from '../../../text/figures.ts';
import {
  judgedLabels,
  judgeErrorsOf,
  type LabelledRun,
  labelCases,
  labelledRun,
} from '../labels/index.ts';
import { correctTally, type Instruments } from './correct.ts';
import { type CertificateNote, noteText } from './messages.ts';
import type { ReportInstrument } from './schema.ts';

type Transfer = NonNullable<ReportInstrument['transfer']>;

/** All that is known of a run's judge, and the rates behind its rates. */
export interface JudgeKnowledge extends Instruments, RunCorrection {
  /** What a reader must know of the certificate. */
  notes: readonly CertificateNote[];
  /** The same in words; null: nothing. */
  note: string | null;
  people: number;
  /** Cases of this run with a label that counts in a rate. */
  cases: number;
  /** On this run's labelled transcripts minus on the certificate's marked replies; null without both. */
  transfer: Transfer | null;
}

/** What is known of a run's judge. Certificates that were given count before those of the ledger. */
export async function judgeKnowledge(view: RunView): Promise<JudgeKnowledge> {
  const { ledger, run, plan, tally } = view;
  const given = view.certificates;
  const match = matchCertificate(
    plan,
    given.length > 0 ? given : (await keptCertificates(ledger)).certificates,
  );
  const certificate = match.type === 'found' ? match.certificate : null;
  const labels = await ledger.labels.ofRun(run.ordinal);
  const labelled = labels.length === 0 ? null : await labelledRunOf(view, labels);
  const own = labelled === null ? null : judgedLabels(labelled);
  const transfer =
    own === null || own.labels === 0 || certificate === null
      ? null
      : transferOf(certificate, judgeErrorsOf(own));
  const instruments: Instruments = {
    certificate,
    isRefuted: transfer !== null && [transfer.sensitivity, transfer.specificity].some(isDifferent),
    without:
      match.type === 'found' ? null : { reason: match.reason, because: codedOf(match.because) },
    labelled,
  };
  const notes = match.type === 'found' ? notesOf(plan, match) : [];
  const levelOf = (clause: number): string => plan.clauses[clause]?.level ?? NO_LEVEL;
  return {
    ...instruments,
    isMeasured: certificate !== null,
    notes,
    note: notes.length === 0 ? null : notes.map(noteText).join('; '),
    people: new Set(labels.map(({ person }) => person)).size,
    // Where nobody labelled there is no labelled case.
    cases: own?.labels ?? 0,
    transfer,
    subjects: correctTally(tally, levelOf, instruments),
  };
}

async function labelledRunOf(
  { ledger, run, plan, verdicts }: RunView,
  labels: readonly LabelRecord[],
): Promise<LabelledRun> {
  const samples = await collect(ledger.runs.samples(run.ordinal));
  return labelledRun(
    labelCases({ plan, samples, verdicts: await verdicts() }),
    labels,
    await ledger.labels.queuesOf(run.ordinal),
  );
}

/** With its data, also where it needs none. */
export function codedOf({ code, ...rest }: { code: string; data?: object }) {
  return { code, data: { ...rest.data } };
}

/** What the match says, and how many of the run's clauses a model judges without having been measured under them. */
function notesOf(
  plan: Plan,
  { certificate, notes }: Extract<CertificateMatch, { type: 'found' }>,
): CertificateNote[] {
  const byCode = new Set(plan.rubrics?.flatMap((one) => (one.byCode ? [one.clause] : [])));
  const known = new Set(certificate.clauses.map(({ clause }) => clause));
  const tested = [...testedIn(plan.suite.scenarios)].filter((clause) => !byCode.has(clause));
  const measured = tested.filter((clause) => known.has(clause)).length;
  if (measured === tested.length) return [...notes];
  return [...notes, { code: 'some-clauses', data: { measured, tested: tested.length } }];
}

/** Against the spec's marks alone, where there are any: the certificate may stand on these very labels too. */
function transferOf(
  { overall, sources }: Certificate,
  here: ReturnType<typeof judgeErrorsOf>,
): Transfer {
  const there = sources.find(({ source }) => source === 'marks') ?? overall;
  return {
    sensitivity: shiftOf(here.sensitivity, there.sensitivity),
    specificity: shiftOf(here.specificity, there.specificity),
  };
}

/** A difference of two shares, later minus earlier. */
function shiftOf(here: { hits: number; trials: number }, there: Share): Transfer['sensitivity'] {
  if (here.trials === 0 || there.estimate === null || there.effective === 0) {
    return { estimate: null, low: null, high: null };
  }
  const first = { share: here.hits / here.trials, effective: here.trials };
  const second = { share: there.estimate, effective: there.effective };
  return { estimate: first.share - second.share, ...newcombe(first, second) };
}
