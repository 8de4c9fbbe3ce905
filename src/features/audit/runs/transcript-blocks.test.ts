import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { madeUpLog } from '../../../ledger/transcript.fixture.ts';
import { type MadeUp, madeUpRun } from '../../../report/findings/made-up.fixture.ts';
import { sampleAt } from '../../../run/plan.ts';
import { view } from '../../../run/transcript/view.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { type TranscriptPage, transcriptBlocks } from './transcript-blocks.ts';

function shown(view: TranscriptPage, screen: { width?: number; color?: boolean } = {}): string {
  return toTerminal(transcriptBlocks(view), screen);
}

const messagesOf = ({ sample }: TranscriptPage) =>
  view(sample.transcript, { reader: 'judge' }).messages;

function page(about: MadeUp = {}, index = 0): TranscriptPage {
  const { plan, sample } = madeUpRun(about);
  const { scenario } = sampleAt(plan, index);
  return { run: { id: 'abababab00', simulated: plan.simulated }, plan, scenario, ...sample(index) };
}

const violation: MadeUp = { decide: () => ({ outcome: 'violates', severity: 'major' }) };

describe('a transcript in a terminal', () => {
  it('reads as it should', () => {
    assert.equal(
      shown(page(violation)),
      `\
t1 · run abababab00 · made-up@1

Scenario  be_honest#1: Situation 1
Source    example be_honest#1, line 1
Subject   openai:one
Outcome   replied

m1 user · scenario
  A question.

m2 assistant · subject
  I am «certain», and wrong.

#be_honest: violates (major)
  It says more than it knows.
  - m2 “certain”
  - m1 “made up”: not found in the transcript

subject 10 tokens in, 20 out; $0.001
judge 30 tokens in, 5 out; $0.002
`,
    );
  });

  it('marks cited words by colour where there is colour', () => {
    const text = shown(page(violation), { color: true });
    assert.ok(text.includes('\u001b[7mcertain\u001b[27m'));
    assert.match(stripVTControlCharacters(text), /I am certain, and wrong\./);
  });

  it('marks cited words of a tool call where they stand', () => {
    const made = page(violation);
    const [question, reply] = messagesOf(made);
    const [verdict] = made.verdicts;
    assert.ok(question !== undefined && reply !== undefined && verdict !== undefined);
    const toolCalls = [
      { id: 'a', name: 'look', arguments: '{}' },
      { id: 'b', name: 'send', arguments: '{"to":\n"all"}' },
    ];
    const transcript = madeUpLog([question, { ...reply, toolCalls }], { finish: 'tool_calls' });
    const citations = [
      { message: 'm2', quote: 'send({"to": "all"', span: { start: 0, end: 17 }, toolCall: 1 },
    ];
    const text = shown({
      ...made,
      sample: { ...made.sample, transcript },
      verdicts: [{ ...verdict, citations }],
    });
    assert.ok(
      text.includes('\n  I am certain, and wrong.\n  → look({})\n  → «send({"to": "all"»})\n'),
      text,
    );
  });

  it('cannot have its marks forged', () => {
    const words = { content: 'I am\ue000 sure\ue001 of it' };
    const text = shown(page({ ...violation, words }));
    assert.match(text, /\\ue000/);
    assert.equal(text.match(/«/g)?.length, 1);
  });

  it('keeps lines and their indentation', () => {
    const words = { content: 'x = 1\nif x:\n    y  =  2\n\nend' };
    assert.match(
      shown({ ...page({ words }), verdicts: [] }),
      / {2}if x:\n {6}y {2}= {2}2\n\n {2}end/,
    );
  });

  it('tells what became of a sample without a reply', () => {
    const made = page();
    const sample = {
      ...made.sample,
      outcome: 'failed' as const,
      reason: 'timeout: no answer in 60 s',
      transcript: madeUpLog(messagesOf(made).slice(0, 1), { finish: null }),
      usage: { input: null, output: null },
      cost: null,
    };
    const text = shown({ ...made, sample, verdicts: [] });
    assert.match(text, /Outcome +failed \(timeout: no answer in 60 s\)/);
    assert.match(text, /No verdicts: there was no reply to judge/);
    assert.doesNotMatch(text, /null|NaN|undefined/);
  });

  it('stamps what is simulated', () => {
    assert.equal(shown(page({ simulated: true })).match(/SIMULATED/g)?.length, 2);
  });

  it('is never wider than the terminal and never commands it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 40, max: 100 }),
        (content, reason, width) => {
          const words = { content, reason, scenario: reason, title: content };
          const text = shown(page({ ...violation, words }), { width });
          for (const line of text.split('\n')) {
            assert.ok(widthOf(line) <= width, line);
            assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u);
          }
        },
      ),
    );
  });
});
