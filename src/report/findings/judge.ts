/** @module report/findings/judge Findings attributed to the judge. */

import { parseModelName } from '../../model/name.ts';
import type { JudgeTally } from '../../run/count-rows.ts';
import { unknownOf } from '../../run/counts.ts';
import { nameAt } from '../../run/names.ts';
import { isOwnFamily, isSelfJudged, sharedFamilies } from '../../run/panel/families.ts';
import { type PlannedJudge, voicesOf } from '../../run/plan.ts';
import { sum } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import { type Evidence, type Finding, foundAt } from './finding.ts';

const found = foundAt('judge');

const TOO_MANY = { abstained: 0.1, unsupported: 0.05, malformed: 0.05 };

/** What a rule is told of one judge. */
interface Case {
  /** Its name in reports. */
  judge: string;
  planned: PlannedJudge;
  tallied: JudgeTally;
}

/** All findings about the judges. */
export function judgeFindings(evidence: Evidence): Finding[] {
  const { plan, tally, judges } = evidence;
  const cases = plan.judges.map((planned, place): Case => {
    return { judge: nameAt(judges, place), planned, tallied: at(tally.judges, place) };
  });
  const each = (rule: (one: Case) => Finding | null): Finding[] =>
    cases.map(rule).filter((finding) => finding !== null);
  return [
    ...each((one) => sameFamily(one, evidence)),
    ...sameFamilyPanel(evidence),
    ...ownFamilyOnly(evidence),
    ...divided(evidence),
    ...each(abstains),
    ...each(unreachable),
    ...each(unsupported),
    ...each(malformed),
    ...each(planted),
    ...unmeasured(evidence),
  ];
}

function sameFamily({ judge, planned }: Case, { plan, subjects }: Evidence): Finding | null {
  const own = plan.subjects.flatMap((subject, index) =>
    isSelfJudged(plan, index) && isOwnFamily(subject, planned) ? [nameAt(subjects, index)] : [],
  );
  if (own.length === 0 || planned.family === null) return null;
  return found('same-family', 'high', { judge, family: planned.family, subjects: own });
}

/** Judges of one make err together, and their agreement is no second opinion. */
function sameFamilyPanel({ plan, judges }: Evidence): Finding[] {
  return sharedFamilies(plan.judges).map(({ family, places }) => {
    const own = places.map((place) => nameAt(judges, place));
    return found('same-family-panel', 'medium', { judges: own, family });
  });
}

function ownFamilyOnly({ tally }: Evidence): Finding[] {
  const cases = tally.panel?.cannotJudge.own_family;
  return cases === undefined || cases === 0 ? [] : [found('own-family-verdicts', 'low', { cases })];
}

/** So much disagreement beyond chance that the verdicts say more of the judges than of the subjects. */
const LEAST_AGREEMENT = 0.4;

function divided({ tally }: Evidence): Finding[] {
  if (tally.panel === undefined) return [];
  const { agreement, disagreements, cases } = tally.panel;
  const { estimate: alpha, high: atMost } = agreement.alpha;
  if (alpha === null || atMost === null || atMost >= LEAST_AGREEMENT) return [];
  const data = { disagreements: disagreements.length, cases, alpha, atMost };
  const evidence = disagreements.slice(0, 3).map(({ sample }) => sample);
  return [found('judges-divided', 'high', data, { evidence })];
}

function abstains({ judge, tallied }: Case): Finding | null {
  const { verdicts: cases, cannotJudge } = tallied;
  const { judge: byItsWord, malformed: unread } = cannotJudge;
  const total = byItsWord + unread;
  if (total === 0 || total <= cases * TOO_MANY.abstained) return null;
  return found('abstains', 'medium', { judge, cases, byItsWord, malformed: unread });
}

/** Calls to the judge that came to nothing say nothing of the clause, nor of how well it judges. */
function unreachable({ judge, tallied }: Case): Finding | null {
  const { judge: _, malformed: __, ...causes } = tallied.cannotJudge;
  const { verdicts: cases } = tallied;
  const total = sum(Object.values(causes));
  if (total === 0) return null;
  const severity = total > cases * TOO_MANY.abstained ? 'medium' : 'low';
  return found('calls-without-answer', severity, { judge, cases, causes });
}

function unsupported({ judge, tallied: { outcomes } }: Case): Finding | null {
  const total = outcomes.unsupported;
  const claimed = total + outcomes.violates;
  if (total === 0 || total <= claimed * TOO_MANY.unsupported) return null;
  return found('citations-not-found', 'medium', { judge, unsupported: total, claimed });
}

function malformed({ judge, tallied }: Case): Finding | null {
  const { verdicts: questions, cannotJudge } = tallied;
  const total = cannotJudge.malformed;
  if (total === 0) return null;
  const severity = total > questions * TOO_MANY.malformed ? 'medium' : 'low';
  return found('malformed-answers', severity, { judge, malformed: total, questions });
}

/** Errors that a simulated judge's name can plant, with the value that plants none. */
const PLANTS = {
  sensitivity: 1,
  specificity: 1,
  abstain: 0,
  inapplicable: 0,
  malformed: 0,
  misquotes: 0,
  faults: 0,
};

function planted({ judge, planned }: Case): Finding | null {
  const parsed = planned.simulated ? parseModelName(planned.name) : null;
  if (!parsed?.ok) return null;
  const { options } = parsed.name;
  const plants = Object.entries(PLANTS).flatMap(([option, harmless]) => {
    const value = options[option];
    return value === undefined || Number(value) === harmless ? [] : [{ option, value }];
  });
  return plants.length === 0 ? null : found('planted-errors', 'low', { judge, planted: plants });
}

function unmeasured({ plan, tally, isMeasured }: Evidence): Finding[] {
  if (isMeasured || voicesOf(plan).length === 0) return [];
  const undecided = sum(tally.subjects.map(({ overall }) => unknownOf(overall)));
  return [found('errors-unmeasured', 'medium', { undecided })];
}
