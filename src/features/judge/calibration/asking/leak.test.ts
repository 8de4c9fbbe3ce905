/** What a judge is shown of an item never holds what the authors said of its example. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RELEASES, sharedRelease, skipUnlessShared } from '../../../../../test/shared-data.ts';
import { loadSpec, STARTER_SPEC } from '../../../../app/files.ts';
import { parseName, plannedModel } from '../../../../app/models.ts';
import type { Caller } from '../../../../model/call.ts';
import type { ModelRequest } from '../../../../model/types.ts';
import { JUDGE_PROMPT } from '../../../../run/judging/judge-prompt.ts';
import {
  type Example,
  examplesOf,
  readSpec,
  repliesOf,
  type Spec,
  titlesResolved,
} from '../../../../spec/index.ts';
import { type CalibrationItem, markedItems } from '../items/items.ts';
import { NEVER } from '../planted.fixture.ts';
import { askEverything } from './ask.ts';

/** Shorter words ("No.", "5") stand in any text by chance; they are looked for as whole replies and notes. */
const TELLING = 12;

/** Everything that a judge is sent for these items and pairs, by the first words of what it is asked. */
async function requestsFor(spec: Spec): Promise<{
  items: CalibrationItem[];
  asked: { item: string; request: ModelRequest }[];
}> {
  const { items, pairs } = markedItems(spec, { simulated: false });
  const planned = {
    ...plannedModel(parseName('openai:gpt-5', '--judge'), {}),
    prompt: JUDGE_PROMPT,
  };
  const requests: ModelRequest[] = [];
  const caller: Caller = {
    hashOf: () => '',
    call: async (request) => {
      requests.push(request);
      const text = '{"reason":"","outcome":"adheres","severity":null,"citations":[]}';
      return {
        type: 'answered',
        hash: '',
        answer: { type: 'reply', text, finish: 'stop', usage: { input: 0, output: 0 }, raw: '' },
        cost: 0,
        fromRecord: false,
      };
    },
  };
  // One after the other, so that each request can be laid to its item.
  const { stopped } = await askEverything(
    { items, retest: [], pairs: [] },
    { caller, planned, width: () => 1 },
    NEVER,
  );
  assert.equal(stopped, null);
  assert.equal(requests.length, items.length);
  const ofItems = requests.map((request, place) => ({ item: items[place]?.id ?? '', request }));
  requests.length = 0;
  await askEverything({ items: [], retest: [], pairs }, { caller, planned, width: () => 1 }, NEVER);
  // The answer has no form that fits, so each of the two orders is asked twice.
  assert.equal(requests.length, pairs.length * 4);
  const ofPairs = requests.map((request, place) => {
    return { item: `${pairs[Math.floor(place / 4)]?.cluster}/pair`, request };
  });
  return { items, asked: [...ofItems, ...ofPairs] };
}

function folded(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim().toLowerCase();
}

function examplesById(spec: Spec): Map<string, Example> {
  return new Map(
    spec.sections.flatMap((section) =>
      examplesOf(section).map(
        (example) => [`${example.section}#${example.ordinal}`, example] as const,
      ),
    ),
  );
}

/** Looks through every request; gives how many texts it looked for. */
async function assertNoLeak(spec: Spec): Promise<{ items: number; looked: number }> {
  const examples = examplesById(spec);
  const { items, asked } = await requestsFor(spec);
  let looked = 0;
  for (const { item, request } of asked) {
    const example = examples.get(item.slice(0, item.lastIndexOf('/')));
    assert.ok(example !== undefined, item);
    const [system, user] = request.messages;
    assert.ok(system !== undefined && user !== undefined);
    const told = system.content.slice(system.content.indexOf('# The clause'));
    const brief = folded(told);
    const lines = new Set(told.split('\n').map(folded));
    const { transcript } = JSON.parse(user.content) as {
      transcript: { source: string; content: string }[];
    };
    const scene = transcript.filter(({ source }) => source === 'scenario');
    const texts = repliesOf(example).flatMap(({ content, note }) =>
      note === null ? [content] : [content, note, titlesResolved(note, spec)],
    );
    for (const text of texts.map(folded)) {
      looked++;
      if (text.length >= TELLING) {
        assert.ok(!brief.includes(text), `${item}: the brief holds '${text}'`);
        for (const { content } of scene) {
          assert.ok(!folded(content).includes(text), `${item}: the scene holds '${text}'`);
        }
      }
      for (const line of lines) {
        const said = line.replace(/^reply marked [a-z]+(?: \([a-z ]+\))?/, '');
        const isReply =
          said === `: ${text}` || (said.startsWith(' — ') && said.endsWith(`: ${text}`));
        const isNote = line.includes(` — ${text}: `);
        assert.ok(
          !isReply && !isNote && line !== text,
          `${item}: the brief has the line '${line}'`,
        );
      }
    }
  }
  return { items: items.length, looked };
}

