/** @module report/findings/judge Findings attributed to the judge. */

import { parseModelName } from '../../model/name.ts';
import { unknownOf } from '../../run/counts.ts';
import { isOwnFamily, isSelfJudged, sharedFamilies } from '../../run/panel/families.ts';
import { modelJudgesOf } from '../../run/plan.ts';
import { sum } from '../../stats/index.ts';
import { count, list, percent } from '../../text/numbers.ts';
import type { Evidence, Finding } from './finding.ts';

const TOO_MANY = { abstained: 0.1, unsupported: 0.05, malformed: 0.05 };

export function judgeFindings(evidence: Evidence): Finding[] {
  return [
    ...sameFamily(evidence),
    ...sameFamilyPanel(evidence),
    ...ownFamilyOnly(evidence),
    ...divided(evidence),
    ...abstains(evidence),
    ...unreachable(evidence),
    ...unsupported(evidence),
    ...malformed(evidence),
    ...planted(evidence),
    ...unmeasured(evidence),
  ];
}

function sameFamily({ plan, subjects, judges }: Evidence): Finding[] {
  return plan.judges.flatMap((judge, place): Finding[] => {
    const own = plan.subjects.flatMap((subject, index) =>
      isSelfJudged(plan, index) && isOwnFamily(subject, judge) ? (subjects[index] ?? []) : [],
    );
    if (own.length === 0) return [];
    const rates = own.length === 1 ? 'Its rate is self-judged' : 'Their rates are self-judged';
    return [
      {
        door: 'judge',
        code: 'same-family',
        severity: 'high',
        text: `${judges[place]} judges ${list(own, 4)}, of its own family (${judge.family}). ${rates}, and may be flattering.`,
        evidence: [],
        next: 'Judge with a model of another family before you compare or publish this rate.',
      },
    ];
  });
}

/** Judges of one make err together, and their agreement is no second opinion. */
function sameFamilyPanel({ plan, judges }: Evidence): Finding[] {
  return sharedFamilies(plan.judges).map(({ family, places }) => ({
    door: 'judge',
    code: 'same-family-panel',
    severity: 'medium',
    text: `${list(places.flatMap((place) => judges[place] ?? []))} are of one family (${family}). They tend to err together: their agreement overstates how sure the verdicts are, and together they outvote others.`,
    evidence: [],
    next: 'Keep one of them, and add a judge of another family.',
  }));
}

function ownFamilyOnly({ tally }: Evidence): Finding[] {
  const total = tally.panel?.cannotJudge.own_family ?? 0;
  if (total === 0) return [];
  return [
    {
      door: 'judge',
      code: 'own-family-verdicts',
      severity: 'low',
      text: `In ${count(total, 'case')} only judges of the subject’s own family gave the verdict that would have held. These count as cannot judge.`,
      evidence: [],
      next: 'Add another judge of a family that is not under test.',
    },
  ];
}

/** So much disagreement beyond chance that the verdicts say more of the judges than of the subjects. */
const LEAST_AGREEMENT = 0.4;

function divided({ tally }: Evidence): Finding[] {
  if (tally.panel === undefined) return [];
  const { agreement, disagreements, cases } = tally.panel;
  const { estimate, high } = agreement.alpha;
  if (estimate === null || high === null || high >= LEAST_AGREEMENT) return [];
  return [
    {
      door: 'judge',
      code: 'judges-divided',
      severity: 'high',
      text: `The judges disagree on ${disagreements.length} of ${count(cases, 'case')}, hardly less than chance would make them (Krippendorff’s alpha ${estimate.toFixed(2)}, at most ${high.toFixed(2)}).`,
      evidence: disagreements.slice(0, 3).map(({ sample }) => sample),
      next: 'Label the cases on which they disagree, and keep the judges that people bear out.',
    },
  ];
}

function abstains({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ verdicts, cannotJudge }, place): Finding[] => {
    const { judge, malformed: unread } = cannotJudge;
    const total = judge + unread;
    if (total === 0 || total <= verdicts * TOO_MANY.abstained) return [];
    const causes = [
      ...(judge > 0 ? [`${judge} by its own word`] : []),
      ...(unread > 0 ? [`${unread} in answers that fit no form`] : []),
    ];
    return [
      {
        door: 'judge',
        code: 'abstains',
        severity: 'medium',
        text: `${judges[place]} could not judge ${total} of ${count(verdicts, 'case')} (${percent(total / verdicts)}): ${list(causes)}.`,
        evidence: [],
        next: 'Read some of them: the clause may not say enough to decide, or the judge may be too weak.',
      },
    ];
  });
}

