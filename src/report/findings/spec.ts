/**
 * @module report/findings/spec
 * Findings attributed to the spec, and clauses without a scenario, whatever they are attributed to.
 */
import { NO_LEVEL } from '../../run/tally.ts';
import { type Evidence, type Finding, found } from './finding.ts';

const CLAUSES_TOLD = 2;

/** All findings about the text, and about what nothing tests. */
export function specFindings(evidence: Evidence): Finding[] {
  return [...everyoneFails(evidence), ...untested(evidence)];
}

function everyoneFails({ plan, tally, subjects, standOut }: Evidence): Finding[] {
  const told = standOut.everyone.slice(0, CLAUSES_TOLD).map((place): Finding => {
    const rows = tally.subjects.map(({ clauses }) =>
      clauses.find(({ clause }) => clause === place),
    );
    const clause = plan.clauses[place]?.id ?? '';
    const rates = rows.map((row, at) => ({
      subject: subjects[at] ?? '',
      adherence: row?.rate.estimate ?? 0,
      cases: row?.rate.trials ?? 0,
    }));
    return found('violated-by-all', {
      door: 'spec',
      severity: 'high',
      clause,
      evidence: rows.flatMap((row) => row?.worst.slice(0, 1).map(({ sample }) => sample) ?? []),
      data: { clause, rates },
    });
  });
  const others = standOut.everyone
    .slice(CLAUSES_TOLD)
    .flatMap((place) => plan.clauses[place]?.id ?? []);
  const [clause] = others;
  if (clause === undefined) return told;
  return [
    ...told,
    found('violated-by-all', { door: 'spec', severity: 'high', clause, data: { others } }),
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
  const levels = [...byLevel]
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([level, members]) => ({
      level: level === NO_LEVEL ? null : level,
      untested: members.map(({ id }) => id),
    }));
  const inTopLevel = byLevel.has(plan.spec.levels[0] ?? NO_LEVEL);
  return [
    found('clauses-untested', {
      door: isFile ? 'scenario' : 'spec',
      severity: inTopLevel ? 'medium' : 'low',
      clause: levels[0]?.untested[0],
      data: { source: isFile ? 'suite_file' : 'run', clauses: plan.clauses.length, levels },
    }),
  ];
}
