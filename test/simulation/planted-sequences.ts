/**
 * @module test/simulation/planted-sequences
 * Draws with a known rate, to see whether sequences hold it at every moment and how soon they are narrow enough.
 */
import { seededRandom } from '../../src/stats/random.ts';
import { bettingSequence, type SequenceSettings } from '../../src/stats/sequential/betting.ts';
import { empiricalBernsteinSequence } from '../../src/stats/sequential/empirical-bernstein.ts';
import { wilsonInterval } from '../../src/stats/wilson.ts';

export interface SequenceQuestion extends SequenceSettings {
  rate: number;
  /** Draws come by turns from two pots, their rates so far below and above; absent: all from one. */
  spread?: number;
  /** In each sequence. */
  draws: number;
  sequences: number;
  seed: number;
}

export interface SequenceAnswer {
  /** Share of sequences that held the rate after every draw: what no way of stopping can get below. */
  everHeld: number;
  bernsteinEverHeld: number;
  /** The same for a Wilson interval that is looked at after every draw, from the tenth on. */
  wilsonEverHeld: number;
  /** Mean draws until the interval was as narrow as asked for, or all; null where nothing is asked. */
  drawsToStop: number | null;
  bernsteinDrawsToStop: number | null;
  /** Draws that a Wilson interval of a size settled beforehand would take at this rate, had one known the rate. */
  fixedDraws: number | null;
}

/** Plants sequences and measures them. With a spread only whole turns are looked at. */
export function measureSequences(question: SequenceQuestion): SequenceAnswer {
  const { rate, spread = 0, precision, confidence, draws, sequences } = question;
  const random = seededRandom(question.seed);
  const held = { betting: 0, bernstein: 0, wilson: 0 };
  const stops = { betting: 0, bernstein: 0 };
  for (let place = 0; place < sequences; place++) {
    const betting = bettingSequence({ confidence, precision });
    const bernstein = empiricalBernsteinSequence(confidence);
    const turn: number[] = [];
    const lost = { betting: false, bernstein: false, wilson: false };
    const stop = { betting: draws, bernstein: draws };
    for (let n = 1; n <= draws; n++) {
      const own = rate + (n % 2 === 0 ? spread : -spread);
      const value = random() < own ? 1 : 0;
      if (spread === 0) betting.add(value);
      else turn.push(value);
      bernstein.add(value);
      if (spread > 0) {
        if (turn.length < 2) continue;
        betting.addTurn(turn.splice(0));
      }
      for (const [name, sequence] of [
        ['betting', betting],
        ['bernstein', bernstein],
      ] as const) {
        const interval = sequence.interval();
        if (interval === null || interval.low > rate || interval.high < rate) lost[name] = true;
        const width = interval === null ? 0 : interval.high - interval.low;
        if (precision !== null && width <= 2 * precision) stop[name] = Math.min(stop[name], n);
      }
      if (n < 10 || lost.wilson) continue;
      const { low, high } = wilsonInterval(betting.sum() / n, n, confidence);
      lost.wilson = low > rate || high < rate;
    }
    for (const name of ['betting', 'bernstein', 'wilson'] as const)
      held[name] += lost[name] ? 0 : 1;
    for (const name of ['betting', 'bernstein'] as const) stops[name] += stop[name];
  }
  return {
    everHeld: held.betting / sequences,
    bernsteinEverHeld: held.bernstein / sequences,
    wilsonEverHeld: held.wilson / sequences,
    drawsToStop: precision === null ? null : stops.betting / sequences,
    bernsteinDrawsToStop: precision === null ? null : stops.bernstein / sequences,
    fixedDraws: precision === null ? null : fixedDraws(rate, precision, confidence),
  };
}

/** Draws after which a Wilson interval at exactly this share is within `precision`: the size to settle beforehand. */
export function fixedDraws(rate: number, precision: number, confidence: number): number {
  for (let n = 1; ; n++) {
    const { low, high } = wilsonInterval(rate, n, confidence);
    if (high - low <= 2 * precision) return n;
  }
}
