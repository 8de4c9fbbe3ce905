/**
 * @module features/spec/resolve/settings
 * Settings are exact, so code decides them: the higher level holds, at one level the later one. They switch
 * clauses on whose tag is the setting's name.
 */
import type { Questions } from './answers.ts';
import type { Candidates, SettingCandidate } from './candidates.ts';
import type { Reason } from './messages.ts';
import type { Trace } from './trace.ts';

const TRUE = new Set(['true', 'yes', 'on', '1']);

/** Decides which values hold, and with them which conditional clauses apply. */
export function decideSettings(found: Candidates, questions: Questions, trace: Trace): void {
  const holding = new Map<string, SettingCandidate>();
  for (const [name, values] of Map.groupBy(found.settings, (setting) => setting.name)) {
    const [winner, ...rest] = values.toSorted((a, b) => a.rank - b.rank || b.position - a.position);
    if (winner === undefined) continue;
    holding.set(name, winner);
    for (const loser of rest) giveWay(loser, winner, trace);
  }
  for (const [name, clauses] of found.conditional) {
    const holder = holding.get(name);
    const answer =
      holder === undefined
        ? questions.yesOrNo({
            id: `setting:${name}`,
            type: 'setting',
            about: name,
            subjects: clauses.map(({ id }) => id),
            candidates: { clauseLevels: [], ids: [] },
          })
        : { yes: TRUE.has(holder.value.toLowerCase()), by: 'text' };
    const question = `setting:${name}`;
    const from = holder?.id ?? question;
    for (const clause of clauses) {
      const step = { rule: 'condition', from, to: clause } as const;
      if (answer === null) {
        clause.depends.push(question);
        const reason: Reason = { code: 'setting-unknown', data: { setting: name } };
        trace.decide({ ...step, result: 'undetermined', reason, settledBy: 'nobody', question });
      } else {
        const result = answer.yes ? 'in_force' : 'not_applicable';
        const data = { setting: name, value: answer.yes };
        const reason: Reason = { code: 'setting-is', data };
        trace.decide({ ...step, result, reason, settledBy: answer.by });
      }
    }
  }
}

function giveWay(loser: SettingCandidate, winner: SettingCandidate, trace: Trace): void {
  if (loser.value === winner.value) return;
  const isHigher = winner.rank < loser.rank;
  const data = { by: winner.id, setting: winner.text };
  const levels = { level: winner.level, below: loser.level };
  trace.decide({
    rule: isHigher ? 'higher-setting' : 'later-setting',
    from: winner.id,
    to: loser,
    result: 'overridden',
    reason: isHigher
      ? { code: 'set-higher', data: { ...data, ...levels } }
      : { code: 'set-later', data },
    settledBy: 'text',
  });
}
