/**
 * @module text/figures
 * Rates and differences in words and signs, the same in every medium.
 */
import { grouped, percent } from './numbers.ts';

/** A difference of two shares with its interval, −1 to 1, as far as a reader is shown it. */
export interface DifferenceFigure {
  estimate: number | null;
  low: number | null;
  high: number | null;
  judge?: JudgeState;
  /** Why there is no figure or no interval. */
  reason?: string;
}

/** An estimated share with its interval, 0 to 1. */
export interface RateFigure extends DifferenceFigure {
  /** Cases that it stands on. */
  trials: number;
}

/** Whether the judge's errors were measured. */
type JudgeState = 'measured' | 'unmeasured';

type Ends = Pick<RateFigure, 'low' | 'high'>;

/** What stands where there is no figure. */
export const NOTHING = '–';

/** Stands on every rate whose judge was never measured. */
export const UNMEASURED = '°';

/** `86 %`, or a dash where nothing was judged. */
export function estimateText({ estimate, judge }: Pick<RateFigure, 'estimate' | 'judge'>): string {
  if (estimate === null) return NOTHING;
  return `${percent(estimate)}${judge === 'unmeasured' ? UNMEASURED : ''}`;
}

/** `[79, 91]` in percent, or a dash where the data carry no interval. */
export function intervalText({ low, high }: Ends): string {
  return low === null || high === null ? NOTHING : `[${whole(low)}, ${whole(high)}]`;
}

/** `79–91 %`. */
export function rangeText(range: { low: number; high: number } | null): string {
  if (range === null) return NOTHING;
  const [low, high] = [whole(range.low), whole(range.high)];
  return low === high ? `${low} %` : `${low}–${high} %`;
}

/** `+16 [+9, +23]` in percentage points. */
export function differenceText({ estimate, judge, ...ends }: DifferenceFigure): string {
  if (estimate === null) return NOTHING;
  const mark = judge === 'unmeasured' ? UNMEASURED : '';
  return `${signed(estimate)}${mark} ${endsText(ends, signed)}`;
}

function endsText({ low, high }: Ends, write: (end: number) => string): string {
  return low === null || high === null ? 'no interval' : `[${write(low)}, ${write(high)}]`;
}

/** `0.041`, `<0.001`: a probability, or a dash where there is none. */
export function probabilityText(probability: number | null): string {
  if (probability === null) return NOTHING;
  return probability < 0.001 ? '<0.001' : probability.toFixed(3);
}

/** Does the interval leave out that both are alike? */
export function isDifferent({ low, high }: Ends): boolean {
  return low !== null && high !== null && (low > 0 || high < 0);
}

/** Dollars to the cent, or as exact as a small sum needs. */
export function dollars(cost: number): string {
  return cost === 0 || cost >= 0.1 ? `$${cost.toFixed(2)}` : `$${Number(cost.toPrecision(2))}`;
}

/** `for about $1.20`: what is to be paid, as far as prices are known. */
export function priceText(cost: number | null): string {
  if (cost === null) return 'at a price that is not known';
  return cost === 0 ? 'at no price' : `for about ${dollars(cost)}`;
}

/** `0.72 [0.61, 0.81]`: a coefficient of agreement, or a dash. */
export function coefficientText({
  estimate,
  ...ends
}: Ends & Pick<RateFigure, 'estimate'>): string {
  return estimate === null ? NOTHING : `${decimal(estimate)} ${endsText(ends, decimal)}`;
}

/** Tokens and US dollars; null where a part is not known. */
export interface UsageFigure {
  input: number | null;
  output: number | null;
  cost: number | null;
}

/** Tokens and cost of a total, with what is not known said. */
export function usageText({ input, output, cost }: UsageFigure): string {
  const tokens = (number: number | null): string =>
    number === null ? 'an unknown number of' : grouped(Math.round(number));
  const price = cost === null ? 'cost unknown: a price is missing' : dollars(cost);
  return `${tokens(input)} tokens in, ${tokens(output)} out; ${price}`;
}

/** The reasons why figures are missing, each once, in order. */
export function reasonsOf(estimates: readonly { reason?: string }[]): string[] {
  return [...new Set(estimates.flatMap(({ reason }) => reason ?? []))];
}

/** What intervals take for granted, each once, in order. */
export function cautionsOf(estimates: readonly { caution?: string }[]): string[] {
  return [...new Set(estimates.flatMap(({ caution }) => caution ?? []))];
}

function decimal(value: number): string {
  return value.toFixed(2).replace('-', '−').replace('−0.00', '0.00');
}

function whole(share: number): string {
  return String(Math.round(share * 100));
}

function signed(share: number): string {
  const points = Math.round(share * 100);
  if (points === 0) return '0';
  return points > 0 ? `+${points}` : `−${-points}`;
}
