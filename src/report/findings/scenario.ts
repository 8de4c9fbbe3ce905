/** @module report/findings/scenario Findings attributed to the scenarios. */

import { count, list, percent } from '../../text/numbers.ts';
import type { Evidence, Finding } from './finding.ts';

const NAMED = 3;
const TRUNCATED_TOO_MANY = 0.05;
const SILENT_TOO_MANY = 0.05;
const TOO_WIDE = 0.5;

export function scenarioFindings(evidence: Evidence): Finding[] {
  return [
    ...nothingJudged(evidence),
    ...silent(evidence),
    ...inapplicable(evidence),
    ...truncated(evidence),
    ...fewScenarios(evidence),
    ...excluded(evidence),
  ];
}

function nothingJudged({ plan, tally }: Evidence): Finding[] {
  const asked = plan.suite.scenarios.length > 0 && plan.subjects.length > 0;
  if (!asked || tally.subjects.some(({ overall }) => overall.rate.trials > 0)) return [];
  return [
    {
      door: 'scenario',
      code: 'nothing-judged',
      severity: 'high',
      text: 'Not one case was judged, so this run says nothing about any subject.',
      evidence: [],
      next: 'Look at what was counted: the samples and verdicts there tell where it stopped.',
    },
  ];
}

/** Scenarios that came to no verdict with anybody: the fault is not one subject's. */
function silent({ plan, tally }: Evidence): Finding[] {
  // Asked once, a scenario without a verdict is one case among those that the judge's findings count.
  if (plan.subjects.length * plan.repeats < 2) return [];
  if (tally.subjects.every(({ overall }) => overall.rate.trials === 0)) return [];
  // Where scenarios are drawn by chance, some never are.
  if (tally.sequential !== undefined) return [];
  // In a run that stopped early, most scenarios are silent because nobody was asked.
  if (tally.subjects.some(({ samples }) => samples.not_run > 0)) return [];
  const places = placesWhere(tally.scenarios, ({ violates, adheres, notApplicable }) => {
    return notApplicable === 0 && [...violates, ...adheres].every((number) => number === 0);
  });
  if (places.length === 0) return [];
  const many = places.length > plan.suite.scenarios.length * SILENT_TOO_MANY;
  return [
    {
      door: 'scenario',
      code: 'no-verdict-with-anyone',
      severity: many ? 'medium' : 'low',
      text: `${count(places.length, 'scenario')} of ${plan.suite.scenarios.length} came to no verdict with any subject (refused, failed, or not to be judged): ${namesOf(plan, places)}.`,
      evidence: samplesOf(plan, places),
      next: 'See what became of these: the provider may have no form for their roles, or there may be nothing in them to judge.',
    },
  ];
}

function inapplicable({ plan, tally }: Evidence): Finding[] {
  const places = placesWhere(tally.scenarios, ({ violates, adheres, notApplicable }) => {
    return notApplicable > 0 && [...violates, ...adheres].every((number) => number === 0);
  });
  if (places.length === 0) return [];
  return [
    {
      door: 'scenario',
      code: 'never-applicable',
      severity: 'low',
      text: `In ${count(places.length, 'scenario')} the judge held that the clause has no bearing, whoever replied: ${namesOf(plan, places)}.`,
      evidence: samplesOf(plan, places),
      next: 'Move these scenarios to the clause that they do test, or take them out.',
    },
  ];
}

function truncated({ tally, subjects }: Evidence): Finding[] {
  const rows = tally.subjects.flatMap(({ truncated: cut, samples: { replied } }, subject) =>
    cut > replied * TRUNCATED_TOO_MANY ? [{ subject, cut, replied }] : [],
  );
  if (rows.length === 0) return [];
  const parts = rows.map(
    ({ subject, cut, replied }) =>
      `${cut} of ${replied} of ${subjects[subject]} (${percent(cut / replied)})`,
  );
  return [
    {
      door: 'scenario',
      code: 'replies-truncated',
      severity: 'medium',
      text: `Replies were cut short by the token limit and judged as they stand: ${list(parts, NAMED)}.`,
      evidence: [],
      next: 'Raise --max-tokens, or read these rates as of cut replies.',
    },
  ];
}

function fewScenarios({ tally }: Evidence): Finding[] {
  if (tally.subjects.every(({ overall }) => overall.rate.trials === 0)) return [];
  const first = tally.subjects[0]?.clauses ?? [];
  const wide = first.filter((_, row) =>
    tally.subjects.some(({ clauses }) => {
      const rate = clauses[row]?.rate;
      return rate !== undefined && (rate.high ?? 1) - (rate.low ?? 0) > TOO_WIDE;
    }),
  );
  if (wide.length === 0) return [];
  const trials = wide.map(({ rate }) => rate.trials).toSorted((a, b) => a - b);
  const median = trials[Math.floor(trials.length / 2)] ?? 0;
  return [
    {
      door: 'scenario',
      code: 'few-scenarios',
      severity: 'low',
      text: `For ${wide.length} of ${count(first.length, 'tested clause')} the interval is wider than 50 points (the median has ${count(median, 'judged case')}). Those rates say little one by one.`,
      evidence: [],
      next: 'Add scenarios for these clauses; more repeats help less. A dry run tells the width beforehand.',
    },
  ];
}

const REASONS: Record<string, string> = {
  elided: 'words of the conversation are left out in print',
  no_clause: 'they stand under no clause',
  no_messages: 'there are no words in them',
  duplicate: 'an earlier one puts the same question for the same clauses',
  ends_with_assistant: 'there is nothing to reply to',
};

/** Why scenarios of a source were left out of the suite, in words. */
export function exclusionReason(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('_', ' ');
}

function excluded({ plan }: Evidence): Finding[] {
  const reasons = Object.entries(plan.suite.excluded).filter(([, number]) => number > 0);
  const total = reasons.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return [];
  const parts = reasons.map(([reason, number]) => `${number} because ${exclusionReason(reason)}`);
  return [
    {
      door: 'scenario',
      code: 'scenarios-excluded',
      severity: 'low',
      text: `${count(total, 'conversation')} of the source ${total === 1 ? 'was' : 'were'} left out: ${list(parts)}.`,
      evidence: [],
      next: 'Write those you need in full into a suite file.',
    },
  ];
}

function placesWhere<Item>(items: readonly Item[], test: (item: Item) => boolean): number[] {
  return items.flatMap((item, place) => (test(item) ? [place] : []));
}

function namesOf(plan: Evidence['plan'], places: readonly number[]): string {
  return list(
    places.map((place) => plan.suite.scenarios[place]?.id ?? ''),
    NAMED,
  );
}

/** Each scenario's sample with the first subject. */
function samplesOf(plan: Evidence['plan'], places: readonly number[]): number[] {
  return places.slice(0, NAMED).map((place) => place * plan.subjects.length);
}
