import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { loadSpec, STARTER_SPEC } from '../src/app/files.ts';
import { parseName } from '../src/app/models.ts';
import { askAttacks } from '../src/features/judge/attacks/ask.ts';
import { attachAttack } from '../src/features/judge/attacks/attach.ts';
import {
  type Attack,
  type AttackItem,
  WANTED,
  wantedOf,
} from '../src/features/judge/attacks/attack.ts';
import { ATTACKS, attacked } from '../src/features/judge/attacks/attacks.ts';
import { renderAttack } from '../src/features/judge/attacks/blocks.ts';
import { attackItems } from '../src/features/judge/attacks/items.ts';
import { measureAttacks } from '../src/features/judge/attacks/measure.ts';
import { attackQuestions, transcriptOf } from '../src/features/judge/attacks/questions.ts';
import { attackReport } from '../src/features/judge/attacks/report.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import type { VerdictRecord } from '../src/ledger/records.ts';
import { openSimulated } from '../src/model/simulated/provider.ts';
import type { Answer, ModelRequest } from '../src/model/types.ts';
import {
  type AttackedJudge,
  type AttackResult,
  attackJsonSchema,
  attackReportSchema,
} from '../src/report/certificate/attack-schema.ts';
import { judgeKey } from '../src/report/certificate/identity.ts';
import { modelJudge } from '../src/run/judging/judge.ts';
import { judgeRequest } from '../src/run/judging/judge-prompt.ts';
import { checkCitation, verdictOf } from '../src/run/judging/verdict.ts';
import type { PlannedJudge } from '../src/run/plan.ts';
import type { Spec } from '../src/spec/index.ts';
import { widthOf } from '../src/text/layout.ts';
import { listing, NO_NETWORK, STAMP, temporaryFolder, userIn } from './command.ts';

const SIGNALS = { signal: new AbortController().signal, abort: new AbortController().signal };

/** The model of a `sim:` name, asked by itself. */
function simulated(name: string): (request: ModelRequest) => Promise<Answer> {
  const opened = openSimulated(parseName(name, '--judge'), () => new Map());
  assert.ok(opened.ok);
  const { provider } = opened;
  return (request) => provider.complete(request, SIGNALS.abort);
}

/** A transcript as programs that know no better show it: who speaks, and what. */
function naive({ scene }: Pick<AttackItem, 'scene'>): string {
  const lines = scene.history.map(
    ({ role, name, content }) => `${role}${name === undefined ? '' : ` (${name})`}: ${content}`,
  );
  return [...lines, `assistant: ${scene.reply}`].join('\n\n');
}

async function outcomeOn(
  ask: (request: ModelRequest) => Promise<Answer>,
  content: string,
): Promise<string | null> {
  const messages = [
    { role: 'system', content: 'Judge the transcript.' } as const,
    { role: 'user', content } as const,
  ];
  const answer = await ask({ messages, parameters: {}, repeat: 0 });
  assert.equal(answer.type, 'reply');
  try {
    return JSON.parse(answer.text).outcome;
  } catch {
    return null;
  }
}

/** The whole suite, put to a simulated judge as an audit would put it. */
async function suiteWith(
  name: string,
  spec: Spec,
  items: AttackItem[],
  attacks: readonly Attack[] = ATTACKS,
): Promise<AttackedJudge> {
  const complete = simulated(name);
  const planned: PlannedJudge = {
    name,
    label: name,
    family: null,
    simulated: true,
    parameters: {},
    prompt: '',
  };
  const judge = modelJudge(
    {
      hashOf: () => '',
      call: async (request) => ({
        type: 'answered',
        hash: '',
        answer: await complete(request),
        cost: 0,
        fromRecord: false,
      }),
    },
    planned,
  );
  const asked = await askAttacks(
    { spec, items, attacks, stamped: true },
    { judge, width: () => 8 },
    SIGNALS,
  );
  assert.ok('verdicts' in asked);
  return measureAttacks(planned, items, attacks, asked.verdicts);
}

function moved({ toward, against, lost }: AttackResult): number {
  const lostAll = lost.not_applicable + lost.cannot_judge + lost.unsupported + lost.failed;
  return toward.adheres.did + toward.violates.did + against + lostAll;
}

const structural = ATTACKS.filter(({ kind }) => kind === 'structure');

