/** CPU time of one sample (two calls and their records), beside a bare pooled HTTP loop on the same server. */
import { Pool } from 'undici';
import { clauseBrief } from '../src/run/judging/clause-brief.ts';
import { judgeInstructions, judgeRequest } from '../src/run/judging/judge-prompt.ts';
import { loadPlan, runLoad, startServer } from './audit-load.ts';
import { cpuSeconds, print } from './measure.ts';

const ROUNDS = 3;
const SAMPLES = new Map([
  [1, 1_500],
  [100, 6_000],
  [1_000, 10_000],
]);

const briefs = new Map<string, string>();
const server = await startServer();
try {
  const warm = loadPlan(server.base, 2_000);
  await runLoad(warm, 100);
  for (const [inFlight, samples] of SAMPLES) {
    const plan = loadPlan(server.base, samples);
    const ours: Round[] = [];
    const bare: Round[] = [];
    // Taken in turn, so that a machine that slows down slows both.
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await measured(samples, () => bareLoop(plan, samples, inFlight)));
      ours.push(await measured(samples, () => runLoad(plan, inFlight)));
    }
    print({
      what: 'overhead',
      inFlight,
      samples,
      cpuMilliseconds: best(ours, 'cpu'),
      bareCpuMilliseconds: best(bare, 'cpu'),
      samplesPerSecond: 1_000 / best(ours, 'wall'),
      bareSamplesPerSecond: 1_000 / best(bare, 'wall'),
    });
  }
} finally {
  server.stop();
}

interface Round {
  /** Milliseconds per sample. */
  cpu: number;
  wall: number;
}

async function measured(samples: number, work: () => Promise<void>): Promise<Round> {
  const cpu = cpuSeconds();
  const wall = performance.now();
  await work();
  return {
    cpu: ((cpuSeconds() - cpu) * 1_000) / samples,
    wall: (performance.now() - wall) / samples,
  };
}

function best(rounds: Round[], what: keyof Round): number {
  return Math.min(...rounds.map((round) => round[what]));
}

/** The least that anyone could do: the same bodies to the same server over a pool, the replies parsed. */
async function bareLoop(
  { plan, spec }: ReturnType<typeof loadPlan>,
  samples: number,
  inFlight: number,
): Promise<void> {
  const url = new URL(plan.subjects[0]?.label.split('base=')[1] ?? '');
  const pool = new Pool(url.origin, { connections: inFlight });
  const path = `${url.pathname}/chat/completions`;
  const post = async (body: unknown): Promise<string> => {
    const response = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const reply = (await response.body.json()) as { choices: { message: { content: string } }[] };
    return reply.choices[0]?.message.content ?? '';
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < samples) {
      const scenario = plan.suite.scenarios.at(next++);
      if (scenario === undefined) return;
      const { messages } = scenario;
      const content = await post({ model: 'instant', messages, max_tokens: 1_024 });
      const clause = scenario.clauses[0] ?? '';
      const instructions = briefs.get(clause) ?? judgeInstructions(clauseBrief(spec, clause));
      briefs.set(clause, instructions);
      const request = judgeRequest({
        clause,
        instructions,
        transcript: {
          messages: [{ id: 'm1', role: 'assistant', content, source: 'subject' }],
          finish: 'stop',
        },
        parameters: { maxTokens: 1_024 },
        repeat: 0,
      });
      await post({ model: 'instant', messages: request.messages, max_tokens: 1_024 });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  await pool.close();
}
