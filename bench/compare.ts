/**
 * @module bench/compare
 * Which figures of two commits are set side by side, and when one may be called slower than the other.
 */
import type { Result } from './running.ts';

/** A figure of which less is better, by the name that a reader knows it by. */
export interface Figure {
  name: string;
  unit: 'ms' | 'CPU ms' | '×';
  value: number;
}

/** Several runs of one figure: its quartiles. */
export interface Spread {
  low: number;
  median: number;
  high: number;
}

/** A figure in both commits. `change` is the share by which the new median is above the old one. */
export interface Compared {
  name: string;
  unit: Figure['unit'];
  old: Spread;
  new: Spread;
  change: number;
  verdict: 'slower' | 'same' | 'faster';
}

/** Less than this share up or down is nothing to speak of. */
const NOTABLE = 0.1;

/** The figures that are compared in what the benches printed. */
export function figuresOf(results: readonly Result[]): Figure[] {
  return results.flatMap((r): Figure[] => {
    const figure = (name: string, value: unknown, unit: Figure['unit'] = 'ms'): Figure => ({
      name,
      unit,
      value: Number(value),
    });
    switch (r.what) {
      case 'start-up':
      case 'first-call':
        return [figure(`${r.command}`, r.milliseconds)];
      case 'read':
        return [figure(`read ${r.file}, warm`, r.warmMilliseconds)];
      case 'lint':
        return [figure(`lint ${r.file}, warm`, r.warmMilliseconds)];
      case 'lint from the command line':
        return [figure(`tenet spec lint ${r.file}`, r.milliseconds)];
      case 'report':
        return [figure(`tenet report on ${r.verdicts} verdicts`, r.milliseconds)];
      case 'overhead': {
        const at = `${r.inFlight} in flight`;
        const ratio = Number(r.cpuMilliseconds) / Number(r.bareCpuMilliseconds);
        return [
          figure(`a sample, ${at}`, r.cpuMilliseconds, 'CPU ms'),
          figure(`a sample beside the bare loop, ${at}`, ratio, '×'),
        ];
      }
      default:
        return [];
    }
  });
}

/** The figures that both commits have, each from all of its runs. */
export function compare(olds: readonly Figure[][], news: readonly Figure[][]): Compared[] {
  const before = Map.groupBy(olds.flat(), ({ name }) => name);
  const after = Map.groupBy(news.flat(), ({ name }) => name);
  return [...before].flatMap(([name, figures]): Compared[] => {
    const values = after.get(name)?.map(({ value }) => value);
    const unit = figures[0]?.unit;
    if (values === undefined || unit === undefined) return [];
    return [
      {
        name,
        unit,
        ...setBeside(
          figures.map(({ value }) => value),
          values,
        ),
      },
    ];
  });
}

/**
 * Sets runs of one figure side by side. `slower` or `faster` is said only where the medians are more than 10 % apart
 * and the quartiles do not overlap; all else is `same`, which may mean that the spread is too wide to tell.
 */
export function setBeside(
  olds: readonly number[],
  news: readonly number[],
): Pick<Compared, 'old' | 'new' | 'change' | 'verdict'> {
  const before = spreadOf(olds);
  const after = spreadOf(news);
  const isSlower = after.median > (1 + NOTABLE) * before.median && after.low > before.high;
  const isFaster = before.median > (1 + NOTABLE) * after.median && before.low > after.high;
  return {
    old: before,
    new: after,
    change: after.median / before.median - 1,
    verdict: isSlower ? 'slower' : isFaster ? 'faster' : 'same',
  };
}

/** Quartiles by linear interpolation between the order statistics (type 7 of Hyndman and Fan 1996). */
function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (place - Math.floor(place)) * (above - below);
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}
