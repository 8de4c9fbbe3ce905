import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { encode } from 'gpt-tokenizer';
import { loadSpec, STARTER_SPEC } from '../src/app/files.ts';
import type { Answer, ModelRequest } from '../src/model/types.ts';
import { execute } from '../src/run/execute.ts';
import { openJudges } from '../src/run/judging/judges.ts';
import { askingRollout } from '../src/run/rollout.ts';
import { instructionsOf } from '../src/run/run.ts';
import { drawSuite, markedReplies } from '../src/run/suite/draw.ts';
import { suiteOf } from '../src/run/suite/suite.ts';
import {
  clauseText,
  examplesOf,
  findSection,
  readSpec,
  repliesOf,
  type Section,
  type Spec,
  walkBlocks,
} from '../src/spec/index.ts';
import { sharedRelease, skipUnlessShared } from './shared-data.ts';
import { NEVER, simulatedPlan } from './simulated-audit.ts';

const LIMIT = 6_000;

/** Sentences shorter than this may stand in two clauses by chance. */
const TELLING_LENGTH = 50;

/** What a judge is asked when a subject gives the longest reply that the spec marks, for every scenario. */
async function judgeRequests(
  spec: Spec,
  suite = drawSuite(spec),
): Promise<{ clause: string; request: ModelRequest }[]> {
  const plan = simulatedPlan({
    spec,
    suite,
    subjects: ['sim:subject'],
    judge: 'sim:judge',
    repeats: 1,
    seed: 1,
  });
  const marked = markedReplies(spec);
  const replies = new Map(
    [...suite.scenarios].map(({ id, clauses, messages }) => {
      const own = marked.get(id)?.map(({ content }) => content) ?? [];
      return [JSON.stringify(messages), longest(own.length > 0 ? own : markedIn(spec, clauses[0]))];
    }),
  );
  const asked: { clause: string; request: ModelRequest }[] = [];
  const answer = (
    text: string,
  ): { type: 'answered'; hash: string; answer: Answer; cost: null; fromRecord: false } => ({
    type: 'answered',
    hash: '',
    answer: { type: 'reply', text, finish: 'stop', usage: { input: null, output: null }, raw: '' },
    cost: null,
    fromRecord: false,
  });
  const end = await execute(
    {
      plan,
      progress: new Uint8Array(suite.scenarios.length),
      rollout: askingRollout(plan, [
        {
          hashOf: () => '',
          call: async ({ messages }) => answer(replies.get(JSON.stringify(messages)) ?? ''),
        },
      ]),
      judges: openJudges(plan, {
        callerOf: () => ({
          hashOf: () => '',
          call: async (request) => {
            const { clause } = JSON.parse(request.messages[1]?.content ?? '{}');
            asked.push({ clause, request });
            return answer('{"reason":"","outcome":"adheres","severity":null,"citations":[]}');
          },
        }),
      }),
      instructions: instructionsOf(plan, spec),
      width: () => 1,
      finish: async () => {},
    },
    NEVER,
  );
  assert.equal(end.type, 'finished');
  assert.ok(asked.length >= suite.scenarios.length);
  return asked;
}

/** All replies that the examples of a clause mark. */
function markedIn(spec: Spec, clause = ''): string[] {
  const section = findSection(spec, clause);
  if (section === undefined) return [];
  return examplesOf(section).flatMap((example) => repliesOf(example).map(({ content }) => content));
}

function longest(texts: string[]): string {
  return texts.reduce((long, text) => (text.length > long.length ? text : long), '');
}

const counted = new Map<string, number>();

/** Tokens of a text; the same instructions come with many transcripts and are counted once. */
function tokens(text: string): number {
  const known = counted.get(text);
  if (known !== undefined) return known;
  const { length } = encode(text, { disallowedSpecial: new Set() });
  counted.set(text, length);
  return length;
}

function requestTokens({ messages, schema }: ModelRequest): number {
  return messages.reduce(
    (sum, { content }) => sum + tokens(content),
    tokens(JSON.stringify(schema)),
  );
}

