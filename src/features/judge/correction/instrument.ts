/** @module features/judge/correction/instrument What a report says of its judge as a measuring instrument. */

import { certificateHash } from '../../../report/certificate/identity.ts';
import type { Share } from '../../../report/certificate/schema.ts';
import { differenceText, isDifferent } from '../../../report/figures.ts';
import type { Report, ReportCorrectedRate } from '../../../report/schema.ts';
import type { Plan } from '../../../run/plan.ts';
import { specName } from '../../../spec/index.ts';
import { count } from '../../../text/numbers.ts';
import type { ReportInstrument } from './instrument-schema.ts';
import type { RunCorrection } from './instruments.ts';

/** The judge of a run, as far as it was measured. */
export function instrumentOf(plan: Plan, correction: RunCorrection): ReportInstrument {
  const { certificate, note, without, people, cases, transfer } = correction;
  return {
    certificate:
      certificate === null
        ? null
        : {
            hash: certificateHash(certificate),
            created: certificate.created,
            spec: specName(certificate.spec),
            sameSpec: certificate.spec.sha256 === plan.spec.sha256,
            note,
            items: certificate.data.items,
            sensitivity: measuredOf(certificate.overall.sensitivity),
            specificity: measuredOf(certificate.overall.specificity),
            attacked: (certificate.attack ?? null) !== null,
          },
    reason: certificate === null ? without : null,
    labels: { people, cases },
    transfer,
  };
}

function measuredOf({ estimate, low, high, trials }: Share) {
  return { estimate, low, high, trials };
}

/** Whether several models judged together, so that the certificate is of their panel. */
export function isPanel({ panel }: Pick<Report, 'panel'>): boolean {
  return panel !== undefined;
}

/** Why there is no corrected rate, and how many labels would do, where that is known. */
export function refusalOf(rate: ReportCorrectedRate): string {
  return `${rate.reason ?? 'the data do not carry it'}${remedyOf(rate)}`;
}

/** ` (about 59 labels would do)`, or nothing. */
export function remedyOf({ labelsNeeded }: Pick<ReportCorrectedRate, 'labelsNeeded'>): string {
  return labelsNeeded === undefined ? '' : ` (about ${count(labelsNeeded, 'label')} would do)`;
}

/** Whether labels leave it possible that the judge errs here as its certificate says. */
export function holdsHere({
  sensitivity,
  specificity,
}: NonNullable<ReportInstrument['transfer']>): boolean {
  return !isDifferent(sensitivity) && !isDifferent(specificity);
}

/** `+4 [−27, +15] points`, or that there was nothing to tell it by. */
export function shiftText(shift: NonNullable<ReportInstrument['transfer']>['sensitivity']): string {
  return shift.estimate === null ? 'not known (no such label)' : `${differenceText(shift)} points`;
}
