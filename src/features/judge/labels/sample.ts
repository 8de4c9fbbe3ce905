/**
 * @module features/judge/labels/sample
 * Which cases a person is given to label. Whoever draws in the same way with the same seed gets the same cases, so
 * that people's agreement shows.
 */
import { hash } from 'node:crypto';
import { caseKey, type LabelCase } from './cases.ts';

/**
 * - `random`: any case, all with the same chance.
 * - `stratified`: by clause and the judge's verdict.
 * - `disagreements`: where the judges of a panel disagree, most first. Chosen, and not drawn by chance.
 * - `narrowing`: by level and the judge's verdict, as many of each as narrow the corrected rate most.
 */
export type DesignKind = 'random' | 'stratified' | 'disagreements' | 'narrowing';

export interface Design {
  kind: DesignKind;
  size: number;
}

/** What cases are drawn apart in. `chosen`: they are not drawn by chance. */
export type Strata = 'all' | 'verdict' | 'level verdict' | 'clause verdict' | 'chosen';

/** So many cases of each stratum, by its name. */
export type Allocation = ReadonlyMap<string, number>;

const KINDS: readonly DesignKind[] = ['random', 'stratified', 'disagreements', 'narrowing'];

/** The design in `stratified:200`, or null where it is none. */
export function parseDesign(text: string): Design | null {
  const parts = /^([a-z]+):([1-9]\d{0,6})$/.exec(text);
  const kind = KINDS.find((one) => one === parts?.[1]);
  return kind === undefined ? null : { kind, size: Number(parts?.[2]) };
}

/** The stratum of a case. Cases that the judge did not decide are all of one kind. */
export function stratumOf(strata: Strata, { clause, level, outcome }: LabelCase): string {
  const verdict = outcome === 'adheres' || outcome === 'violates' ? outcome : 'undecided';
  switch (strata) {
    case 'clause verdict':
      return `${clause} ${verdict}`;
    case 'level verdict':
      // Clauses without a level are one of their own, under an empty name.
      return `${level ?? ''} ${verdict}`;
    case 'verdict':
      return verdict;
    default:
      return '';
  }
}

/** The finest strata of which each can have a case, if so many are drawn. */
export function strataFor(cases: readonly LabelCase[], size: number): Strata {
  const finest = (['clause verdict', 'level verdict', 'verdict'] as const).find(
    (strata) => new Set(cases.map((one) => stratumOf(strata, one))).size <= size,
  );
  return finest ?? 'all';
}

/**
 * How many of each stratum: one of each, and the rest by size, a violation weighing more the rarer they are (the
 * square root of what there is of `adheres` for one `violates`), since they tell most of what a judge misses.
 */
export function allocate(cases: readonly LabelCase[], strata: Strata, size: number): Allocation {
  const members = Map.groupBy(cases, (one) => stratumOf(strata, one));
  const violating = cases.filter(({ outcome }) => outcome === 'violates').length;
  const adhering = cases.filter(({ outcome }) => outcome === 'adheres').length;
  const rarity = violating === 0 ? 1 : Math.max(1, Math.sqrt(adhering / violating));
  const cells = [...members].map(([name, all]) => ({
    name,
    room: all.length - 1,
    weight: all.length * (all[0]?.outcome === 'violates' && strata !== 'all' ? rarity : 1),
    taken: 1,
  }));
  let left = Math.min(size, cases.length) - cells.length;
  // By greatest quotients (Sainte-Laguë): every seat goes to the cell that is shortest of its share.
  while (left > 0) {
    const next = cells
      .filter(({ room }) => room > 0)
      .reduce<(typeof cells)[number] | null>(
        (best, cell) => (best === null || quotient(cell) > quotient(best) ? cell : best),
        null,
      );
    if (next === null) break;
    next.taken++;
    next.room--;
    left--;
  }
  return new Map(cells.map(({ name, taken }) => [name, taken]));
}

function quotient({ weight, taken }: { weight: number; taken: number }): number {
  return weight / (2 * taken + 1);
}

/**
 * So many cases of each stratum, the first of each in the seed's order, mixed so that whoever stops early has seen
 * all strata in proportion and can't tell a case's stratum from its place.
 */
export function drawCases(
  cases: readonly LabelCase[],
  strata: Strata,
  allocation: Allocation,
  seed: string,
): LabelCase[] {
  const marked = cases.map((one) => ({ one, mark: hash('sha256', `${seed} ${caseKey(one)}`) }));
  const drawn: { one: LabelCase; key: number }[] = [];
  for (const [name, members] of Map.groupBy(marked, ({ one }) => stratumOf(strata, one))) {
    // A stratum that is allotted nothing has no entry.
    const size = Math.min(allocation.get(name) ?? 0, members.length);
    const first = members.toSorted((a, b) => (a.mark < b.mark ? -1 : 1)).slice(0, size);
    for (const [rank, { one, mark }] of first.entries()) {
      const jitter = Number.parseInt(mark.slice(-8), 16) / 2 ** 32;
      drawn.push({ one, key: (rank + jitter) / size });
    }
  }
  return drawn.toSorted((a, b) => a.key - b.key).map(({ one }) => one);
}

/** The cases on which a panel's judges disagree, the most divided first. */
export function disputedCases(cases: readonly LabelCase[]): LabelCase[] {
  return cases.filter(({ dispute }) => dispute > 0).toSorted((a, b) => b.dispute - a.dispute);
}
