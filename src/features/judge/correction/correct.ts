/**
 * @module features/judge/correction/correct
 * The rates behind a judge's rates: by its certificate (Rogan–Gladen) and by people's labels on this run's own
 * transcripts (prediction-powered), for every figure of a tally.
 */

import type { Certificate, ErrorShares, Share } from '../../../report/certificate/schema.ts';
import {
  type Correction,
  reportedCorrection,
  type SubjectCorrection,
} from '../../../report/correction.ts';
import { type Measure, NO_LEVEL, type Tally } from '../../../run/tally.ts';
import { roganGladen } from '../../../stats/judge-error/rogan-gladen.ts';
import type { CorrectedRate, JudgeErrors } from '../../../stats/judge-error/types.ts';
import { correctedByLabels, type LabelCase, type LabelledRun } from '../labels/index.ts';
import { NOBODY_LABELLED } from './messages.ts';

/** Why there is no figure. */
type Reason = Required<Pick<CorrectedRate, 'reason' | 'because'>>;

/** What there is to correct with. */
export interface Instruments {
  certificate: Certificate | null;
  /** Whether labels show that the judge errs otherwise here than the certificate says. */
  isRefuted: boolean;
  /** Why there is no certificate that may be used; null where there is one. */
  without: Reason | null;
  /** The run's cases with people's labels; null where nobody labelled. */
  labelled: LabelledRun | null;
}

/** A level's own figures count from so many examples on, on each side; with fewer, those of the whole spec do. */
const LEAST_OF_A_LEVEL = 20;

/** Fewer labels give an interval that says less than a certificate does. */
const ENOUGH_LABELS = 20;

/** Corrects every figure of a tally. */
export function correctTally(
  tally: Tally,
  levelOf: (clause: number) => string,
  instruments: Instruments,
): SubjectCorrection[] {
  const isFixed = tally.sequential === undefined;
  return tally.subjects.map((subject, place) => {
    const correct = (measure: Measure, isIn: (clause: number) => boolean, level: string | null) =>
      correctionOf(measure, instruments, {
        level,
        isIn: (one) => one.subject === place && isIn(one.place),
        isFixed,
      });
    return {
      overall: correct(subject.overall, () => true, null),
      levels: new Map(
        subject.levels.map(({ level, measure }) => [
          level,
          correct(measure, (clause) => levelOf(clause) === level, level),
        ]),
      ),
      clauses: new Map(
        subject.clauses.map((clause) => [
          clause.clause,
          correct(clause, (other) => other === clause.clause, levelOf(clause.clause)),
        ]),
      ),
    };
  });
}

/** With the caution that a run which ended by what it saw asks for. */
function ofChosenCases(rate: CorrectedRate): CorrectedRate {
  const { low, cautions = [] } = rate;
  if (low === null) return rate;
  return { ...rate, cautions: [...cautions, { code: 'cases-not-fixed' }] };
}

interface Group {
  /** The level that its clauses have in common; null: several. */
  level: string | null;
  isIn: (one: LabelCase) => boolean;
  /** Whether the number of its cases was settled before any was seen. */
  isFixed: boolean;
}

/**
 * A rate, corrected in both ways. To go by are people's labels on these very transcripts where there are enough (20, or
 * one on every case), since a certificate takes for granted that the judge errs here as it did elsewhere; also fewer
 * where they show that it does not, and never the certificate then. Else whichever gives a figure.
 */
function correctionOf(
  { rate }: Measure,
  { certificate, isRefuted, without, labelled }: Instruments,
  { level, isIn, isFixed }: Group,
): Correction {
  const byCertificate =
    certificate === null || (rate.estimate !== null && rate.low === null)
      ? refused('Rogan–Gladen', rate.confidence, without ?? missingOf(rate))
      : roganGladen(
          {
            adheres: rate.successes,
            trials: rate.trials,
            effective: rate.trials / rate.designEffect,
          },
          errorsFor(certificate, level),
          rate.confidence,
        );
  const byLabels =
    labelled === null
      ? refused('prediction-powered', rate.confidence, NOBODY_LABELLED)
      : correctedByLabels(labelled, isIn, rate.confidence);
  // An interval from 0 to 1 is no figure to go by.
  const hasFigure = ({ estimate, low }: CorrectedRate): boolean =>
    estimate !== null && low !== null;
  const enough = isRefuted || byLabels.labels >= Math.min(ENOUGH_LABELS, rate.trials);
  const told = (own: CorrectedRate) => reportedCorrection(isFixed ? own : ofChosenCases(own));
  return {
    roganGladen: told(byCertificate),
    predictionPowered: told(byLabels),
    preferred:
      hasFigure(byLabels) && (enough || !hasFigure(byCertificate))
        ? 'predictionPowered'
        : hasFigure(byCertificate) && !isRefuted
          ? 'roganGladen'
          : null,
  };
}

function missingOf({ reason = '', missing }: Measure['rate']): Reason {
  return { reason, because: { code: missing ?? 'no-interval', data: {} } };
}

function refused(method: string, confidence: number, why: Reason): CorrectedRate {
  return { estimate: null, low: null, high: null, method, confidence, labels: 0, ...why };
}

/** What the certificate says of clauses of a level, or of the whole spec where it saw too few of these. */
function errorsFor({ overall, levels }: Certificate, level: string | null): JudgeErrors {
  const own = levels.find((one) => level !== null && (one.level ?? NO_LEVEL) === level);
  const enough = (errors: ErrorShares): boolean =>
    errors.sensitivity.effective >= LEAST_OF_A_LEVEL &&
    errors.specificity.effective >= LEAST_OF_A_LEVEL;
  const { sensitivity, specificity } = own !== undefined && enough(own) ? own : overall;
  return { sensitivity: countOf(sensitivity), specificity: countOf(specificity) };
}

/** What replies of one example are worth together, with their share of hits. */
function countOf({ estimate, effective }: Share): { hits: number; trials: number } {
  if (estimate === null) return { hits: 0, trials: 0 };
  return { hits: estimate * effective, trials: effective };
}
