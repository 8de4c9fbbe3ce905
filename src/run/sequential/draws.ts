/**
 * @module run/sequential/draws
 * Which sample stands for which draw of which clause. Draws of a clause are its scenarios, chosen by chance with
 * replacement, so that their verdicts are independent and their mean is the rate over these scenarios.
 */
import { hash } from 'node:crypto';
import { type Random, seededRandom } from '../../stats/index.ts';
import { at, valueAt } from '../../text/at.ts';
import { clauseAt, type Plan } from '../plan.ts';
import { questionHash } from '../suite/same-question.ts';

/** What gets a sequence of its own: a subject and a clause, by their places in the plan. */
export interface Cell {
  subject: number;
  clause: number;
}

export interface Draws {
  /** By subject, then in the order of the clauses. */
  cells: Cell[];
  /** For each cell its samples so far, first draw first. */
  samples: number[][];
  /** Whether a cell's next draw would ask a scenario more often than the plan allows. */
  exhausted: boolean[];
  /**
   * Draws as many for each cell as asked, by turns, so that a round that is cut short has served all alike. Gives the
   * new samples in that order.
   */
  draw(counts: readonly number[]): number[];
}

/**
 * Draws for a plan, none made yet. The same calls always give the same draws.
 *
 * A scenario that is drawn again is asked as its next repeat, whichever of its clauses it is drawn for: no answer
 * serves two draws. Scenarios with equal questions count their repeats together, since equal calls are made once.
 */
export function createDraws(plan: Plan): Draws {
  const { scenarios } = plan.suite;
  const places = new Map(plan.clauses.map(({ id }, place) => [id, place]));
  const scenariosOf = new Map<number, number[]>();
  let place = 0;
  for (const { clauses } of scenarios) {
    for (const id of clauses) {
      const clause = places.get(id);
      if (clause === undefined) continue;
      const own = scenariosOf.get(clause);
      if (own === undefined) scenariosOf.set(clause, [place]);
      else own.push(place);
    }
    place++;
  }
  const tested = [...scenariosOf.keys()].toSorted((a, b) => a - b);
  const cells = plan.subjects.flatMap((_, subject) =>
    tested.map((clause) => ({ subject, clause })),
  );
  const questions = Array.from(scenarios, questionHash);
  const asked = plan.subjects.map(() => new Map<string, number>());
  const random = cells.map((cell) => randomOf(plan, cell));
  const samples: number[][] = cells.map(() => []);
  const exhausted = cells.map(() => false);

  const drawOne = (cell: number): number | null => {
    const { subject, clause } = at(cells, cell);
    const pot = valueAt(scenariosOf, clause);
    const scenario = at(pot, Math.floor(at(random, cell)() * pot.length));
    const question = at(questions, scenario);
    const counts = at(asked, subject);
    // What was not asked yet has no repeats.
    const repeat = counts.get(question) ?? 0;
    // A cell ends at its first draw that can't be had: to go on with others would favour rarely drawn scenarios.
    if (repeat >= plan.repeats) return null;
    counts.set(question, repeat + 1);
    return (repeat * scenarios.length + scenario) * plan.subjects.length + subject;
  };

  return {
    cells,
    samples,
    exhausted,
    draw: (counts) => {
      const drawn: number[] = [];
      const most = Math.max(0, ...counts);
      for (let turn = 0; turn < most; turn++) {
        for (const [cell, count] of counts.entries()) {
          if (turn >= count || exhausted[cell]) continue;
          const sample = drawOne(cell);
          if (sample === null) {
            exhausted[cell] = true;
            continue;
          }
          at(samples, cell).push(sample);
          drawn.push(sample);
        }
      }
      return drawn;
    },
  };
}

/**
 * A cell's own chance. What is asked for (a precision, a bound, repeats) is no part of its seed: a run that asks for
 * more draws the same first, and finds their calls on record.
 */
function randomOf(plan: Plan, { subject, clause }: Cell): Random {
  const words = [
    plan.suite.hash,
    plan.seed,
    plan.subjects[subject]?.name,
    plan.subjects[subject]?.system,
    clauseAt(plan, clause).id,
  ];
  return seededRandom(Number.parseInt(hash('sha256', JSON.stringify(words)).slice(0, 8), 16));
}
