/**
 * @module app/models
 * From the names that a user gives to models that can be called: their parameters, prices and limits.
 */

import { createBudget } from '../model/budget.ts';
import { type Caller, type CallSettings, createCaller } from '../model/call.ts';
import { familyOf } from '../model/family.ts';
import { createLimiter, DEFAULT_BOUNDS, type Limiter } from '../model/limiter.ts';
import { parseModelName } from '../model/name.ts';
import { readOptions } from '../model/options.ts';
import { type Price, priceOf } from '../model/prices.ts';
import { type Environment, openProvider } from '../model/provider.ts';
import { reach } from '../model/reach.ts';
import { type CallStore, modelIdentity } from '../model/record.ts';
import { openSimulated, type Scenes } from '../model/simulated/provider.ts';
import type { Failure, ModelName, Parameters, Provider } from '../model/types.ts';
import { modelJudgesOf, type Plan, type PlannedJudge, type PlannedModel } from '../run/plan.ts';
import { problem } from './messages.ts';
import { NOBODY, ownName, type Roster } from './roster.ts';

/** The model of a name, or a `TenetError` that names the flag it came from. */
export function parseName(text: string, flag: string, roster: Roster = NOBODY): ModelName {
  const own = ownName(text, flag, roster);
  if (own !== null) return own;
  const parsed = parseModelName(text);
  if (!parsed.ok) throw problem('wrong-model-name', { flag, reason: parsed.message });
  return parsed.name;
}

/** The model that a flag names for a part; a simulated one can play its own part only. */
export function parseNameFor(
  part: 'subject' | 'judge',
  text: string,
  roster: Roster = NOBODY,
): ModelName {
  const name = parseName(text, `--${part}`, roster);
  if (name.provider === 'sim' && name.model !== part) {
    throw problem('wrong-part', { part, model: name.model });
  }
  return name;
}

/** What a plan says of a model. Options in its name win over the flags' parameters. */
export function plannedModel(name: ModelName, parameters: Parameters): PlannedModel {
  const own = readOptions(name.options);
  return {
    name: modelIdentity(name),
    label: name.text,
    family: familyOf(name),
    simulated: name.provider === 'sim',
    parameters: {
      ...parameters,
      ...(own.temperature === undefined ? {} : { temperature: own.temperature }),
      ...(own.maxTokens === undefined ? {} : { maxTokens: own.maxTokens }),
    },
  };
}

/** The models that a plan asks. */
export interface AskedModels {
  subjects: ModelName[];
  judges: ModelName[];
}

/**
 * The models that a plan asks, as they can be named here. Throws a `TenetError` where one of the user's own is not
 * defined, or not as it was when the plan was made.
 * @param flags where a subject and a judge are named, for messages
 */
export function modelsOf(
  plan: Pick<Plan, 'subjects' | 'judges'>,
  roster: Roster,
  flags: { subject: string; judge: string } = { subject: '--subject', judge: '--judge' },
): AskedModels {
  return {
    subjects: plan.subjects.map((planned) => plannedName(planned, flags.subject, roster)),
    judges: modelJudgesOf(plan).map((planned) => plannedName(planned, flags.judge, roster)),
  };
}

function plannedName({ label, name }: PlannedModel, flag: string, roster: Roster): ModelName {
  const found = parseName(label, flag, roster);
  const now = modelIdentity(found);
  if (now !== name) throw problem('model-defined-otherwise', { flag, model: label, name, now });
  return found;
}

/** What the calls of a planned model are recorded under. */
export function recordedAs({ label, name }: PlannedModel, { providers }: Roster): string {
  return providers.get(label)?.recordedAs ?? name;
}

/** Simulated models have nothing to be careful about. */
const SIMULATED_PLACES = 64;

export interface CallersInput {
  subjects: ModelName[];
  judges: ModelName[];
  scenes: () => Scenes;
  store: CallStore;
  concurrency: 'auto' | number;
  budget: number | null;
  prices: Readonly<Record<string, Price>>;
  environment: Environment;
  /** Models of the user's own; none unless said. */
  roster?: Roster;
  /** Does a program ask, which gives prices itself? */
  byProgram?: boolean;
  /** Told when a model's question waits to be asked again. */
  waiting?: (event: { model: string; milliseconds: number; failure: Failure }) => void;
}

