/**
 * @module report/findings/spec
 * Findings attributed to the spec, and clauses without a scenario, whatever they are attributed to.
 */
import { nameAt } from '../../run/names.ts';
import { clauseAt } from '../../run/plan.ts';
import { NO_LEVEL } from '../../run/tally.ts';
import { type Evidence, type Finding, foundAt } from './finding.ts';
import { standingRate } from './stand-out.ts';

const CLAUSES_TOLD = 2;

/** All findings about the text, and about what nothing tests. */
export function specFindings(evidence: Evidence): Finding[] {
  return [...everyoneFails(evidence), ...untested(evidence)];
}

function everyoneFails({ plan, tally, subjects, standOut }: Evidence): Finding[] {
  const found = foundAt('spec');
  const told = standOut.everyone.slice(0, CLAUSES_TOLD).map((place): Finding => {
    const rows = tally.subjects.flatMap(({ clauses }) =>
      clauses.filter(({ clause }) => clause === place),
    );
    const clause = clauseAt(plan, place).id;
    const rates = rows.map((row, index) => ({
      subject: nameAt(subjects, index),
      adherence: standingRate(row),
      cases: row.rate.trials,
    }));
    const evidence = rows.flatMap(({ worst }) => worst.slice(0, 1).map(({ sample }) => sample));
    return found('violated-by-all', 'high', { clause, rates }, { clause, evidence });
  });
  const others = standOut.everyone.slice(CLAUSES_TOLD).map((place) => clauseAt(plan, place).id);
  const [clause] = others;
  return clause === undefined
    ? told
    : [...told, found('violated-by-all', 'high', { others }, { clause })];
}

function untested({ plan, tally }: Evidence): Finding[] {
  const clauses = tally.untested.map((place) => clauseAt(plan, place));
  // Whoever chose some clauses, or only so many scenarios, knows that the others were not asked about.
  const isWanted = plan.selection !== undefined || plan.narrowed === 'limit';
  if (clauses.length === 0 || isWanted) return [];
  const isFile = plan.narrowed === 'suite';
  const byLevel = Map.groupBy(clauses, ({ level }) => level ?? NO_LEVEL);
  const order = [...plan.spec.levels, NO_LEVEL];
  const levels = [...byLevel]
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([level, members]) => ({
      level: level === NO_LEVEL ? null : level,
      untested: members.map(({ id }) => id),
    }));
  const inTopLevel = byLevel.has(plan.spec.levels[0] ?? NO_LEVEL);
  return [
    foundAt(isFile ? 'scenario' : 'spec')(
      'clauses-untested',
      inTopLevel ? 'medium' : 'low',
      { source: isFile ? 'suite_file' : 'run', clauses: plan.clauses.length, levels },
      { clause: levels[0]?.untested[0] },
    ),
  ];
}
