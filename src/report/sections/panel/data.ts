/** @module report/sections/panel/data What a report says of several judges, as data. */
import { nameAt } from '../../../run/names.ts';
import type { PanelJudge } from '../../../run/panel/panel.ts';
import { transcriptId } from '../../../run/plan.ts';
import type { RunView } from '../../run-view.ts';
import { fieldsOf } from '../../schema-parts.ts';
import { agreementSchema, type ReportPanel } from './schema.ts';

/** The panel of a run; undefined where one judge judged. */
export function panelOf({ tally: { panel }, judges }: RunView): ReportPanel | undefined {
  if (panel === undefined) return undefined;
  const name = (place: number): string => nameAt(judges, place);
  const { agreement, cannotJudge } = panel;
  return {
    consensus: panel.consensus,
    ...(panel.fallback === null ? {} : { fallback: panel.fallback }),
    ...(panel.fallbackBecause === null ? {} : { fallbackBecause: panel.fallbackBecause }),
    judges: panel.judges.map((judge) => judgeOf(judge, name(judge.judge))),
    cases: panel.cases,
    unanimous: panel.unanimous,
    split: cannotJudge.split,
    ownFamily: cannotJudge.own_family,
    agreement: {
      alpha: fieldsOf(agreementSchema, agreement.alpha),
      fleiss: agreement.fleiss === null ? null : fieldsOf(agreementSchema, agreement.fleiss),
      severity: fieldsOf(agreementSchema, agreement.severity),
      pairs: agreement.pairs.map(({ first, second, kappa }) => ({
        first: name(first),
        second: name(second),
        kappa: fieldsOf(agreementSchema, kappa),
      })),
    },
    clauses: panel.clauses.map(({ clause, cases, disagreements, alpha }) => ({
      id: clause,
      cases,
      disagreements,
      alpha: fieldsOf(agreementSchema, alpha),
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
      : { sensitivity: { ...errors.sensitivity }, specificity: { ...errors.specificity } }),
  };
}
