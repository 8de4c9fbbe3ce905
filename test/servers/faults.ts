/**
 * @module test/servers/faults
 * The ways in which a provider can fail, and when it does.
 */

/** Each fault, in the form that the protocol at hand gives it. */
export const faultNames = [
  '401',
  '404',
  '429',
  '429-retry-after',
  '429-quota',
  '500',
  '503',
  'hang',
  'hang-body',
  'cut',
  'reset',
  'malformed',
  'html',
  'wrong-type',
  'empty-body',
  'empty-choices',
  'not-an-object',
  'not-utf8',
  'compressed',
  'redirect',
  'filter',
  'filter-prompt',
  'refusal',
  'huge',
  'oversize',
  'echo-headers',
] as const;

export type FaultName = (typeof faultNames)[number];

/** Which fault the request of this number meets, if any. */
export type FaultPlan = (number: number) => FaultName | undefined;

/** No faults. */
export const noFaults: FaultPlan = () => undefined;

/**
 * The same fault for every request.
 *
 * @param fault The fault.
 */
export function always(fault: FaultName): FaultPlan {
  return () => fault;
}

/**
 * Faults for some requests, by number, from 1.
 *
 * @param faults Which request meets which.
 */
export function at(faults: Readonly<Record<number, FaultName>>): FaultPlan {
  return (number) => faults[number];
}

/**
 * Faults by probability, the same in every run: request n is faulty or not whatever else happens.
 *
 * @param rates The share of each.
 * @param seed Chooses another run.
 */
export function sometimes(
  rates: Readonly<Partial<Record<FaultName, number>>>,
  seed = 1,
): FaultPlan {
  return (number) => {
    let draw = uniform(number, seed);
    for (const name of faultNames) {
      draw -= rates[name] ?? 0;
      if (draw < 0) return name;
    }
    return undefined;
  };
}

function uniform(number: number, seed: number): number {
  let bits = Math.imul(number ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * Reads faults from a command line: `500` (always), `500@3` (the third request), `500:0.1` (a tenth).
 *
 * @param texts Each one such.
 */
export function faultsNamed(texts: readonly string[], seed = 1): FaultPlan {
  const plans = texts.map((text): FaultPlan => {
    const parts = /^(?<name>.+?)(?:@(?<number>\d+)|:(?<rate>[\d.]+))?$/.exec(text)?.groups;
    const name = faultNames.find((candidate) => candidate === parts?.name);
    if (!parts || name === undefined) throw new Error(`There is no fault "${text}".`);
    if (parts.number !== undefined) return at({ [Number(parts.number)]: name });
    return parts.rate === undefined
      ? always(name)
      : sometimes({ [name]: Number(parts.rate) }, seed);
  });
  return (number) => {
    for (const plan of plans) {
      const fault = plan(number);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}
