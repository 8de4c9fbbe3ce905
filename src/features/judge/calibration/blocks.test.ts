import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { toHtml } from '../../../text/blocks-html.ts';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { certificatesBlocks } from './blocks.ts';
import { certifyPanel } from './certify.ts';
import { estimateCalibration } from './estimate.ts';
import { estimateBlocks } from './estimate-blocks.ts';
import { certificateListBlocks } from './list.ts';
import { answersOf, calibrationOn, certificateOf, judgeNamed, starter } from './planted.fixture.ts';

const FALLIBLE = 'sim:judge?sensitivity=0.7&specificity=0.8&abstain=0.1&misquotes=0.2&position=0.3';

describe('a certificate in a terminal', () => {
  let certificate: Certificate;
  before(async () => {
    certificate = await certificateOf(FALLIBLE, starter, { batch: 3 });
  });

  function shown(changed: Partial<Certificate> = {}, width = 80): string {
    return toTerminal(certificatesBlocks([{ ...certificate, ...changed }]), { width });
  }

  it('shows every figure that was measured, and names those that were not', () => {
    const text = shown();
    for (const start of [
      'Kappa',
      'Undecided',
      'Pairs',
      'Position',
      'Length',
      'Asked twice',
      'In batches',
    ]) {
      assert.match(text, new RegExp(`^${start} +\\S`, 'm'), start);
    }
    assert.match(text, /^How often it is right +sensitivity +n +specificity +n$/m);
    assert.match(text, /^overall +\d+ % +\[\d+, \d+\] +\d+ +\d+ % +\[\d+, \d+\] +\d+$/m);
    assert.match(text, /^What it says +replies +adheres +violates +no quote +can't$/m);
    assert.match(text, /^Not measured\n {2}self-family bias: whose family/m);
    assert.match(text, /what misleads it: 'tenet judge attack' tries\./);
    assert.doesNotMatch(text, /NaN|undefined|null|Infinity/);
  });

  it('fits every width; where there is no room for columns, counts stand in lines', () => {
    for (const width of [40, 59, 60, 80, 120]) {
      for (const line of shown({}, width).split('\n')) assert.ok(widthOf(line) <= width, line);
    }
    assert.match(shown({}, 50), /^marked good: \d+ replies, \d+ adheres, \d+ violates/m);
    assert.doesNotMatch(shown({}, 59), /specificity +n$/m);
  });

  it('makes names and words from elsewhere harmless', () => {
    const { judge } = certificate;
    assert.ok(judge !== null);
    const text = shown({
      judge: { ...judge, name: 'x\u001b[31m:漢字' },
      absent: [{ figure: 'a\u202e', reason: 'b\u0000' }],
    });
    for (const unseen of ['\u0000', '\u001b', '\u202e']) assert.ok(!text.includes(unseen));
    assert.match(text, /^x␛\[31m:漢字$/m);
  });

  it('tells labels, releases, families and a cutoff where there are any', () => {
    const { overall } = certificate;
    const difference = { estimate: 0.1, low: -0.1, high: 0.3, method: '' };
    const unknown = { estimate: null, low: null, high: null, method: '', reason: 'too few' };
    const side = { marks: overall.sensitivity, labels: overall.sensitivity, difference };
    const text = shown({
      sources: [
        { source: 'marks', ...overall },
        { source: 'labels', ...overall },
      ],
      data: {
        ...certificate.data,
        excluded: { no_mark: 2, tomorrow: 1 },
        runs: [{ run: 'r1', people: 2, labelled: 30, contested: 3, excluded: { tied: 4 } }],
      },
      cutoff: {
        version: '2025-09-01',
        older: overall,
        newer: overall,
        sensitivity: difference,
        specificity: unknown,
      },
      releases: [
        { release: '2025-04-11', ...overall },
        { release: '2025-12-18', ...overall },
      ],
      transfer: { runs: ['r1'], sensitivity: side, specificity: side },
      bias: {
        ...certificate.bias,
        family: {
          family: 'openai',
          own: overall.sensitivity,
          others: overall.specificity,
          difference,
          passedOwn: overall.sensitivity,
          passedOthers: overall.sensitivity,
        },
      },
      rubrics: [{ clause: 'a', hash: '0'.repeat(64) }],
    });
    assert.match(
      text,
      /30 transcripts of run r1, labelled by 2 people, not all of one mind on\n +3; left out: 4 on which people are tied/,
    );
    assert.match(text, /no items: 2 without a mark and 1 tomorrow/);
    assert.match(text, /^by source\n {2}the spec's marks .*\n {2}people's labels/m);
    assert.match(text, /^by training cutoff\n {2}up to 2025-09-01/m);
    assert.match(
      text,
      /^New examples +after 2025-09-01, sensitivity \+10 \[−10, \+30\] points; specificity –\n +\(too few\)/m,
    );
    assert.match(text, /^Transfer +on labelled transcripts/m);
    assert.match(text, /^Own family +right on replies of openai models/m);
    assert.match(text, /^Rubrics +1 clause has one$/m);
  });

  it('shows fifteen clauses at a glance, and all where everything is wanted', () => {
    const clauses = Array.from({ length: 20 }, (_, place) => ({
      clause: `c${place}`,
      ...certificate.overall,
    }));
    const glance = toTerminal(certificatesBlocks([{ ...certificate, clauses }]));
    assert.match(glance, /5 more with errors \(--json has them\)/);
    const all = toTerminal(certificatesBlocks([{ ...certificate, clauses }], 'all'));
    assert.match(all, /^#c19 /m);
    assert.doesNotMatch(all, /more with errors/);
  });

  it('begins with a table of all where there are several, and tells what is a panel', async () => {
    const names = ['sim:judge?seed=1', 'sim:judge?sensitivity=0.5&seed=2'];
    const calibration = calibrationOn(starter, { limit: 12, retest: 0 });
    const answers = await answersOf(calibration.questions, ...names);
    const panel = certifyPanel(
      calibration,
      names.map(judgeNamed),
      'unanimity',
      answers,
      new Date(0),
    );
    const text = toTerminal(certificatesBlocks([certificate, panel]));
    assert.match(text, /^All judges +sensitivity/m);
    assert.match(text, /^panel of 2 judges by unanimity$/m);
    assert.match(text, /^Judges +sim:judge\?seed=1, sim:judge/m);
    assert.match(text, /Replies on which the panel came to no verdict/);
    assert.match(text, /a panel is not attacked as one/);
  });

  it('says the same as Markdown and on a page, with figures as data', () => {
    const markdown = toMarkdown(certificatesBlocks([certificate], 'all'));
    assert.match(
      markdown,
      /^\| How often it is right \| sensitivity \| n \| specificity \| n \|$/m,
    );
    assert.match(markdown, /^\| overall \| \d+ % \[\d+, \d+\] \| \d+ \|/m);
    const { estimate } = certificate.overall.sensitivity;
    assert.ok(
      toHtml(certificatesBlocks([certificate])).includes(`<data data-rate value="${estimate}"`),
    );
  });
});

describe('the certificates of a ledger', () => {
  it('are a row each, or a word on how to make one', async () => {
    assert.match(
      toTerminal(certificateListBlocks([])),
      /no certificates yet\. 'tenet judge calibrate'/,
    );
    const certificate = await certificateOf('sim:judge', starter, { limit: 6, retest: 0 });
    const attacked = { ...certificate, simulated: false, attack: {} as Certificate['attack'] };
    const text = toTerminal(certificateListBlocks([certificate, attacked]));
    assert.match(
      text,
      /^sim:judge .*100 %.*\n {2}SIMULATED · 1970-01-01 · starter@2026-11-01 · clause-2 · 6 items$/m,
    );
    assert.match(text, /\n {2}1970-01-01 · .* 6 items · attacked$/m);
  });
});

describe('what calibrating takes', () => {
  it('is told judge by judge, with what each question is about', () => {
    const { questions } = calibrationOn(starter, { limit: 10, batch: 2 });
    const price = { input: 1, output: 4 };
    const estimate = estimateCalibration(questions, judgeNamed('openai:gpt-5'), price);
    const { items, retest, pairs, batches } = questions;
    assert.equal(
      estimate.calls,
      items.length + retest.length + 2 * pairs.length + (batches?.items.length ?? 0),
    );
    const { input, output } = estimate.tokens;
    assert.ok(Math.abs((estimate.cost ?? 0) - (input + 4 * output) / 1e6) < 1e-9);
    const text = toTerminal(estimateBlocks([estimate]));
    assert.match(text, /^openai:gpt-5: \d+ calls at most, about [\d,]+ tokens in, for about \$/);
    assert.match(
      text,
      /10 replies whose verdict is known · 10 of them again · \d+ questions on pairs/,
    );
    assert.match(text, /of them among\s+other clauses$/m);
    const unpriced = estimateCalibration(questions, judgeNamed('openai:gpt-5'), null);
    assert.match(toTerminal(estimateBlocks([unpriced])), /at a price that is not\s+known/);
  });
});