/** The value that this share of the sorted values does not exceed. */
function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

async function assertFits(t: TestContext, spec: Spec): Promise<void> {
  const asked = await judgeRequests(spec);
  const sizes = asked.map(({ request }) => requestTokens(request)).sort((a, b) => a - b);
  const [half, most, all] = [0.5, 0.95, 1].map((share) => percentile(sizes, share)) as [
    number,
    number,
    number,
  ];
  const whole = asked.reduce(
    (sum, { request }) => sum + tokens(spec.text) + tokens(request.messages[1]?.content ?? ''),
    0,
  );
  const together = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(
    `${asked.length} questions to a judge: half of them up to ${half} tokens, 95 % up to ${most}, all up to ${all}; ` +
      `${together} together, with the whole spec in each ${whole} (${(100 * (1 - together / whole)).toFixed(1)} % saved)`,
  );
  assert.ok(most < LIMIT, `95 % of the questions have up to ${most} tokens`);
  assert.ok(together < whole / 5, 'hardly anything is saved');
}

/** The sentences that direct behaviour in a clause and are long enough to tell where they are from. */
function tellingSentences(section: Section): string[] {
  const blocks = section.blocks.filter(({ type }) => type === 'paragraph' || type === 'list');
  return walkBlocks(blocks)
    .flatMap((block) => (block.type === 'paragraph' ? block.sentences : []))
    .map(({ text }) => text)
    .filter((text) => text.length >= TELLING_LENGTH);
}

/** Of each clause only its own words, and the first sentence of what it refers to, may reach its judge. */
async function assertNothingElse(spec: Spec): Promise<void> {
  const seen = new Set<string>();
  let looked = 0;
  for (const { clause, request } of await judgeRequests(spec)) {
    if (seen.has(clause)) continue;
    seen.add(clause);
    const section = findSection(spec, clause);
    assert.ok(section !== undefined);
    const { text, commentary, references } = clauseText(spec, section);
    const own = [text, ...commentary, JSON.stringify(section.blocks)].join('\n');
    const told = request.messages[0]?.content ?? '';
    for (const other of spec.sections) {
      if (other.id === clause) continue;
      const referred = references.find(({ id }) => id === other.id);
      for (const sentence of tellingSentences(other)) {
        if (own.includes(sentence) || referred?.firstSentence === sentence) continue;
        looked++;
        assert.ok(
          !told.includes(sentence),
          `the judge of #${clause} is told of #${other.id}: ${sentence}`,
        );
      }
    }
  }
  assert.ok(looked > 1_000, `only ${looked} sentences were looked for`);
}

describe('what a judge reads', () => {
  const starter = loadSpec(STARTER_SPEC);

  it('should stay under 6,000 tokens for 95 % of the questions: the starter spec', async (t) => {
    await assertFits(t, starter);
  });

  it('should hold the clause and nothing of the others: the starter spec', async () => {
    await assertNothingElse(starter);
  });

  it('should name the tools of the scenario', async () => {
    const suite = drawSuite(starter);
    const [first] = suite.scenarios;
    assert.ok(first !== undefined);
    const tools = [{ name: 'search', description: 'Finds pages.', parameters: {} }];
    const asked = await judgeRequests(starter, suiteOf([{ ...first, tools }]));
    assert.ok(asked.length > 0);
    for (const { request } of asked) {
      assert.partialDeepStrictEqual(JSON.parse(request.messages[1]?.content ?? ''), {
        tools: [{ name: 'search', description: 'Finds pages.' }],
      });
    }
  });

  it('should stay under 6,000 tokens for 95 % of the questions: the Model Spec', async (t) => {
    if (skipUnlessShared(t)) return;
    await assertFits(t, readSpec(sharedRelease('2025-12-18')));
  });

  it('should hold the clause and nothing of the others: the Model Spec', async (t) => {
    if (skipUnlessShared(t)) return;
    await assertNothingElse(readSpec(sharedRelease('2025-12-18')));
  });
});