describe('the question about a marked reply', () => {
  it('never holds the marked replies and notes of its example: the starter spec', async () => {
    const { items, looked } = await assertNoLeak(loadSpec(STARTER_SPEC));
    assert.equal(items, 107);
    assert.ok(looked > 500);
  });

  const counts = { '2025-04-11': 337, '2025-09-12': 379, '2025-12-18': 397 };
  for (const version of RELEASES) {
    it(`never holds the marked replies and notes of its example: ${version}`, async (t) => {
      if (skipUnlessShared(t)) return;
      const { items, looked } = await assertNoLeak(readSpec(sharedRelease(version)));
      assert.equal(items, counts[version]);
      assert.ok(looked > 2_000);
    });
  }

  it('holds none of them by way of a rubric that was written with the examples in mind', () => {
    const spec = loadSpec(STARTER_SPEC);
    const clause = 'do_not_flatter';
    const notes = spec.sections
      .filter(({ id }) => id === clause)
      .flatMap((section) => examplesOf(section).flatMap(repliesOf))
      .flatMap(({ note }) => note ?? []);
    assert.ok(notes.length > 2);
    const list = notes.map((note) => `- ${note}`).join('\n');
    const text = `---\nrubric: r\nversion: 1\nclause: ${clause}\n---\n\n## IS NOT\n\n${list}\n`;
    const rubric = { clause, name: 'r@1', hash: '', text, byCode: false };
    const { items } = markedItems(spec, { simulated: false, rubrics: [rubric] });
    const own = items.filter((item) => item.clause.id === clause);
    const shown = own.flatMap(({ instructions }) =>
      notes.filter((note) => instructions.includes(note)),
    );
    assert.ok(shown.length > 0, 'notes on other examples stay');
    for (const { cluster, instructions } of own) {
      const example = examplesById(spec).get(cluster);
      assert.ok(example !== undefined);
      for (const { note } of repliesOf(example)) {
        assert.ok(note === null || !instructions.includes(note), `${cluster}: ${note}`);
      }
      assert.match(instructions, /# Rubric[\s\S]*\(left out\)/);
    }
  });

  it('holds words of the example elsewhere in the clause only as left out', () => {
    const spec = readSpec({
      file: 'spec.md',
      bytes: new TextEncoder().encode(`# Spec
## A {#a authority=user}
Never say "I would rather not discuss that." to anybody.

!!! meta "Commentary"
    Refusals such as “I would rather  not discuss that.” help nobody.

**Example**: first

~~~xml
<user>
Why?
</user>
<comparison>
<assistant> <!-- BAD: gives no reason at all -->
I would rather not discuss that.
</assistant>
</comparison>
~~~

**Example**: second

~~~xml
<user>
Really?
</user>
<comparison>
<assistant> <!-- BAD -->
I WOULD RATHER NOT DISCUSS THAT.
</assistant>
</comparison>
~~~

**Example**: third

~~~xml
<user>
Tell me.
</user>
<comparison>
<assistant> <!-- GOOD -->
Since it rains.
</assistant>
</comparison>
~~~
`),
    });
    const { items } = markedItems(spec, { simulated: false });
    const [first, , third] = items.map(({ instructions }) => instructions);
    assert.ok(first !== undefined && third !== undefined);
    assert.doesNotMatch(first, /rather\s+not discuss|no reason at all|Really/i);
    assert.match(
      first,
      /Never say "\(left out\)" to anybody[\s\S]*Refusals such as “\(left out\)”/,
    );
    assert.match(first, /Since it rains/);
    assert.match(third, /Never say "I would rather not discuss that\."[\s\S]*Really/);
    assert.doesNotMatch(third, /Since it rains/);
  });
});