export interface Callers {
  subjects: Caller[];
  judges: Caller[];
  /** The caller of a planned judge that is a model. */
  judgeOf: (planned: PlannedJudge) => Caller;
  /** How many samples may be under way for these limits. */
  width: () => number;
  /** What the wire has seen so far. */
  counters: Counters;
  /** Counts what the run has cost before, in US dollars, against the budget. */
  spendFrom: (spent: number) => void;
  /** Throws where nobody is at a model's address. Asks nothing. */
  checkReach: () => Promise<void>;
  close: () => Promise<void>;
}

export interface Counters {
  calls: number;
  retries: number;
  failures: number;
  /** US dollars; calls of unknown price are counted apart. */
  spent: number;
  unpriced: number;
  inFlight: () => number;
}

/** Opens every model that a run needs. Models of one account share its limits, all share the budget. */
export function openCallers(input: CallersInput): Callers {
  const limiters = new Map<string, Limiter>();
  const providers: Provider[] = [];
  const budget = createBudget(input.budget);
  const counters: Counters = {
    calls: 0,
    retries: 0,
    failures: 0,
    spent: 0,
    unpriced: 0,
    inFlight: () => [...limiters.values()].reduce((sum, { inFlight }) => sum + inFlight, 0),
  };

  const limiterFor = (provider: Provider): Limiter => {
    const known = limiters.get(provider.account);
    if (known !== undefined) return known;
    const places =
      input.concurrency === 'auto' && provider.simulated ? SIMULATED_PLACES : input.concurrency;
    const limiter = createLimiter(places === 'auto' ? DEFAULT_BOUNDS : places);
    limiters.set(provider.account, limiter);
    return limiter;
  };

  const providerOf = (name: ModelName): Provider => {
    const own = input.roster?.providers.get(name.text);
    if (own !== undefined) return own;
    const opened = openProvider(name, input.environment, (simulated) =>
      openSimulated(simulated, input.scenes),
    );
    if (opened.ok) return opened.provider;
    throw problem('model-not-opened', { model: name.text, reason: opened.message });
  };

  const open = (name: ModelName): Caller => {
    const provider = providerOf(name);
    providers.push(provider);
    const price = priceOf(name, input.prices);
    if (price === null && input.budget !== null) {
      throw problem('price-unknown', {
        model: `${name.provider}:${name.model}`,
        byProgram: input.byProgram === true,
      });
    }
    return createCaller({
      provider,
      store: input.store,
      limiter: limiterFor(provider),
      budget,
      price,
      settings: settingsOf(name),
      waiting: (event) => input.waiting?.({ model: name.text, ...event }),
      observe: ({ answer, cost, attempts }) => {
        counters.calls++;
        counters.retries += attempts - 1;
        if (answer.type === 'failure') counters.failures++;
        else if (cost === null) counters.unpriced++;
        if (cost !== null) counters.spent += cost;
      },
    });
  };

  const subjects = input.subjects.map(open);
  const judges = input.judges.map(open);
  const byLabel = new Map(input.judges.map(({ text }, place) => [text, judges[place]]));
  return {
    subjects,
    judges,
    judgeOf: ({ label }) => {
      const caller = byLabel.get(label);
      if (caller === undefined) throw new RangeError(`no model was opened for the judge ${label}`);
      return caller;
    },
    counters,
    // A few more than there are places, so that no place waits for the next sample to be made up.
    width: () => [...limiters.values()].reduce((sum, { limit }) => sum + limit, 5),
    spendFrom: (spent) => budget.settle(0, spent),
    checkReach: async () => {
      await Promise.all(
        providers.map(async ({ name, address }) => {
          const reason = address === null ? null : await reach(address);
          if (reason !== null) throw problem('nobody-there', { model: name.text, reason });
        }),
      );
    },
    close: async () => {
      await Promise.all(providers.map((provider) => provider.close()));
    },
  };
}

function settingsOf(name: ModelName): Partial<CallSettings> {
  const { timeout, deadline, attempts } = readOptions(name.options);
  return {
    ...(timeout === undefined ? {} : { attemptTimeout: timeout * 1_000 }),
    ...(deadline === undefined ? {} : { deadline: deadline * 1_000 }),
    ...(attempts === undefined ? {} : { attempts }),
  };
}
