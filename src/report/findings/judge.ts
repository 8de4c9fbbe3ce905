/** @module report/findings/judge Findings attributed to the judge. */

import { parseModelName } from '../../model/name.ts';
import { unknownOf } from '../../run/counts.ts';
import { isOwnFamily, isSelfJudged, sharedFamilies } from '../../run/panel/families.ts';
import { voicesOf } from '../../run/plan.ts';
import { sum } from '../../stats/index.ts';
import { type Evidence, type Finding, found } from './finding.ts';

const TOO_MANY = { abstained: 0.1, unsupported: 0.05, malformed: 0.05 };

/** All findings about the judges. */
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
    return [
      found('same-family', {
        door: 'judge',
        severity: 'high',
        data: { judge: judges[place] ?? '', family: judge.family, subjects: own },
      }),
    ];
  });
}

/** Judges of one make err together, and their agreement is no second opinion. */
function sameFamilyPanel({ plan, judges }: Evidence): Finding[] {
  return sharedFamilies(plan.judges).map(({ family, places }) =>
    found('same-family-panel', {
      door: 'judge',
      severity: 'medium',
      data: { judges: places.flatMap((place) => judges[place] ?? []), family },
    }),
  );
}

function ownFamilyOnly({ tally }: Evidence): Finding[] {
  const cases = tally.panel?.cannotJudge.own_family ?? 0;
  if (cases === 0) return [];
  return [found('own-family-verdicts', { door: 'judge', severity: 'low', data: { cases } })];
}

/** So much disagreement beyond chance that the verdicts say more of the judges than of the subjects. */
const LEAST_AGREEMENT = 0.4;

function divided({ tally }: Evidence): Finding[] {
  if (tally.panel === undefined) return [];
  const { agreement, disagreements, cases } = tally.panel;
  const { estimate: alpha, high: atMost } = agreement.alpha;
  if (alpha === null || atMost === null || atMost >= LEAST_AGREEMENT) return [];
  return [
    found('judges-divided', {
      door: 'judge',
      severity: 'high',
      evidence: disagreements.slice(0, 3).map(({ sample }) => sample),
      data: { disagreements: disagreements.length, cases, alpha, atMost },
    }),
  ];
}

function abstains({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ verdicts, cannotJudge }, place): Finding[] => {
    const { judge: byItsWord, malformed: unread } = cannotJudge;
    const total = byItsWord + unread;
    if (total === 0 || total <= verdicts * TOO_MANY.abstained) return [];
    return [
      found('abstains', {
        door: 'judge',
        severity: 'medium',
        data: { judge: judges[place] ?? '', cases: verdicts, byItsWord, malformed: unread },
      }),
    ];
  });
}

/** Calls to the judge that came to nothing say nothing of the clause, nor of how well it judges. */
function unreachable({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ verdicts, cannotJudge }, place): Finding[] => {
    const { judge: _, malformed: __, ...causes } = cannotJudge;
    const total = sum(Object.values(causes));
    if (total === 0) return [];
    return [
      found('calls-without-answer', {
        door: 'judge',
        severity: total > verdicts * TOO_MANY.abstained ? 'medium' : 'low',
        data: { judge: judges[place] ?? '', cases: verdicts, causes },
      }),
    ];
  });
}

function unsupported({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ outcomes }, place): Finding[] => {
    const total = outcomes.unsupported;
    const claimed = total + outcomes.violates;
    if (total === 0 || total <= claimed * TOO_MANY.unsupported) return [];
    return [
      found('citations-not-found', {
        door: 'judge',
        severity: 'medium',
        data: { judge: judges[place] ?? '', unsupported: total, claimed },
      }),
    ];
  });
}

function malformed({ tally, judges }: Evidence): Finding[] {
  return tally.judges.flatMap(({ verdicts, cannotJudge }, place): Finding[] => {
    const total = cannotJudge.malformed;
    if (total === 0) return [];
    return [
      found('malformed-answers', {
        door: 'judge',
        severity: total > verdicts * TOO_MANY.malformed ? 'medium' : 'low',
        data: { judge: judges[place] ?? '', malformed: total, questions: verdicts },
      }),
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
    const plants = PLANTS.flatMap((option) => {
      const value = parsed.name.options[option];
      const harmless = option === 'sensitivity' || option === 'specificity' ? 1 : 0;
      return value === undefined || Number(value) === harmless ? [] : [{ option, value }];
    });
    if (plants.length === 0) return [];
    return [
      found('planted-errors', {
        door: 'judge',
        severity: 'low',
        data: { judge: judges[place] ?? '', planted: plants },
      }),
    ];
  });
}

function unmeasured({ plan, tally, isMeasured }: Evidence): Finding[] {
  if (isMeasured || voicesOf(plan).length === 0) return [];
  const undecided = sum(tally.subjects.map(({ overall }) => unknownOf(overall)));
  return [found('errors-unmeasured', { door: 'judge', severity: 'medium', data: { undecided } })];
}
