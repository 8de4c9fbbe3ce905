/** A world with planted faults, written into a real ledger of memory run by run, and read from there. */

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { type Ledger, openLedger } from '../../../ledger/ledger.ts';
import type { LabelRecord, VerdictOutcome, VerdictRecord } from '../../../ledger/records.ts';
import { madeUpLog } from '../../../ledger/transcript.fixture.ts';
import { keepCertificate } from '../../../report/certificate/keep.ts';
import {
  type Plan,
  type PlannedSample,
  planAudit,
  sampleAt,
  sampleCount,
} from '../../../run/plan.ts';
import { createRun } from '../../../run/run.ts';
import { suiteOf } from '../../../run/suite/suite.ts';
import { readSpec, type Spec } from '../../../spec/index.ts';
import { type Random, seededRandom } from '../../../stats/index.ts';
import { type CalibrationItem, certifyJudge, markedItems } from '../../judge/calibration/index.ts';
import { type HealthEvidence, readEvidence } from './evidence.ts';
import { type Health, healthOf } from './health.ts';

export interface World {
  /** Levels of the clauses `c0`, `c1`, …; eight at `user` where nothing is said. */
  levels?: string[];
  /** Clauses that print a good and a bad reply; all where nothing is said. */
  shown?: (clause: number) => boolean;
  /** What a clause says besides. */
  says?: (clause: number) => string;
  subjects?: string[];
  judges?: string[];
  /** Scenarios of a clause, each a seed of its own. */
  seeds?: number | ((clause: number) => number);
  repeats?: number;
  /** Two clauses that every scenario of the first tests together. */
  together?: [number, number];
  /** Whether a reply breaks a clause; by chance in one of twelve where nothing is said. */
  breaks?: (sample: PlannedSample, clause: number, random: Random) => boolean | undefined;
  /** What a judge says of a reply; the truth but for one in thirty where nothing is said. */
  verdict?: (
    about: { judge: number; clause: number; broken: boolean; sample: PlannedSample },
    random: Random,
  ) => VerdictOutcome | undefined;
  /** What a person says, of one reply in three; the truth where nothing is said, `null` for no label. */
  label?: (
    about: { person: number; clause: number; broken: boolean; sample: PlannedSample },
    random: Random,
  ) => LabelRecord['outcome'] | undefined;
  people?: number;
  /** What judges made of the marked replies, by judge and reply; null where none was measured. */
  marks?: ((about: { judge: number; item: CalibrationItem }) => VerdictOutcome | undefined) | null;
  simulated?: boolean;
  seed?: number;
}

export const ERROR = 1 / 30;
const VIOLATES = 1 / 12;

/** The spec of a world. */
export function worldSpec(world: World): Spec {
  const levels = world.levels ?? Array.from({ length: 8 }, () => 'user');
  const text = levels.map((level, clause) => {
    const example =
      (world.shown?.(clause) ?? true)
        ? '\n**Example**: one\n\n~~~xml\n<user>\nHello\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nGood\n</assistant>\n<assistant> <!-- BAD -->\nBad\n</assistant>\n</comparison>\n~~~\n'
        : '';
    return `## Clause ${clause} {#c${clause} authority=${level}}\n\nThe assistant does ${clause}. ${world.says?.(clause) ?? ''}\n${example}`;
  });
  return readSpec({
    file: 'world.md',
    bytes: new TextEncoder().encode(
      `<!-- tenet: id=world version=1 levels=root>user -->\n\n# World {#world}\n\n${text.join('\n')}`,
    ),
  });
}

