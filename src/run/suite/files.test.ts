import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readSuite, writeSuite } from './files.ts';
import type { Scenario } from './scenario.ts';
import { type Suite, suiteOf } from './suite.ts';

const CLAUSES = ['be_honest', 'be_kind', 'keep_confidences'];
const known = { has: (id: string) => CLAUSES.includes(id), near: () => [] };

function read(file: string, text: string): Suite {
  const suite = readSuite(file, text, known);
  assert.ok(!('problems' in suite), 'problems' in suite ? suite.problems.join('\n') : '');
  return suite;
}

function problemsOf(file: string, text: string): string[] {
  const suite = readSuite(file, text, known);
  return 'problems' in suite ? suite.problems : [];
}

const row = (fields: Record<string, unknown>): string => `${JSON.stringify(fields)}\n`;

function only(suite: Suite): Scenario {
  const [scenario] = suite.scenarios;
  assert.ok(scenario !== undefined && suite.scenarios.length === 1);
  return scenario;
}

const name = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' });

const scenarios = fc.uniqueArray(
  fc.record(
    {
      id: name,
      title: fc.string(),
      clauses: fc.uniqueArray(fc.constantFrom(...CLAUSES), { minLength: 1 }),
      messages: fc.array(
        fc.record(
          {
            role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool'),
            // Few words, so that the same question comes up again.
            content: fc.oneof(fc.constantFrom('', 'a', 'b'), fc.string({ unit: 'binary' })),
            name: fc.string(),
            recipient: fc.string(),
            toolCalls: fc.array(
              fc.record({ id: fc.string(), name: fc.string(), arguments: fc.string() }),
            ),
            toolCallId: fc.string(),
          },
          { requiredKeys: ['role', 'content'] },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      tools: fc.array(
        fc.record({
          name: fc.string(),
          description: fc.string(),
          parameters: fc.dictionary(
            fc.string().filter((key) => key !== '__proto__'),
            fc.jsonValue({ maxDepth: 2 }),
          ),
        }),
        { maxLength: 2 },
      ),
      maxTokens: fc.integer({ min: 1, max: 9 }),
      cluster: name,
      source: fc.record({
        kind: fc.constantFrom('example', 'eval', 'file'),
        reference: fc.string(),
        line: fc.nat(),
      }),
    },
    { requiredKeys: ['id', 'title', 'clauses', 'messages', 'cluster', 'source'] },
  ),
  { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
) as fc.Arbitrary<Scenario[]>;

describe('our own JSON lines', () => {
  it('are read as they were written, to the byte', () => {
    fc.assert(
      fc.property(scenarios, (given) => {
        const suite = suiteOf(given);
        const text = writeSuite(suite);
        const again = read('suite.jsonl', text);
        assert.equal(writeSuite(again), text);
        assert.equal(again.hash, suite.hash);
        assert.deepEqual(again.excluded, []);
      }),
    );
  });
});

describe('loose rows', () => {
  it('name a clause once, however often and wherever they name it', () => {
    const json = row({ clauses: ['be_kind', '#be_kind'], clause: 'be_kind', prompt: 'x' });
    assert.deepEqual(only(read('s.jsonl', json)).clauses, ['be_kind']);
    const csv = 'clause,clauses,prompt\nbe_kind; be_honest,"#be_kind,keep_confidences",x\n';
    assert.deepEqual(only(read('s.csv', csv)).clauses, [
      'be_kind',
      'be_honest',
      'keep_confidences',
    ]);
    const own = { ...only(read('s.jsonl', json)), clauses: ['be_kind', '#be_kind', 'be_kind'] };
    assert.deepEqual(only(read('s.jsonl', row(own))).clauses, ['be_kind']);
  });

  it('may have tools and a ceiling on the reply', () => {
    const tools = [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }];
    const json = only(
      read('s.jsonl', row({ clause: 'be_kind', prompt: 'x', tools, maxTokens: 9 })),
    );
    assert.deepEqual([json.tools, json.maxTokens], [tools, 9]);
    const cell = `"${JSON.stringify(tools).replaceAll('"', '""')}"`;
    const csv = only(read('s.csv', `clause,prompt,max_tokens,tools\nbe_kind,x,9,${cell}\n`));
    assert.deepEqual([csv.tools, csv.maxTokens], [tools, 9]);
    assert.match(
      problemsOf('s.csv', 'clause,prompt,maxTokens\nbe_kind,x,many\n').join(),
      /^s\.csv:2: .*maxTokens/,
    );
    assert.match(
      problemsOf('s.csv', 'clause,prompt,tools\nbe_kind,x,{oops\n').join(),
      /^s\.csv:2: .*tools: .*array/,
    );
  });

  it('say which field of JSON is none', () => {
    const text = row({ clause: 'be_kind', prompt: 'x', cluser: 'a' });
    assert.deepEqual(problemsOf('s.jsonl', text), [
      "s.jsonl:1: there is no field 'cluser'. Is it 'cluster'?",
    ]);
    assert.match(problemsOf('s.jsonl', row({ zzzzzzzz: 1 })).join(), /A row may have id, title/);
    assert.match(problemsOf('s.json', `[${text}]`).join(), /^s\.json: item 1: there is no field/);
  });

  it('send one conversation, and say where two are given', () => {
    const text = row({ clause: 'be_kind', prompt: 'x', input: 'y' });
    assert.match(problemsOf('s.jsonl', text).join(), /'input' and 'prompt' are both given/);
  });

  it('are told as data and in words', () => {
    const suite = readSuite('s.jsonl', row({ clause: 'be_mean', prompt: 'x' }), {
      has: () => false,
      near: () => ['be_kind'],
    });
    assert.ok('issues' in suite);
    assert.deepEqual(suite.issues, [
      { place: '1', code: 'unknown-clause', data: { clause: 'be_mean', near: ['be_kind'] } },
    ]);
    assert.deepEqual(suite.problems, [
      's.jsonl:1: the spec has no clause #be_mean. Is it #be_kind?',
    ]);
    const empty = readSuite('s.csv', 'clause,prompt\n', known);
    assert.ok('issues' in empty);
    assert.deepEqual(empty.issues, [{ place: null, code: 'no-scenario', data: {} }]);
  });

  it('are counted where too many are wrong to show', () => {
    const problems = problemsOf('s.jsonl', row({ clause: 'be_kind' }).repeat(25));
    assert.equal(problems.length, 11);
    assert.equal(problems[10], '… and 15 more.');
  });
});

describe('CSV', () => {
  it('takes an empty cell for none, and names of columns in any case', () => {
    const text =
      '\ufeff ID , Clause ,PROMPT,System,Cluster,Title,MaxTokens\n,be_kind,Hello  there,,,,\n,,,,,,\n';
    const scenario = only(read('dir/s.csv', text));
    assert.deepEqual(scenario, {
      id: 's.csv:2',
      title: 'Hello there',
      clauses: ['be_kind'],
      messages: [{ role: 'user', content: 'Hello  there' }],
      cluster: 's.csv:2',
      source: { kind: 'file', reference: 'dir/s.csv', line: 2 },
    });
  });

  it('names the columns that were not used', () => {
    const suite = read('s.csv', 'clause,prompt,Notes,source\nbe_kind,x,mine,web\n');
    assert.deepEqual(suite.unusedColumns, ['Notes', 'source']);
    assert.equal(read('s.csv', 'clause,prompt\nbe_kind,x\n').unusedColumns, undefined);
    const twice = problemsOf('s.csv', 'clause,prompt,Clause\nbe_kind,x,be_honest\n');
    assert.deepEqual(twice, ["s.csv:1: the column 'Clause' stands twice: rename one."]);
  });

  it('says the line that a row starts on', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = [
        '\ufeffclause,prompt',
        'be_kind,"ä',
        'b',
        'c"',
        '',
        'be_mean,"x',
        'y"',
        '',
      ].join(end);
      assert.deepEqual(problemsOf('s.csv', text), ['s.csv:6: the spec has no clause #be_mean.']);
    }
  });
});
