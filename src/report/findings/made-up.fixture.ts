/** A made-up run: a plan and its rows, small enough to check by hand, tallied by the real `tally`. */

import type { SampleRecord, VerdictRecord } from '../../ledger/records.ts';
import type { SampleRow, VerdictRow } from '../../ledger/rows.ts';
import { madeUpLog } from '../../ledger/transcript.fixture.ts';
import { judgeIds, subjectIds } from '../../run/names.ts';
import {
  type Plan,
  type PlannedClause,
  type PlannedSample,
  sampleAt,
  sampleCount,
} from '../../run/plan.ts';
import { type Tally, tally } from '../../run/tally.ts';
import type { Evidence } from './finding.ts';
import { findStandOut } from './stand-out.ts';

export interface MadeUp {
  subjects?: { name: string; family?: string | null }[];
  clauses?: Partial<PlannedClause>[];
  levels?: string[];
  /** Scenarios of each tested clause; clauses beyond the list's length have none. */
  scenarios?: number[];
  repeats?: number;
  simulated?: boolean;
  excluded?: Record<string, number>;
  judge?: { name: string; family?: string | null };
  /** What becomes of each sample; `adheres` where nothing is said. */
  decide?: (sample: PlannedSample, clause: string) => Decision;
  words?: { content?: string; reason?: string; scenario?: string; title?: string };
}

/** A verdict, a sample without one, or `null` for a sample that was not asked. */
export type Decision =
  | Partial<VerdictRow>
  | { missing?: 'refused' | 'filtered' | 'unsupported' | 'failed' }
  | null;

const HASH = 'ab'.repeat(32);

export function madeUpPlan(about: MadeUp = {}): Plan {
  const simulated = about.simulated ?? false;
  const clauses = (about.clauses ?? [{ id: 'be_honest' }, { id: 'be_kind', level: 'user' }]).map(
    (clause, place): PlannedClause => ({
      id: `clause_${place}`,
      title: `Clause ${place}`,
      level: 'root',
      kind: 'rule',
      hash: HASH,
      line: place * 10 + 1,
      ...clause,
    }),
  );
  const counts = about.scenarios ?? clauses.map(() => 4);
  const scenarios = clauses.flatMap(({ id }, place) =>
    Array.from({ length: counts[place] ?? 0 }, (_, number) => ({
      id: about.words?.scenario ?? `${id}#${number + 1}`,
      title: about.words?.title ?? `Situation ${number + 1}`,
      clauses: [id],
      messages: [{ role: 'user' as const, content: 'A question.' }],
      cluster: `${id}#${number + 1}`,
      source: { kind: 'example' as const, reference: `${id}#${number + 1}`, line: number + 1 },
    })),
  );
  const model = ({ name, family }: { name: string; family?: string | null }) => ({
    name,
    label: name,
    family: family ?? null,
    simulated,
    parameters: {},
  });
  return {
    format: 'tenet.plan/1',
    hash: HASH,
    spec: {
      id: 'made-up',
      version: '1',
      title: 'A made-up spec',
      sha256: HASH,
      file: 'spec.md',
      levels: about.levels ?? ['root', 'user'],
    },
    clauses,
    suite: { hash: HASH, scenarios, excluded: about.excluded ?? {} },
    subjects: (about.subjects ?? [{ name: 'openai:one' }, { name: 'mistral:two' }]).map(
      (subject) => ({
        ...model(subject),
        system: null,
      }),
    ),
    judges: [{ ...model(about.judge ?? { name: 'anthropic:judge' }), prompt: 'clause-1' }],
    repeats: about.repeats ?? 1,
    seed: null,
    simulated,
  };
}

/** What the rules that make findings read of a tallied plan. */
export function evidenceOf(plan: Plan, tallied: Tally, isMeasured = false): Evidence {
  return {
    ...{ plan, tally: tallied, isMeasured },
    subjects: subjectIds(plan),
    judges: judgeIds(plan),
    standOut: findStandOut(tallied),
  };
}

export function madeUpRun(about: MadeUp = {}): {
  plan: Plan;
  tally: Tally;
  /** Places of the samples that were asked. */
  asked: number[];
  sample: (index: number) => { sample: SampleRecord; verdicts: VerdictRecord[] };
} {
  const plan = madeUpPlan(about);
  const samples: SampleRow[] = [];
  const verdicts: VerdictRow[] = [];
  for (let index = 0; index < sampleCount(plan); index++) {
    const planned = sampleAt(plan, index);
    const { scenario, subject, repeat } = planned;
    const decisions = scenario.clauses.map((clause) => about.decide?.(planned, clause) ?? {});
    if (about.decide !== undefined && about.decide(planned, scenario.clauses[0] ?? '') === null)
      continue;
    const missing = decisions.flatMap((decision) =>
      'missing' in decision ? [decision.missing] : [],
    )[0];
    samples.push({
      index,
      scenario: scenario.id,
      subject,
      repeat,
      outcome: missing ?? 'replied',
      reason: null,
      finish: missing === undefined ? 'stop' : null,
      call: `subject_${index}`,
      input: 10,
      output: 20,
      cost: 0.001,
    });
    if (missing !== undefined) continue;
    for (const [place, clause] of scenario.clauses.entries()) {
      const decision = decisions[place] ?? {};
      const outcome = ('outcome' in decision ? decision.outcome : undefined) ?? 'adheres';
      verdicts.push({
        sample: index,
        judge: 0,
        clause,
        outcome,
        severity: outcome === 'violates' ? 'major' : null,
        cause: outcome === 'cannot_judge' ? 'judge' : null,
        call: `judge_${index}_${place}`,
        input: 30,
        output: 5,
        cost: 0.002,
        ...decision,
      });
    }
  }
  const sample = (index: number): { sample: SampleRecord; verdicts: VerdictRecord[] } => {
    const { scenario, subject, repeat } = sampleAt(plan, index);
    const content = about.words?.content ?? 'I am certain, and wrong.';
    return {
      sample: {
        index,
        scenario: scenario.id,
        subject,
        repeat,
        outcome: samples.find((row) => row.index === index)?.outcome ?? 'replied',
        reason: null,
        transcript: madeUpLog([
          { id: 'm1', role: 'user', content: 'A question.', source: 'scenario' },
          { id: 'm2', role: 'assistant', content, source: 'subject' },
        ]),
        usage: { input: 10, output: 20 },
        cost: 0.001,
        calls: [`subject_${index}`],
      },
      verdicts: verdicts
        .filter((verdict) => verdict.sample === index)
        .map(({ input, output, call, ...verdict }) => ({
          ...verdict,
          clauseHash: HASH,
          reason: about.words?.reason ?? 'It says more than it knows.',
          citations: [
            { message: 'm2', quote: content.slice(5, 12), span: { start: 5, end: 12 } },
            { message: 'm1', quote: 'made up', span: null },
          ],
          usage: { input, output },
          calls: [call],
        })),
    };
  };
  const asked = samples.map(({ index }) => index);
  return { plan, tally: tally(plan, samples, verdicts), asked, sample };
}
