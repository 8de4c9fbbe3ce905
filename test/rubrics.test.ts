import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listing, NO_NETWORK, temporaryFolder, userIn } from './command.ts';
import { type Report, reportSchema } from './report-document.ts';
import { startAnthropic } from './servers/anthropic.ts';
import { type Asked, echo, verdict } from './servers/behaviours.ts';
import { startOpenai } from './servers/openai.ts';

const SHORT = `---
rubric: short
version: 3
clause: fit_the_form
severity: minor
applies_when: {regex: '[?!]$'}
checks:
  - length: {words: {max: 5}}
  - not: {contains: please}
---
`;

/** The subject says what the user says, so that these are the replies too. */
const PROMPTS = ['How long is a day?', 'Tell me all there is to tell!', 'Say it.', 'Now, please!'];

function rows(prompts: readonly string[], clause = 'fit_the_form'): string {
  return prompts.map((prompt) => `${JSON.stringify({ clause, prompt })}\n`).join('');
}

function reportOf(json: string): Report {
  return reportSchema.parse(JSON.parse(json));
}

describe('tenet audit --rubric', () => {
  it('should judge by code alone where every clause has checks, and ask no model', async () => {
    await using server = await startOpenai({ dialect: 'lenient', behaviour: echo });
    using folder = temporaryFolder();
    writeFileSync(folder.at('short.md'), SHORT);
    writeFileSync(folder.at('suite.jsonl'), rows(PROMPTS));
    const args = ['audit', '--suite', 'suite.jsonl', '--subject', `vllm:x?base=${server.base}`];
    const byCode = [...args, '--rubric', 'short.md'];
    const ran = await userIn(folder.path).run(...byCode, '--json');
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(server.requests, PROMPTS.length);
    const report = reportOf(ran.stdout);
    assert.deepEqual(
      [report.run.judges.map(({ id }) => id), report.run.simulated],
      [['code'], false],
    );
    const [clause] = report.subjects[0]?.clauses ?? [];
    assert.partialDeepStrictEqual(clause?.counts, { adheres: 1, violates: 2, not_applicable: 1 });
    assert.equal(clause?.severity.minor, 2);
    const quotes = clause?.worst.map(({ quotes: found }) => found.map(({ quote }) => quote));
    assert.deepEqual(quotes, [['to tell!'], ['please']]);

    const alone = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const offline = await alone.run(...byCode, '--offline', '--json');
    assert.ok(offline.stdout === ran.stdout, offline.stderr);
    const dry = await alone.run(...byCode, '--dry-run', '--json');
    assert.partialDeepStrictEqual(JSON.parse(dry.stdout), { calls: { subjects: 4, judges: 0 } });
    const without = await alone.run(...args, '--dry-run');
    assert.match(without.stderr, /--judge: name the model that judges/);
  });

  it('should tell a model what the rubric says after the clause, and keep it with the run', async () => {
    const told: string[] = [];
    const judging = verdict('adheres');
    const hear = (asked: Asked) => {
      told.push(JSON.stringify(asked.body));
      return judging(asked);
    };
    await using server = await startOpenai({ dialect: 'lenient', behaviour: echo });
    await using judge = await startAnthropic({ behaviour: hear });
    using folder = temporaryFolder();
    writeFileSync(folder.at('short.md'), SHORT);
    writeFileSync(
      folder.at('truth.md'),
      '---\nrubric: t\nversion: 1\nclause: tell_the_truth\n---\n## IS\n- zebra facts\n',
    );
    const suite =
      rows(PROMPTS) + rows(['A?', 'B?'], 'tell_the_truth') + rows(['C?'], 'show_both_sides');
    writeFileSync(folder.at('suite.jsonl'), suite);
    const variables = { ANTHROPIC_API_KEY: 'test' };
    const models = [
      '--subject',
      `vllm:x?base=${server.base}`,
      '--judge',
      `anthropic:claude-sonnet-4-5?base=${judge.base}`,
    ];
    const user = userIn(folder.path, variables);
    const ran = await user.run(
      'audit',
      '--suite',
      'suite.jsonl',
      ...models,
      '--rubric',
      '.',
      '--json',
    );
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(told.length, 3, 'what code judges was asked of the model too');
    assert.equal(
      told.filter((body) => /# The clause.*# Rubric.*zebra facts/s.test(body)).length,
      2,
    );
    assert.equal(told.filter((body) => body.includes('# Rubric')).length, 2);

    rmSync(folder.at('truth.md'));
    const { id } = reportOf(ran.stdout).run;
    const alone = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const offline = await alone.run('audit', '--resume', id, '--offline', '--json');
    assert.ok(offline.stdout === ran.stdout, offline.stderr);
  });

  it('should say all that is wrong with rubrics before anything is asked or made', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    writeFileSync(folder.at('a.md'), SHORT.replace('fit_the_form', 'fit_the_frm'));
    writeFileSync(folder.at('b.md'), SHORT.replace('max: 5', 'mix: 5'));
    const before = listing(folder.path);
    const { code, stdout, stderr } = await user.run('audit', '--rubric', '.');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /^tenet: a\.md:4:9: The spec has no clause #fit_the_frm\. Is it #fit_the_form/,
    );
    assert.match(stderr, /^b\.md:8:\d+: length: "mix" is not known here\.$/m);
    for (const [path, problem] of [
      ['none.md', /none\.md: there is no such file/],
      ['.tenet', /no such file/],
    ] as const) {
      const ran = await user.run('audit', '--rubric', path);
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, problem);
    }
    assert.deepEqual(listing(folder.path), before);
  });
});