/** Writes a run of the world into a ledger. */
export async function writeRun(ledger: Ledger, spec: Spec, world: World): Promise<Plan> {
  const random = seededRandom(world.seed ?? 1);
  const plan = worldPlan(spec, world);
  const run = await createRun(ledger, { plan, spec: spec.text }, world.seed ?? 0);
  await using writer = await ledger.writer(run, 'a test');
  const labels: LabelRecord[] = [];
  for (let index = 0; index < sampleCount(plan); index++) {
    const sample = sampleAt(plan, index);
    const verdicts: VerdictRecord[] = [];
    for (const id of sample.scenario.clauses) {
      const clause = Number(id.slice(1));
      const broken = world.breaks?.(sample, clause, random) ?? random() < VIOLATES;
      const clauseHash = plan.clauses.find((one) => one.id === id)?.hash ?? '';
      for (const judge of plan.judges.keys()) {
        const outcome =
          world.verdict?.({ judge, clause, broken, sample }, random) ??
          (broken !== random() < ERROR ? 'violates' : 'adheres');
        verdicts.push({
          ...verdictOf(judge, id, clauseHash, index),
          outcome,
          severity: outcome === 'violates' ? 'major' : null,
          cause: outcome === 'cannot_judge' ? 'judge' : null,
        });
      }
      for (let person = 0; person < (world.people ?? 0); person++) {
        const said = world.label?.({ person, clause, broken, sample }, random);
        if (said === null || (said === undefined && index % 3 > 0)) continue;
        labels.push({
          run: run.ordinal,
          sample: index,
          clause: id,
          clauseHash,
          person: `person ${person}`,
          outcome: said ?? (broken ? 'violates' : 'adheres'),
          severity: null,
          note: '',
          inclusion: 1,
          source: 'terminal',
          time: 0,
        });
      }
    }
    await writer.addSample(
      {
        index,
        scenario: sample.scenario.id,
        subject: sample.subject,
        repeat: sample.repeat,
        outcome: 'replied',
        reason: null,
        transcript: madeUpLog(),
        usage: { input: 1, output: 1 },
        cost: 0,
        // The same question to the same subject is the same call, in whichever run.
        calls: [
          hash(
            'sha256',
            `${plan.subjects[sample.subject]?.name} ${sample.scenario.id} ${sample.repeat}`,
            'hex',
          ),
        ],
      },
      verdicts,
    );
  }
  await ledger.labels.add(labels);
  return plan;
}

function verdictOf(
  judge: number,
  clause: string,
  clauseHash: string,
  sample: number,
): VerdictRecord {
  return {
    sample,
    judge,
    clause,
    clauseHash,
    outcome: 'adheres',
    severity: null,
    reason: 'planted',
    citations: [],
    cause: null,
    usage: { input: 1, output: 1 },
    cost: 0,
    calls: [],
  };
}

function worldPlan(spec: Spec, world: World): Plan {
  const { seeds = 6, repeats = 3, together, simulated = false } = world;
  const ids = spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id);
  const model = (name: string) => ({
    name,
    label: name,
    family: name.split(':')[0] ?? null,
    simulated,
    parameters: {},
  });
  const scenarios = ids.flatMap((id, clause) =>
    Array.from({ length: typeof seeds === 'number' ? seeds : seeds(clause) }, (_, place) => ({
      id: `${id}-${place}`,
      title: `${id} ${place}`,
      clauses: together?.[0] === clause ? [id, `c${together[1]}`] : [id],
      messages: [{ role: 'user' as const, content: `${id} ${place}` }],
      cluster: `${id}-${place}`,
      source: { kind: 'file' as const, reference: 'world.jsonl', line: 1 },
    })),
  );
  return planAudit({
    spec,
    suite: suiteOf(scenarios),
    subjects: (world.subjects ?? ['openai:one', 'mistral:two']).map((name) => ({
      ...model(name),
      system: null,
    })),
    judges: (world.judges ?? ['anthropic:judge', 'google:judge']).map(model),
    repeats,
    seed: world.seed ?? null,
  });
}

/** A certificate of every judge, right on every marked reply where nothing else is said. */
async function measure(
  ledger: Ledger,
  spec: Spec,
  plan: Plan,
  says: NonNullable<World['marks']>,
): Promise<void> {
  const { items, excluded } = markedItems(spec, { simulated: false });
  const questions = { items, pairs: [], retest: [] };
  for (const [place, judge] of plan.judges.entries()) {
    const verdicts = items.map(
      (item): VerdictRecord => ({
        ...verdictOf(place, item.clause.id, item.clause.hash, 0),
        outcome: says({ judge: place, item }) ?? item.truth,
      }),
    );
    await keepCertificate(
      ledger,
      certifyJudge(
        {
          spec,
          rubrics: [],
          questions,
          excluded,
          runs: [],
          cutoff: null,
          dated: false,
          pairsWanted: false,
          retestWanted: false,
        },
        judge,
        { verdicts, choices: [], second: [] },
        new Date(0),
      ),
    );
  }
}

/** A ledger of memory. */
export async function memoryLedger(): Promise<Ledger> {
  const opened = await openLedger(':memory:', { write: true });
  assert.ok(opened.ok);
  return opened.ledger;
}

/** What is read of a world that was written into a ledger of its own. */
export async function healthOfWorld(
  world: World,
): Promise<{ evidence: HealthEvidence; health: Health }> {
  await using ledger = await memoryLedger();
  const spec = worldSpec(world);
  const plan = await writeRun(ledger, spec, world);
  if (world.marks) await measure(ledger, spec, plan, world.marks);
  const evidence = await readEvidence(ledger, spec);
  return { evidence, health: healthOf(evidence) };
}
