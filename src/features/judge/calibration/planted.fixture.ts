/** @module features/judge/calibration/planted.fixture Certificates of simulated judges, whose errors are known. */
import assert from 'node:assert/strict';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import { openCallers, parseName, plannedModel } from '../../../app/models.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { JUDGE_PROMPT } from '../../../run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { type Answers, askEverything, type Questions } from './asking/ask.ts';
import { type Calibration, certifyJudge } from './certify.ts';
import { type CalibrationChoice, prepareCalibration } from './prepare.ts';

export const starter = loadSpec(STARTER_SPEC);

/** Nobody stops. */
export const NEVER = {
  signal: new AbortController().signal,
  abort: new AbortController().signal,
};

/** A judge as `judge calibrate` would ask it. */
export function judgeNamed(name: string): PlannedJudge {
  const model = plannedModel(parseName(name, '--judge'), { maxTokens: 4_096 });
  return { ...model, prompt: JUDGE_PROMPT };
}

/** What `judge calibrate` would measure simulated judges on, where nothing else is said. */
export function calibrationOn(spec: Spec, choice: Partial<CalibrationChoice> = {}): Calibration {
  return prepareCalibration({
    spec,
    judges: [{ simulated: true }],
    seed: 0,
    rubrics: [],
    labelled: [],
    retest: 40,
    pairs: true,
    earlier: [],
    ...choice,
  });
}

/** What these judges say. */
export async function answersOf(questions: Questions, ...names: string[]): Promise<Answers[]> {
  const opened = await openLedger(':memory:', { write: true });
  assert.ok(opened.ok);
  const callers = openCallers({
    subjects: [],
    judges: names.map((name) => parseName(name, '--judge')),
    scenes: () => new Map(),
    store: opened.ledger.calls,
    concurrency: 'auto',
    budget: null,
    prices: {},
    environment: {},
  });
  const answers: Answers[] = [];
  for (const name of names) {
    const planned = judgeNamed(name);
    const asked = await askEverything(
      questions,
      { caller: callers.judgeOf(planned), planned, width: callers.width },
      NEVER,
    );
    assert.equal(asked.stopped, null);
    answers.push(asked.answers);
  }
  await opened.ledger.close();
  await callers.close();
  return answers;
}

/** The certificate of a simulated judge on a spec's marks. */
export async function certificateOf(
  name: string,
  spec: Spec = starter,
  choice: Partial<CalibrationChoice> = {},
): Promise<Certificate> {
  const calibration = calibrationOn(spec, choice);
  const [answers] = await answersOf(calibration.questions, name);
  assert.ok(answers !== undefined);
  return certifyJudge(calibration, judgeNamed(name), answers, new Date(0));
}

/** Does the interval hold the truth? */
export function covers(
  { low, high }: { low: number | null; high: number | null },
  truth: number,
): boolean {
  return low !== null && high !== null && low <= truth && truth <= high;
}