/** Calls to the judge that came to nothing say nothing of the clause, nor of how well it judges. */
function unreachable({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ verdicts, cannotJudge }, place): Finding[] => {
    const { judge: _, malformed: __, ...calls } = cannotJudge;
    const total = sum(Object.values(calls));
    if (total === 0) return [];
    const causes = Object.entries(calls).flatMap(([cause, number]) =>
      number > 0 ? [`${number} ${cause}`] : [],
    );
    return [
      {
        door: 'judge',
        code: 'calls-without-answer',
        severity: total > verdicts * TOO_MANY.abstained ? 'medium' : 'low',
        text: `${judges[place]} gave no answer on ${total} of ${count(verdicts, 'case')} (${percent(total / verdicts)}): ${list(causes)}.`,
        evidence: [],
        next: 'Run the same audit again: what failed is asked anew, everything else is taken from the record.',
      },
    ];
  });
}

function unsupported({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ outcomes }, place): Finding[] => {
    const total = outcomes.unsupported;
    const claimed = total + outcomes.violates;
    if (total === 0 || total <= claimed * TOO_MANY.unsupported) return [];
    return [
      {
        door: 'judge',
        code: 'citations-not-found',
        severity: 'medium',
        text: `${total} of ${count(claimed, 'violation')} that ${judges[place]} claims (${percent(total / claimed)}) are shown by no words of the subject that stand in the transcript. They count neither way.`,
        evidence: [],
        next: 'Take the worst-case bounds, and try a judge that quotes exactly.',
      },
    ];
  });
}

function malformed({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ verdicts, cannotJudge }, place): Finding[] => {
    const total = cannotJudge.malformed;
    if (total === 0) return [];
    return [
      {
        door: 'judge',
        code: 'malformed-answers',
        severity: total > verdicts * TOO_MANY.malformed ? 'medium' : 'low',
        text: `${judges[place]} answered ${total} of ${count(verdicts, 'question')} in a form that can't be read, twice each.`,
        evidence: [],
        next: 'Use a judge that keeps to a JSON schema.',
      },
    ];
  });
}

const PLANTS = [
  'sensitivity',
  'specificity',
  'abstain',
  'inapplicable',
  'malformed',
  'misquotes',
  'faults',
];

function planted({ plan, judges }: Evidence): Finding[] {
  return plan.judges.flatMap((judge, place): Finding[] => {
    const parsed = judge.simulated ? parseModelName(judge.name) : null;
    if (!parsed?.ok) return [];
    const plants = PLANTS.flatMap((key) => {
      const value = parsed.name.options[key];
      const harmless = key === 'sensitivity' || key === 'specificity' ? 1 : 0;
      return value === undefined || Number(value) === harmless ? [] : [`${key} ${value}`];
    });
    if (plants.length === 0) return [];
    return [
      {
        door: 'judge',
        code: 'planted-errors',
        severity: 'low',
        text: `${judges[place]} is simulated and errs on purpose: ${list(plants)}. Rates as judged carry these errors.`,
        evidence: [],
        next: 'Compare the rates with what the subjects’ names plant, to see what such a judge does to a report.',
      },
    ];
  });
}

function unmeasured({ plan, tally, isMeasured }: Evidence): Finding[] {
  if (isMeasured || modelJudgesOf(plan).length === 0) return [];
  const unknown = sum(tally.subjects.map(({ overall }) => unknownOf(overall)));
  return [
    {
      door: 'judge',
      code: 'errors-unmeasured',
      severity: 'medium',
      text: `The judge’s errors aren’t measured: rates are uncorrected. The intervals show sampling alone${unknown > 0 ? ', the worst-case bounds what was not judged; neither shows' : ' and not'} where the judge is wrong.`,
      evidence: [],
      next: 'Measure it: tenet judge calibrate scores it on the spec’s own marked replies.',
    },
  ];
}
