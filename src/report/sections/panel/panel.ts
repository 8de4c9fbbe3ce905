/** @module report/sections/panel/panel What a report says of several judges. */

import { judgeIds } from '../../../run/names.ts';
import type { Chance } from '../../../run/panel/latent.ts';
import type { PanelJudge, PanelTally } from '../../../run/panel/panel.ts';
import { type Plan, transcriptId } from '../../../run/plan.ts';
import type { Agreement } from '../../../stats/index.ts';
import type { ReportAgreement, ReportPanel } from './panel-schema.ts';

/** The panel of a run, as plain data. */
export function panelOf(plan: Plan, panel: PanelTally): ReportPanel {
  const ids = judgeIds(plan);
  const name = (place: number): string => ids[place] ?? '';
  const { agreement } = panel;
  return {
    consensus: panel.consensus,
    ...(panel.fallback === null ? {} : { fallback: panel.fallback }),
    judges: panel.judges.map((judge) => judgeOf(judge, name(judge.judge))),
    cases: panel.cases,
    unanimous: panel.unanimous,
    split: panel.cannotJudge.split,
    ownFamily: panel.cannotJudge.own_family,
    agreement: {
      alpha: agreementOf(agreement.alpha),
      fleiss: agreement.fleiss === null ? null : agreementOf(agreement.fleiss),
      severity: agreementOf(agreement.severity),
      pairs: agreement.pairs.map(({ first, second, kappa }) => ({
        first: name(first),
        second: name(second),
        kappa: agreementOf(kappa),
      })),
    },
    clauses: panel.clauses.map(({ clause, cases, disagreements, alpha }) => ({
      id: clause,
      cases,
      disagreements,
      alpha: agreementOf(alpha),
    })),
    disagreements: panel.disagreements.map(({ sample, clause, degree, outcomes }) => ({
      transcript: transcriptId(sample),
      clause,
      degree,
      outcomes: [...outcomes],
    })),
  };
}

function judgeOf(
  { votes, without, dissents, errors }: PanelJudge,
  id: string,
): ReportPanel['judges'][number] {
  return {
    id,
    votes: { ...votes },
    without,
    dissents,
    ...(errors === null
      ? {}
      : { sensitivity: chanceOf(errors.sensitivity), specificity: chanceOf(errors.specificity) }),
  };
}

function chanceOf({ estimate, standardError }: Chance): {
  estimate: number;
  standardError: number | null;
} {
  return { estimate, standardError };
}

/** A coefficient as plain data. */
export function agreementOf(agreement: Agreement): ReportAgreement {
  const { estimate, low, high, observed, method, confidence, items, clusters, reason } = agreement;
  const figures = { estimate, low, high, observed, method, confidence, items, clusters };
  return { ...figures, ...(reason === undefined ? {} : { reason }) };
}
