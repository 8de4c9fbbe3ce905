/**
 * @module features/audit/health/signals
 * What is tested of every clause, and which shares stand out beyond what chance explains.
 */

import { benjaminiHochberg } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import { contrastPair, type PairTable } from './clause-pairs.ts';
import type { HealthEvidence } from './evidence.ts';
import { contrastKnownReplies } from './known-replies.ts';
import type { SignalCode } from './messages.ts';
import { contrastRates, contrastSeeds, type RateContrast } from './rate-contrast.ts';
import { observeStrongSubjects, type SubjectTrial } from './subject-trials.ts';
import {
  abstains,
  judgesDisagree,
  observeCases,
  peopleAgainstJudges,
  peopleDisagree,
  someVote,
} from './votes.ts';

/** One share of one clause that was tested, whatever comes of it. */
export interface Hypothesis {
  code: SignalCode;
  clause: number;
  contrast: RateContrast;
  /** Of `violated`. */
  subject?: number;
  /** Of `pulls-apart`: the other clause. */
  partner?: number;
}

/** A share that stands out. */
export interface Signal extends Hypothesis {
  /** Its probability, adjusted for all hypotheses. */
  adjusted: number;
}

/** What hypotheses are made from. */
interface Tables {
  evidence: HealthEvidence;
  clauseCount: number;
  trials: readonly SubjectTrial[];
  pairs: readonly PairTable[];
}

type Tested = Omit<Hypothesis, 'code'>;

interface SignalTest {
  /** The share that is large enough to act on, chance or not. */
  leastShare: number;
  test: (tables: Tables) => readonly Tested[];
}

/** What is tested, in the order of the documentation. */
const TESTS: Readonly<Record<SignalCode, SignalTest>> = {
  'judges-disagree': { leastShare: 0.15, test: ofCases(judgesDisagree) },
  'one-scenario': {
    leastShare: 0.5,
    test: ({ evidence }) => byClause(contrastSeeds(observeCases(evidence, judgesDisagree))),
  },
  abstains: { leastShare: 0.15, test: ofCases((one) => someVote(one, abstains)) },
  unsupported: {
    leastShare: 0.15,
    test: ofCases((one) => someVote(one, ({ outcome }) => outcome === 'unsupported')),
  },
  'not-applicable': {
    leastShare: 0.3,
    test: ofCases(({ outcome }) => (outcome === null ? null : outcome === 'not_applicable')),
  },
  'people-disagree': { leastShare: 0.15, test: ofCases(peopleDisagree) },
  'people-against-judges': { leastShare: 0.15, test: ofCases(peopleAgainstJudges) },
  violated: {
    leastShare: 0.3,
    test: ({ trials, clauseCount }) =>
      [...Map.groupBy(trials, (trial) => trial.subject)].flatMap(([subject, own]) =>
        byClause(contrastRates(own, clauseCount)).map((tested) => ({ ...tested, subject })),
      ),
  },
  'subjects-differ': {
    leastShare: 0.15,
    test: ({ trials, clauseCount }) =>
      byClause(contrastRates(observeStrongSubjects(trials, clauseCount), clauseCount)),
  },
  'good-fails': {
    leastShare: 0.3,
    test: ({ evidence }) => byClause(contrastKnownReplies(evidence, 'good-fails')),
  },
  'bad-passes': {
    leastShare: 0.3,
    test: ({ evidence }) => byClause(contrastKnownReplies(evidence, 'bad-passes')),
  },
  'pulls-apart': {
    leastShare: 0.3,
    test: ({ pairs }) =>
      pairs.flatMap((pair) => {
        const contrast = contrastPair(pair);
        return contrast === null ? [] : [{ clause: pair.second, partner: pair.first, contrast }];
      }),
  },
};

function ofCases(ask: Parameters<typeof observeCases>[1]): SignalTest['test'] {
  return ({ evidence, clauseCount }) =>
    byClause(contrastRates(observeCases(evidence, ask), clauseCount));
}

function byClause(contrasts: ReadonlyMap<number, RateContrast>): Tested[] {
  return [...contrasts].map(([clause, contrast]) => ({ clause, contrast }));
}

/** The share of false signals that is put up with among all that are told. */
export const FALSE_DISCOVERY_RATE = 0.05;

/** A share that is not this many times that elsewhere is no signal, however sure it is. */
const LEAST_RATIO = 2;

/**
 * The signals among all hypotheses about all clauses: one family, adjusted by Benjamini and Hochberg's procedure.
 * Hypotheses that could not have stood out whatever was found are left aside first, so that they don't cost the others
 * their chance; `tested` are the others.
 *
 * Source: Benjamini and Hochberg (1995), JRSS B 57, 289–300; leaving aside: Tarone (1990), Biometrics 46, 515–522.
 */
export function findSignals(
  evidence: HealthEvidence,
  trials: readonly SubjectTrial[],
  pairs: readonly PairTable[],
): { signals: Signal[]; tested: Hypothesis[] } {
  const tables = { evidence, clauseCount: evidence.clauses.length, trials, pairs };
  const tested = (Object.entries(TESTS) as [SignalCode, SignalTest][])
    .flatMap(([code, { test }]) => test(tables).map((one): Hypothesis => ({ code, ...one })))
    .filter(({ contrast }) => contrast.least <= FALSE_DISCOVERY_RATE);
  const adjusted = benjaminiHochberg(tested.map(({ contrast }) => contrast.probability));
  const signals = tested.flatMap((hypothesis, index): Signal[] => {
    const own = at(adjusted, index);
    return own <= FALSE_DISCOVERY_RATE && isLarge(hypothesis)
      ? [{ ...hypothesis, adjusted: own }]
      : [];
  });
  return { signals, tested };
}

function isLarge({ code, contrast: { hits, trials, elsewhere } }: Hypothesis): boolean {
  const share = hits / trials;
  const other = elsewhere.trials === 0 ? 0 : elsewhere.hits / elsewhere.trials;
  return share >= TESTS[code].leastShare && share >= LEAST_RATIO * other;
}
