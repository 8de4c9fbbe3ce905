import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import type { Answer, ModelRequest } from '../../../model/types.ts';
import type { AttackResult } from '../../../report/certificate/attack-schema.ts';
import { judgeRequest } from '../../../run/judging/judge-prompt.ts';
import { checkCitation, verdictOf } from '../../../run/judging/verdict.ts';
import type { Spec } from '../../../spec/index.ts';
import { type AttackItem, WANTED, wantedOf } from './attack.ts';
import { ATTACKS, attacked } from './attacks.ts';
import { attackItems } from './items.ts';
import { simulated, suiteWith } from './planted.fixture.ts';
import { attackQuestions, transcriptOf } from './questions.ts';

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
