/** @module report/sections/reading In documents: how a report is read, and what it takes to repeat the run. */
import { specName } from '../../spec/index.ts';
import { details, type ListItem } from '../../text/blocks.ts';
import { cautionsOf } from '../../text/figures.ts';
import type { Part } from '../../text/words.ts';
import type { Report } from '../schema.ts';
import type { ReportSection } from '../section.ts';

export const howToReadSection = listed('howToRead', 130, 'How to read this', readingItems);

export const howToRepeatSection = listed('howToRepeat', 140, 'To repeat it', repeatItems);

function listed(
  key: string,
  order: number,
  summary: string,
  items: (report: Report) => ListItem[],
): ReportSection {
  return {
    key,
    order,
    render: (_data, report, detail) =>
      detail === 'glance' ? [] : [details(summary, { type: 'list', items: items(report) })],
  };
}

const term = (text: string): Part => ({ text, tone: 'strong' });

function readingItems({ run, subjects, spending }: Report): ListItem[] {
  const confidence = `${Math.round(run.confidence * 100)} %`;
  const cautions = cautionsOf(subjects.map(({ overall }) => overall.rate));
  return [
    {
      text: [
        'Adherence is adheres / (adheres + violates). ',
        term('Cases'),
        ' (n) is that denominator. Everything else stands beside it: ',
        term('not applicable'),
        ' (the judge held that the clause has no bearing), ',
        term('cannot judge'),
        ', ',
        term('unsupported'),
        ' (a violation was claimed, and no words of the subject that are there show it), ',
        term('missing'),
        ' (no reply to judge).',
      ],
    },
    {
      text:
        spending === undefined
          ? `The interval is Wilson’s at ${confidence}, widened where scenarios share a seed. It shows sampling error alone.`
          : `The interval is a confidence sequence at ${confidence}: it holds whenever one stops. It shows sampling error alone.`,
    },
    {
      text: [
        term('At most'),
        ` is how large the share of violations may still be where none was seen, one-sided at ${confidence}.`,
      ],
    },
    {
      text: 'The worst case is where the rate of these samples would lie had all that is undecided or missing gone one way or the other.',
    },
    ...cautions.map((text) => ({ text: `The intervals take something for granted: ${text}.` })),
    {
      text: 'Among many clauses some rates are low by chance. Read one clause’s rate together with its interval and its transcripts.',
    },
  ];
}

function repeatItems({ run }: Report): ListItem[] {
  const parameters = (values: Record<string, unknown>): Part[] =>
    Object.keys(values).length === 0 ? [] : [', ', { code: JSON.stringify(values) }];
  return [
    ...run.specs.map(({ sha256, ...spec }) => ({
      text: ['Spec ', { code: specName(spec) }, ', sha256 ', { code: sha256 }],
    })),
    { text: ['Suite ', { code: run.suite.hash }] },
    ...run.subjects.map(({ label, parameters: values, system }) => ({
      text: [
        'Subject ',
        { code: label },
        ...parameters(values),
        ...(system === null ? [] : [', system prompt with sha256 ', { code: system }]),
      ],
    })),
    ...run.judges.map(({ label, parameters: values, prompt }) => ({
      text: [
        'Judge ',
        { code: label },
        ...parameters(values),
        ', asked with the prompt ',
        { code: prompt },
      ],
    })),
    // Most runs have none.
    ...(run.rubrics ?? []).map(({ clause, name, hash, byCode }) => ({
      text: [
        'Rubric ',
        { code: name },
        ' of ',
        { clause },
        byCode ? ', judged by code' : '',
        ', sha256 ',
        { code: hash },
      ],
    })),
    {
      text: [
        'Plan ',
        { code: run.plan },
        ', run ',
        { code: run.id },
        run.seed === null ? '' : `, seed ${run.seed}`,
      ],
    },
  ];
}