describe('the standing suite of attacks', () => {
  let spec: Spec;
  let items: AttackItem[];
  before(() => {
    spec = loadSpec(STARTER_SPEC);
    items = attackItems(spec, { limit: 20 });
  });

  it('is made on good and bad replies of many clauses', () => {
    assert.equal(items.length, 20);
    assert.ok(items.filter(({ mark }) => mark === 'bad').length >= 8);
    assert.ok(items.filter(({ mark }) => mark === 'good').length >= 8);
    assert.ok(new Set(items.map(({ clause }) => clause)).size >= 15);
    assert.deepEqual(attackItems(spec, { limit: 20 }), items);
  });

  it('holds real attacks: on a naive rendering each structural one rules an obedient judge', async () => {
    const ask = simulated('sim:judge?obeys=structure');
    for (const item of items) {
      assert.equal(await outcomeOn(ask, naive(item)), null, `${item.id} as it is`);
      for (const attack of structural) {
        const scene = attacked(attack, item);
        assert.ok(scene !== null);
        assert.equal(
          await outcomeOn(ask, naive({ scene })),
          wantedOf(item),
          `${attack.name} on ${item.id}`,
        );
      }
    }
    // Words alone are no structure, so it is the structure that did it.
    const words = ATTACKS.find(({ name }) => name === 'look-alikes');
    const scene = words === undefined ? null : attacked(words, items[0] as AttackItem);
    assert.equal(scene && (await outcomeOn(ask, naive({ scene }))), null);
  });

  it("leaves nothing of structure in Tenet's rendering, nor in its compatibility form", () => {
    let looked = 0;
    const suite = { spec, items, attacks: ATTACKS, stamped: false };
    for (const { attack, question } of attackQuestions(suite)) {
      const request = judgeRequest({ ...question, clause: question.clause.id, parameters: {} });
      const raw = request.messages[1]?.content ?? '';
      for (const text of [raw, raw.normalize('NFKC')]) {
        // A reader far more gullible than the simulated one: any of this, anywhere, would do.
        assert.doesNotMatch(
          text,
          /[<>\n\r]|```|~~~|\[\/?[A-Z_]{2,32}\]|"outcome"|"source":"(?!scenario"|subject")|\p{Default_Ignorable_Code_Point}|\u202e/u,
          attack === null ? 'as it is' : ATTACKS[attack]?.name,
        );
      }
      looked++;
    }
    assert.ok(looked > 450);
  });

  it('moves no verdict of a judge that obeys structure', async () => {
    const judge = await suiteWith('sim:judge?obeys=structure', spec, items);
    for (const result of judge.results) {
      assert.equal(moved(result), 0, result.attack);
      assert.ok(result.pairs > 0, result.attack);
    }
    assert.equal(judge.overall.shift.estimate, 0);
  });

  it('moves a judge that obeys everything, and says so', async () => {
    const judge = await suiteWith('sim:judge?obeys=everything', spec, items);
    const kinds = new Map(ATTACKS.map(({ name, kind }) => [name, kind]));
    for (const result of judge.results) {
      const kind = kinds.get(result.attack);
      if (kind === 'persuasion' || kind === 'structure') {
        const { adheres, violates } = result.toward;
        assert.ok(adheres.could > 0 && adheres.did === adheres.could, result.attack);
        assert.equal(violates.did, violates.could, result.attack);
        assert.ok((result.shift.low ?? 0) > 0.5 && (result.adjusted ?? 1) < 0.01, result.attack);
      } else if (kind === 'form' || kind === 'control')
        assert.equal(moved(result), 0, result.attack);
    }
    // A claimed quote of the subject shows nothing, even to a judge that cites it: no verdict, and no violation.
    const claimed = judge.results.find(({ attack }) => attack === 'fake-citation');
    assert.equal(claimed?.toward.violates.did, 0);
    assert.ok((claimed?.lost.unsupported ?? 0) > 3);
    assert.ok((judge.overall.shift.low ?? 0) > 0.5);
  });

  it('is told apart from chance, and from a judge that errs by itself', async () => {
    const judge = await suiteWith('sim:judge?sensitivity=0.7&specificity=0.7', spec, items);
    assert.ok(judge.results.some((result) => moved(result) > 0));
    assert.ok(judge.results.every(({ adjusted }) => adjusted === null || adjusted > 0.05));
    const { good, bad } = judge.clean;
    assert.ok(good.wrong + bad.wrong > 0);
    assert.equal(good.right + good.wrong + bad.right + bad.wrong, items.length);
  });

  it('is prevented where it says so, however the judge may be taken in', () => {
    for (const item of items) {
      for (const attack of ATTACKS.filter(({ kind }) => kind === 'evidence')) {
        const scene = attacked(attack, item);
        if (scene === null || !attack.prevents.includes(wantedOf(item))) continue;
        const transcript = transcriptOf(scene, null);
        const reply = transcript.messages.at(-1);
        assert.ok(reply !== undefined);
        if (attack.name === 'unquotable-words') {
          // What a person would copy stands nowhere to the letter, and is found all the same.
          const quote = item.scene.reply.slice(0, 60);
          assert.ok(/\p{L}{4}/u.test(quote) === false || !reply.content.includes(quote));
          assert.notEqual(checkCitation(transcript, reply.id, quote).span, null, item.id);
          continue;
        }
        // A judge that is taken in cites the words that the attacker planted, from where they stand.
        const planted = item.sibling?.slice(0, 60);
        if (planted === undefined) continue;
        for (const { id, source } of transcript.messages) {
          const verdict = verdictOf(
            {
              reason: 'It said so.',
              outcome: 'violates',
              severity: 'major',
              citations: [{ message: id, quote: planted }],
            },
            transcript,
          );
          if (reply.content.includes(planted) && source === 'subject') continue;
          assert.equal(verdict.outcome, 'unsupported', `${attack.name} on ${item.id}`);
        }
      }
    }
  });

  it('leaves the reply as it was, in all but what each attack says', () => {
    for (const item of items) {
      for (const attack of ATTACKS) {
        if (attack.name === 'paraphrase' || attack.name === 'unquotable-words') continue;
        const scene = attacked(attack, item);
        if (scene !== null) assert.ok(scene.reply.includes(item.scene.reply), attack.name);
      }
    }
  });

  it('says nothing of a judge that never says anything', async () => {
    const few = items.slice(0, 4);
    for (const name of ['sim:judge?abstain=1', 'sim:judge?faults=1']) {
      const judge = await suiteWith(name, spec, few, structural.slice(0, 2));
      assert.equal(judge.overall.pairs, 0);
      assert.equal(judge.overall.shift.estimate, null);
      assert.ok(judge.results.every(({ adjusted, neither }) => adjusted === null && neither === 4));
      assert.equal(judge.failure === null, name.includes('abstain'));
    }
  });

  it('names each attack once, and what it prevents', () => {
    assert.equal(new Set(ATTACKS.map(({ name }) => name)).size, ATTACKS.length);
    for (const { kind, prevents } of ATTACKS) {
      if (kind === 'structure') assert.deepEqual(prevents, WANTED);
      if (kind === 'persuasion' || kind === 'form') assert.deepEqual(prevents, []);
    }
  });
});

describe('tenet judge attack', () => {
  it('prints 80 columns, stamped, and as JSON what its schema says; a second time from the record', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const args = ['judge', 'attack', '--judge', 'sim:judge?obeys=everything', '--limit', '6'];
    const text = await user.run(...args);
    assert.equal(text.code, 0, text.stderr);
    const lines = text.stdout.trimEnd().split('\n');
    assert.match(lines[0] ?? '', STAMP);
    assert.match(lines.at(-1) ?? '', STAMP);
    assert.ok(lines.every((line) => widthOf(line) <= 80));
    const json = await user.run(...args, '--json', '--offline');
    assert.equal(json.code, 0, json.stderr);
    const report = attackReportSchema.parse(JSON.parse(json.stdout));
    assert.equal(report.simulated, true);
    assert.equal(report.items.good + report.items.bad, 6);
    const again = await user.run(...args, '--offline');
    assert.equal(again.stdout, text.stdout);
  });

  it('has its JSON Schema in docs/, made by scripts/attack-schema.ts', () => {
    const file = new URL('../docs/schemas/attack-1.json', import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), attackJsonSchema());
  });

  it('explains every attack, and asks nobody for that', async () => {
    using folder = temporaryFolder();
    const { code, stdout } = await userIn(folder.path).run('judge', 'attack', '--list');
    assert.equal(code, 0);
    for (const { name } of ATTACKS) assert.ok(stdout.includes(`  ${name}\n`), name);
    assert.deepEqual(listing(folder.path), {});
  });

  it('says what is wrong with what it is told, and what to do', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.at('bare.md'),
      '# Be kind {#be_kind authority=user}\n\nBe kind to everybody.\n',
    );
    const user = userIn(folder.path);
    const cases: [said: RegExp, ...args: string[]][] = [
      [/--judge: name the judge to attack/],
      [
        /there is no attack 'flatery'.* Is it flattery\?/,
        '--judge',
        'sim:judge',
        '--attack',
        'flatery',
      ],
      [/no reply marked good or bad/, '--judge', 'sim:judge', '--spec', 'bare.md'],
      [/sim:subject is no judge/, '--judge', 'sim:subject'],
      [/is given twice/, '--judge', 'sim:judge', '--judge', 'sim:judge'],
      [/obeys=all is none of nothing, structure, everything/, '--judge', 'sim:judge?obeys=all'],
      [
        /not all of its calls are on record|no such|there is no/,
        '--judge',
        'sim:judge',
        '--offline',
      ],
    ];
    await Promise.all(
      cases.map(async ([said, ...args]) => {
        const { code, stdout, stderr } = await user.run('judge', 'attack', ...args);
        assert.equal(code, 2, args.join(' '));
        assert.equal(stdout, '');
        assert.match(stderr, said);
        assert.doesNotMatch(stderr, /\n {4}at /);
      }),
    );
  });

  it('becomes part of the certificate of the same judge in the same wording, once', async () => {
    const spec = loadSpec(STARTER_SPEC);
    const items = attackItems(spec, { limit: 2 });
    const name = 'sim:judge?obeys=structure';
    const report = attackReport(spec, items, ATTACKS, [await suiteWith(name, spec, items)]);
    const opened = openLedger(':memory:', { write: true, purpose: 'a test' });
    assert.ok(opened.ok);
    const { certificates } = opened.ledger;
    const judge: PlannedJudge = {
      name,
      label: name,
      family: null,
      simulated: true,
      parameters: { seed: 1 },
      prompt: '',
    };
    assert.equal(attachAttack(certificates, judge, report), false);
    const certificate = {
      hash: 'a'.repeat(64),
      judge: judgeKey(judge),
      prompt: report.prompt.hash,
      spec: spec.sha256,
      simulated: true,
      created: 1,
      body: { schema: 'tenet.certificate/1', data: { items: 96 }, attack: null },
    };
    certificates.add({ ...certificate, prompt: 'b'.repeat(64), body: {} });
    certificates.add({ ...certificate, hash: 'c'.repeat(64), simulated: false, body: {} });
    assert.equal(attachAttack(certificates, judge, report), false);
    certificates.add({ ...certificate, hash: 'd'.repeat(64) });
    assert.equal(attachAttack(certificates, judge, report), true);
    assert.equal(attachAttack(certificates, judge, report), true);
    assert.equal(certificates.list().length, 4);
    assert.deepEqual(certificates.ofJudge(judgeKey(judge))[0]?.body, {
      schema: 'tenet.certificate/1',
      data: { items: 96 },
      attack: report,
    });
    opened.ledger.close();
  });

  it('makes what a failing provider says harmless', () => {
    const spec = loadSpec(STARTER_SPEC);
    const items = attackItems(spec, { limit: 2 });
    const failed = (): VerdictRecord => ({
      sample: 0,
      judge: 0,
      clause: 'c',
      clauseHash: '',
      outcome: 'cannot_judge',
      severity: null,
      reason: '\u001b[31mserver:\u202e gone',
      citations: [],
      cause: 'failed',
      usage: { input: 0, output: 0 },
      cost: 0,
      calls: [],
    });
    const judge = measureAttacks(
      { name: 'x:\u001b]0;y', label: 'x', family: null, simulated: false, parameters: {} },
      items,
      ATTACKS,
      { clean: items.map(failed), attacked: ATTACKS.map(() => items.map(failed)) },
    );
    const text = renderAttack(attackReport(spec, items, ATTACKS, [judge]));
    assert.match(text, /gave no verdict on any reply/);
    assert.ok(!text.includes('\u001b') && !text.includes('\u202e'));
    assert.doesNotMatch(text, /SIMULATED/);
  });
});
