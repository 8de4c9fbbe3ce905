import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpReport, renderMarkdown, renderText } from '../../made-up.fixture.ts';
import { reportSchema } from '../../report.ts';
import type { Report } from '../../schema.ts';
import type { ReportAgreement, ReportPanel } from './schema.ts';

const known: ReportAgreement = {
  estimate: 0.5,
  low: -0.04,
  high: 0.8,
  observed: 0.9,
  method: 'a method',
  confidence: 0.95,
  items: 30,
  clusters: 10,
};
const unknown: ReportAgreement = {
  ...known,
  estimate: null,
  low: null,
  high: null,
  reason: 'all ratings are of one category',
};
const chance = { estimate: 0.9, standardError: 0.04 };

/** Three judges, and a clause whose id a stranger chose. */
const panel: ReportPanel = {
  consensus: 'latent',
  judges: ['a:one', 'b:two', 'c:a-name-that-is-longer-than-any-terminal-is-wide'].map(
    (id, place) => ({
      id,
      votes: { adheres: 1_200, violates: 30, not_applicable: 0 },
      without: 2,
      dissents: 4,
      sensitivity: place === 1 ? { estimate: 0.997, standardError: 0.004 } : chance,
      specificity: { ...chance, standardError: null },
    }),
  ),
  cases: 1_230,
  unanimous: 1_200,
  split: 3,
  ownFamily: 5,
  agreement: {
    alpha: known,
    fleiss: { ...known, low: null, high: null, reason: 'all items share one seed' },
    severity: unknown,
    pairs: [{ first: 'a:one', second: 'b:two', kappa: known }],
  },
  clauses: [{ id: 'evil\u202e\u001b[31m|<b>', cases: 30, disagreements: 30, alpha: unknown }],
  disagreements: Array.from({ length: 30 }, (_, place) => ({
    transcript: `t${place + 1}`,
    clause: 'evil\u202e\u001b[31m|<b>',
    degree: 1,
    outcomes: ['adheres', null, 'not_applicable'],
  })),
};

const report: Report = { ...(await madeUpReport()), panel };

describe('the panel in a report', () => {
  it('should fit the schema and the width, and show hostile words as harmless', async () => {
    reportSchema().parse(report);
    for (const width of [40, 60, 80, 120]) {
      const text = renderText(report, { width, all: width > 60 });
      for (const line of text.split('\n')) assert.ok(line.length <= width, `${width}: ${line}`);
      assert.ok(!text.includes('\u202e') && !text.includes('\u001b'));
    }
    const markdown = renderMarkdown(report);
    for (const trick of ['\u202e', '\u001b', '<b>']) assert.ok(!markdown.includes(trick));
  });

  it('should say what there is, and why what is missing is missing', async () => {
    for (const rendered of [renderText(report, { width: 120 }), renderMarkdown(report)]) {
      const text = rendered.replace(/\s+/g, ' ').replace(/\\([[\]|.])/g, '$1');
      assert.match(text, /1,200 of 1,230 cases with two votes or more are of one mind/);
      assert.match(text, /3 with the judges divided, 5 with only the subject’s own family/);
      assert.match(text, /1: sensitivity 90 ± 4 %, specificity 90 %/);
      assert.match(text, /2: sensitivity 99\.7 ± 0\.4 %/);
      assert.match(text, /0\.50 \[−0\.04, 0\.80\]/);
      assert.match(text, /0\.50 no interval/);
      assert.match(text, /all ratings are of one category/);
      assert.match(text, /all items share one seed/);
      assert.match(text, /1 adheres, 3 not applicable/);
    }
    const fallen = { ...panel, fallback: 'too few items' };
    for (const render of [renderText, renderMarkdown]) {
      const text = render({ ...report, panel: fallen });
      assert.match(
        text.replace(/\s+/g, ' '),
        /majority of 3 judges.*could not be fitted.*too few items/,
      );
    }
    assert.doesNotMatch(renderText({ ...report, panel: undefined }), /Panel/);
  });
});
