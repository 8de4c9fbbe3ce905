/**
 * @module features/judge/labels/session
 * One person labelling one case after the other. Every answer is in the ledger before the next case is shown, so a
 * session can end at any moment and the next one goes on where it was.
 */
import type { LabelStore } from '../../../ledger/labels.ts';
import type { Plan } from '../../../run/plan.ts';
import { valueAt } from '../../../text/at.ts';
import { caseKey, type LabelCase } from './cases.ts';
import { openItems } from './queue.ts';
import type { LabelSession } from './terminal/page.ts';

/** How labels given in the terminal are marked; imported ones bear their file's name. */
const TERMINAL = 'terminal';

export interface SessionParts {
  store: LabelStore;
  run: number;
  plan: Plan;
  person: string;
  cases: readonly LabelCase[];
  /** Whether the judges' verdicts are shown, which is remembered with every label. */
  verdictsShown: boolean;
  now: () => number;
}

/** A session over what this person was given and has not labelled. */
export async function labelSession(parts: SessionParts): Promise<LabelSession> {
  const { store, run, plan, person, cases, verdictsShown, now } = parts;
  const queues = (await store.queuesOf(run)).filter((queue) => queue.person === person);
  const hashes = new Map(plan.clauses.map(({ id, hash }) => [id, hash]));
  const inclusion = new Map(
    queues.flatMap(({ items }) => items.map((item) => [caseKey(item), item.inclusion] as const)),
  );
  const open = openItems(queues, await store.ofPerson(run, person), cases);
  const there = new Set(cases.map(caseKey));
  const total = [...inclusion.keys()].filter((key) => there.has(key)).length;
  return {
    current: () => open[0] ?? null,
    progress: () => ({ done: total - open.length, total }),
    answer: async (outcome, severity, note) => {
      const item = open[0];
      if (item === undefined) return;
      await store.add([
        {
          run,
          sample: item.sample,
          clause: item.clause,
          clauseHash: valueAt(hashes, item.clause),
          person,
          outcome,
          severity,
          note,
          inclusion: item.inclusion,
          source: verdictsShown ? `${TERMINAL}, verdicts shown` : TERMINAL,
          time: now(),
        },
      ]);
      open.shift();
    },
    skip: () => {
      const item = open.shift();
      if (item !== undefined) open.push(item);
    },
    undo: async () => {
      const last = (await store.ofPerson(run, person)).findLast(
        ({ source, ...label }) => source.startsWith(TERMINAL) && inclusion.has(caseKey(label)),
      );
      if (last === undefined || last.outcome === null) return null;
      await store.add([{ ...last, outcome: null, severity: null, note: '', time: now() }]);
      open.unshift({
        sample: last.sample,
        clause: last.clause,
        inclusion: valueAt(inclusion, caseKey(last)),
      });
      return { outcome: last.outcome, note: last.note };
    },
  };
}
