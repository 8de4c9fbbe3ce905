/**
 * @module cli/progress
 * What a run is doing, on stderr: one line that is drawn again on a terminal, one now and then elsewhere.
 */

import type { Progress, ProgressStart } from '../app/context.ts';
import { dollars } from '../text/figures.ts';

const REDRAW_MILLISECONDS = 125;
const PLAIN_MILLISECONDS = 10_000;

/** Shows how far a piece of work is. `quiet` says nothing at all. */
export function createProgress(
  { unit, states, counters }: ProgressStart,
  quiet: boolean,
): Progress {
  let total = states.length;
  let round: Parameters<Progress['round']>[0] | null = null;
  let done = states.filter((state) => state === 1).length;
  const before = done;
  let failed = 0;
  const started = performance.now();
  const terminal = process.stderr.isTTY === true && !process.env.CI;

  const line = (): string => {
    const seconds = (performance.now() - started) / 1_000;
    const rate = (done - before) / Math.max(seconds, 0.001);
    const parts = [
      `${done}/${total} ${unit}`,
      `${rate.toFixed(rate < 10 ? 1 : 0)}/s`,
      `${counters.inFlight()} calls in flight`,
    ];
    if (failed > 0) parts.push(`${failed} failed`);
    if (counters.retries > 0) parts.push(`${counters.retries} retries`);
    if (counters.spent > 0) parts.push(dollars(counters.spent));
    if (counters.unpriced > 0) parts.push(`${counters.unpriced} calls of unknown price`);
    if (round !== null) {
      parts.push(`round ${round.round}, ${round.stopped} of ${round.cells} clauses settled`);
      // Nobody knows what later rounds will ask for.
      return parts.join(' · ');
    }
    const left = (total - done) / rate;
    if (seconds > 3 && done < total && Number.isFinite(left)) parts.push(`${duration(left)} left`);
    return parts.join(' · ');
  };
  const draw = (): void => {
    if (terminal)
      process.stderr.write(`\r\u001b[2K${line().slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else process.stderr.write(`${line()}\n`);
  };
  const timer = quiet
    ? null
    : setInterval(draw, terminal ? REDRAW_MILLISECONDS : PLAIN_MILLISECONDS);
  timer?.unref();
  return {
    sample: (outcome) => {
      done++;
      if (outcome === 'failed') failed++;
    },
    round: (news) => {
      round = news;
      total = news.samples;
    },
    end: () => {
      if (timer === null) return;
      clearInterval(timer);
      if (terminal) process.stderr.write('\r\u001b[2K');
    },
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
