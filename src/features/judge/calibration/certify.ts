/**
 * @module features/judge/calibration/certify
 * Makes certificates of what judges answered: one for each, and one for the panel that they form.
 */

import { judgeKey, panelKey } from '../../../report/certificate/identity.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { promptOf } from '../../../run/judging/judge-prompt.ts';
import { numbered } from '../../../run/numbered.ts';
import { consensusOf, type PanelVerdict } from '../../../run/panel/consensus.ts';
import { fitLatent } from '../../../run/panel/latent.ts';
import {
  type Consensus,
  judgesOf,
  type PlannedJudge,
  type PlannedRubric,
} from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { at } from '../../../text/at.ts';
import type { Answers, Questions } from './asking/ask.ts';
import { batchFigures } from './batching/figures.ts';
import {
  type Figure,
  familyFigures,
  pairFigures,
  retestFigures,
  transferFigures,
} from './biases.ts';
import { CONFIDENCE, isDecided, type Scored } from './figures/shares.ts';
import { verdictFigures } from './figures/verdicts.ts';
import { dataHash } from './items/data-hash.ts';
import type { CalibrationItem, MarkedItems } from './items/items.ts';
import type { LabelledItems } from './items/labelled.ts';
import { absent } from './messages.ts';

/** What all certificates of one calibration share. */
export interface Calibration {
  spec: Spec;
  rubrics: readonly PlannedRubric[];
  questions: Questions;
  excluded: MarkedItems['excluded'];
  runs: readonly LabelledItems['run'][];
  /** Releases after this one are told apart; null: none are. */
  cutoff: string | null;
  /** Whether earlier releases were given to date the examples. */
  dated: boolean;
  /** Whether pairs were wanted. */
  pairsWanted: boolean;
  retestWanted: boolean;
}

/** The certificate of one judge. */
export function certifyJudge(
  calibration: Calibration,
  judge: PlannedJudge,
  answers: Answers,
  created: Date,
): Certificate {
  const { questions, rubrics } = calibration;
  const rows = scored(questions.items, answers.verdicts);
  const pairs = !calibration.pairsWanted
    ? { absent: 'pairs-left-out' as const }
    : judge.by === 'function'
      ? { absent: 'function-compares-nothing' as const }
      : pairFigures(questions.pairs, answers.choices);
  const retest = calibration.retestWanted
    ? retestFigures(questions.items, answers, questions.retest)
    : { absent: 'retest-left-out' as const };
  const family = familyFigures(rows, judge.family);
  const batch = batchFigures(questions, answers);
  return certificateOf(calibration, rows, created, {
    simulated: judge.simulated,
    key: judgeKey(judge, rubrics),
    prompt: promptOf(judge),
    judge: described(judge),
    panel: null,
    pairs: 'value' in pairs ? pairs.value.pairs : null,
    retest: 'value' in retest ? retest.value : null,
    bias: {
      position: 'value' in pairs ? pairs.value.position : null,
      length: 'value' in pairs ? pairs.value.length : null,
      family: 'value' in family ? family.value : null,
    },
    ...(batch === null ? {} : { batch }),
    absent: [...absenceOf(pairs), ...absenceOf(retest), ...absenceOf(family)],
  });
}

/**
 * The certificate of several judges as a panel, on the items that each of them was asked about whose clause it judges:
 * the verdict is their consensus. Pairs and a second asking are measured for each judge, not for panels.
 */
export function certifyPanel(
  calibration: Calibration,
  judges: readonly PlannedJudge[],
  consensus: Consensus,
  answers: readonly Pick<Answers, 'verdicts'>[],
  created: Date,
): Certificate {
  const { questions, rubrics } = calibration;
  const verdicts = panelVerdicts(questions.items, judges, consensus, answers);
  const rows = scored(questions.items, verdicts);
  return certificateOf(calibration, rows, created, {
    simulated: judges.some(({ simulated }) => simulated),
    key: panelKey(judges, consensus, rubrics),
    prompt: promptOf(judges.find(({ by }) => by === undefined) ?? at(judges, 0)),
    judge: null,
    panel: { consensus, judges: judges.map(described) },
    pairs: null,
    retest: null,
    bias: { position: null, length: null, family: null },
    absent: [absent('measured-for-each')],
  });
}

function scored(
  items: readonly CalibrationItem[],
  verdicts: readonly Scored['verdict'][],
): Scored[] {
  return items.map((item, place) => ({ item, verdict: verdicts[place] ?? null }));
}

function panelVerdicts(
  items: readonly CalibrationItem[],
  judges: readonly PlannedJudge[],
  rule: Consensus,
  answers: readonly Pick<Answers, 'verdicts'>[],
): (PanelVerdict | null)[] {
  const cases = items.map(({ clause }, sample) => ({
    sample,
    clause: clause.id,
    votes: answers.map(({ verdicts }) => verdicts[sample] ?? null),
  }));
  const asked = cases.map(({ clause, votes }) => {
    const places = judgesOf({ judges }, clause);
    return places.length > 0 && places.every((place) => votes[place] !== null);
  });
  const latent =
    rule === 'latent'
      ? fitLatent(cases, [...answers.keys()], numbered(items.map(({ cluster }) => cluster)))
      : null;
  return cases.map(({ votes }, place) => {
    if (!asked[place]) return null;
    const violates = latent?.ok === true ? latent.violates[place] : null;
    return consensusOf(votes, { rule, violates });
  });
}

type Own = Pick<
  Certificate,
  | 'simulated'
  | 'key'
  | 'prompt'
  | 'judge'
  | 'panel'
  | 'pairs'
  | 'retest'
  | 'bias'
  | 'absent'
  | 'batch'
>;

function certificateOf(
  calibration: Calibration,
  rows: readonly Scored[],
  created: Date,
  own: Own,
): Certificate {
  const { spec, questions, rubrics, excluded, runs, cutoff, dated } = calibration;
  const { items } = questions;
  const { absent: unmeasured, ...rest } = own;
  const levels = spec.levels.map(({ name }) => name);
  const figures = verdictFigures(rows, levels, cutoff);
  const transfer = transferFigures(
    figures,
    runs.map(({ run }) => run),
  );
  const marked = (mark: CalibrationItem['mark']): number =>
    items.filter((item) => item.mark === mark).length;
  return {
    schema: 'tenet.certificate/1',
    ...rest,
    rubrics: rubrics.map(({ clause, hash }) => ({ clause, hash })),
    spec: { id: spec.id, version: spec.version, sha256: spec.sha256 },
    data: {
      hash: dataHash(items),
      items: items.length,
      marked: items.length - marked(null),
      labelled: marked(null),
      marks: {
        good: marked('good'),
        ok: marked('ok'),
        bad: marked('bad'),
        elsewhere: marked('elsewhere'),
      },
      abridged: items.filter(({ abridged }) => abridged).length,
      excluded,
      runs: [...runs],
    },
    created: created.toISOString(),
    confidence: CONFIDENCE,
    ...figures,
    transfer: 'value' in transfer ? transfer.value : null,
    absent: [...unmeasured, ...absenceOf(transfer), ...(dated ? [] : [absent('undated')])],
    attack: null,
  };
}

function described({ name, label, family, parameters }: PlannedJudge) {
  return { name, label, family, parameters: { ...parameters } };
}

function absenceOf(measured: Figure<unknown>): Certificate['absent'] {
  return 'absent' in measured ? [absent(measured.absent)] : [];
}

/** Whether any verdict can be used; without one there is nothing to certify. */
export function isSilent({ verdicts }: Pick<Answers, 'verdicts'>): boolean {
  return !verdicts.some(isDecided);
}
