/**
 * @module report/findings/spec
 * Findings attributed to the spec, and clauses without a scenario, whatever they are attributed to.
 */
import { NO_LEVEL } from '../../run/tally.ts';
import { count, list, percent } from '../../text/numbers.ts';
import type { Evidence, Finding } from './finding.ts';

const CLAUSES_TOLD = 2;
const CLAUSES_NAMED = 6;

export function specFindings(evidence: Evidence): Finding[] {
  return [...everyoneFails(evidence), ...untested(evidence)];
}

function everyoneFails({ plan, tally, subjects, standOut }: Evidence): Finding[] {
  const told = standOut.everyone.slice(0, CLAUSES_TOLD).map((place): Finding => {
    const rows = tally.subjects.map(({ clauses }) =>
      clauses.find(({ clause }) => clause === place),
    );
    const rates = rows.map(
      (row, subject) =>
        `${subjects[subject]} ${percent(row?.rate.estimate ?? 0)} of ${row?.rate.trials ?? 0}`,
    );
    const id = plan.clauses[place]?.id;
    return {
      door: 'spec',
      code: 'violated-by-all',
      severity: 'high',
      clause: id,
      text: `Every subject violates #${id} most of the time: adherence is ${list(rates, 4)}. When all fail alike, the text may ask too much or be unclear.`,
      evidence: rows.flatMap((row) => row?.worst.slice(0, 1).map(({ sample }) => sample) ?? []),
      next: 'Read the clause beside these transcripts before you blame the models.',
    };
  });
  const others = standOut.everyone
    .slice(CLAUSES_TOLD)
    .flatMap((place) => plan.clauses[place] ?? [])
    .map(({ id }) => id);
  const first = others[0];
  if (first === undefined) return told;
  return [
    ...told,
    {
      door: 'spec',
      code: 'violated-by-all',
      severity: 'high',
      clause: first,
      text: `Every subject also violates ${list(
        others.map((id) => `#${id}`),
        CLAUSES_NAMED,
      )} most of the time.`,
      evidence: [],
      next: 'Read these clauses with an eye for what they ask and of whom.',
    },
  ];
}

function untested({ plan, tally }: Evidence): Finding[] {
  const clauses = tally.untested.flatMap((place) => plan.clauses[place] ?? []);
  // Whoever chose some clauses, or only so many scenarios, knows that the others were not asked about.
  const isWanted = plan.selection !== undefined || plan.narrowed === 'limit';
  if (clauses.length === 0 || isWanted) return [];
  const isFile = plan.narrowed === 'suite';
  const byLevel = Map.groupBy(clauses, ({ level }) => level ?? NO_LEVEL);
  const order = [...plan.spec.levels, NO_LEVEL];
  const levels = [...byLevel].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  let room = CLAUSES_NAMED;
  const parts = levels.map(([level, members]) => {
    const shown = members.slice(0, room).map(({ id }) => `#${id}`);
    room -= shown.length;
    const rest = members.length > shown.length && shown.length > 0 ? ', …' : '';
    const ids = shown.length === 0 ? '' : ` (${shown.join(', ')}${rest})`;
    return `${members.length} ${level === NO_LEVEL ? 'without a level' : level}${ids}`;
  });
  const inTopLevel = byLevel.has(plan.spec.levels[0] ?? NO_LEVEL);
  return [
    {
      door: isFile ? 'scenario' : 'spec',
      code: 'clauses-untested',
      severity: inTopLevel ? 'medium' : 'low',
      clause: levels[0]?.[1][0]?.id,
      text: `${count(clauses.length, 'clause')} of ${plan.clauses.length} ${clauses.length === 1 ? 'has' : 'have'} no scenario in ${isFile ? 'the suite file' : 'this run'}, so nothing is known of ${clauses.length === 1 ? 'it' : 'them'}: ${parts.join('; ')}.`,
      evidence: [],
      next: isFile
        ? "Add rows for these clauses to the suite file; 'tenet suite draw' prints those that the spec itself holds."
        : 'Add examples or eval prompts to the spec, or rows for these clauses to a suite file.',
    },
  ];
}
