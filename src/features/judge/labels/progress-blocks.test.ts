import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { LabelRecord } from '../../../ledger/records.ts';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import type { LabelCase } from './cases.ts';
import { labelledRun } from './judged.ts';
import { madeUpCase, madeUpLabel } from './made-up.fixture.ts';
import { labelProgress } from './progress.ts';
import { progressBlocks } from './progress-blocks.ts';
import { type LabelProgress, labelsSchema } from './schema.ts';

const RUN = { id: 'ab12cd34ef', simulated: false };

/** Progress of a run with so many cases, each labelled by `says`; null: not labelled. */
function progressOf(
  cases: readonly LabelCase[],
  people: Readonly<Record<string, (one: LabelCase) => LabelRecord['outcome']>>,
  run = RUN,
): LabelProgress {
  const labels = Object.entries(people).flatMap(([person, says]) =>
    cases.flatMap((one) => {
      const outcome = says(one);
      return outcome === null ? [] : [madeUpLabel(one, person, outcome, { inclusion: null })];
    }),
  );
  return labelProgress(run, labelledRun(cases, labels, []), labels, []);
}

/** Every fourth case violates, and the judge finds every second of these. */
const cases = Array.from({ length: 40 }, (_, sample) =>
  madeUpCase(sample, 0, sample % 8 === 0 ? 'violates' : 'adheres'),
);
const truth = ({ sample }: LabelCase) => (sample % 4 === 0 ? 'violates' : 'adheres');

describe('how far people are with their labels', () => {
  it('shows who labelled what, how far they agree, and what that says of the judge', () => {
    const progress = progressOf(cases, {
      Ann: truth,
      Bo: (one) => (one.sample < 4 ? 'cannot_judge' : truth(one)),
      Cy: (one) => (one.sample === 0 ? 'not_applicable' : null),
    });
    const shown = toTerminal(progressBlocks(progress), { width: 100 });
    assert.match(shown, /^Labels of run ab12cd34ef: 40 of 40 cases\n\nWho +labels +adheres/);
    assert.match(shown, /^Ann +40 +30 +10 +0 +0 +0$/m);
    assert.match(shown, /^Bo +40 +27 +9 +0 +4 +0$/m);
    assert.match(
      shown,
      /^Agreement +Ann and Bo: Cohen’s kappa 1\.00 \[0\.\d\d, 1\.00\] on 36 cases$/m,
    );
    assert.match(shown, /^ +all: Krippendorff’s alpha /m);
    assert.match(shown, /^ +people are divided on 1 case, which count in no rate$/m);
    assert.match(shown, /^The judge +on 39 labelled cases/m);
    // The judge's four count 1 / 1.1 each, since Cy's one label of five such cases might have been theirs.
    assert.match(shown, /finds 42 % \[\d+, \d+\] of what people call violates/);
    assert.match(shown, /passes 100 % \[\d+, 100\] of what people call adheres/);
    assert.match(shown, /^ +not counted: 1 on which people are divided$/m);
    assert.match(shown, /^Adherence +\d+ % \[\d+, \d+\], corrected with these labels/m);
    assert.match(shown, /^Next +1 more label would narrow the interval from \d+ points to/m);
  });

  it('says what is not measured, and why', () => {
    const none = toTerminal(progressBlocks(progressOf(cases, {})), { color: true });
    assert.ok(none.includes('\u001b[2mNobody has labelled yet.'));
    assert.match(stripVTControlCharacters(none), /The judge +not measured/);
    const undecided = cases.map((one) => ({ ...one, outcome: null }));
    const all = toTerminal(progressBlocks(progressOf(undecided, { Ann: truth })));
    assert.match(all, /Agreement +not measured: no two people/);
    assert.match(all, /The judge +not measured: no label is on a case that the judge decided/);
  });

  it('is a document whose sentences stand beside their data', () => {
    // Nobody could have come to a case of the verdict of which none was labelled.
    const progress = progressOf(cases, {
      Ann: (one) => (one.outcome === 'adheres' && one.sample < 10 ? 'adheres' : null),
    });
    assert.deepEqual(labelsSchema.parse(progress), progress);
    const { judge, corrected } = progress;
    assert.equal(judge.code, 'drawn-from-part');
    assert.deepEqual(judge.data, { drawn: 35, judged: 40 });
    assert.equal(judge.reason, 'labels were drawn from 35 of 40 judged cases only');
    assert.deepEqual(
      [corrected.estimate, corrected.code, corrected.data, corrected.reason],
      [null, judge.code, judge.data, judge.reason],
    );
    assert.match(toTerminal(progressBlocks(progress)), /Adherence +not corrected: labels were/);
  });

  it('is stamped where models were simulated, and told in Markdown too', () => {
    const progress = progressOf(cases, { Ann: truth }, { ...RUN, simulated: true });
    assert.match(toTerminal(progressBlocks(progress)), /^━━ SIMULATED.*━━ SIMULATED.*\n$/s);
    const markdown = toMarkdown(progressBlocks(progress));
    assert.match(markdown, /^> \*\*SIMULATED:\*\*/);
    assert.match(markdown, /^\| Ann \| 40 \| 30 \| 10 \| 0 \| 0 \| 0 \|$/m);
  });

  it('fits the terminal, whoever labelled', () => {
    const progress = progressOf(cases, {
      [`\u001b[31m${'x'.repeat(90)}`]: truth,
      漢字漢字漢字漢字漢字漢字漢字漢字漢字: truth,
      Ann: truth,
    });
    for (const width of [40, 47, 48, 60, 80]) {
      const shown = toTerminal(progressBlocks(progress), { width });
      for (const line of shown.split('\n')) assert.ok(widthOf(line) <= width, line);
      assert.ok(!shown.includes('\u001b'));
      assert.match(shown, width < 48 ? /^Ann: labels 40, adheres 30/m : /^Ann +40 +30 +10 +0/m);
    }
  });
});
