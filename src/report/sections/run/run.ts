/**
 * @module report/sections/run/run
 * The head of a report: which spec, which subjects, judged by whom, and how far the run came.
 */
import { hash } from 'node:crypto';
import { nameAt } from '../../../run/names.ts';
import { specName } from '../../../spec/index.ts';
import { at } from '../../../text/at.ts';
import { type Block, section } from '../../../text/blocks.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import type { Words } from '../../../text/words.ts';
import { subjectKeys } from '../../page-names.ts';
import type { RunView } from '../../run-view.ts';
import { ownParts, type Report } from '../../schema.ts';
import { fieldsOf } from '../../schema-parts.ts';
import type { ReportSection } from '../../section.ts';
import {
  judgeModelSchema,
  type ReportRun,
  rubricSchema,
  runSchema,
  specSchema,
  subjectModelSchema,
} from './schema.ts';

export const runSection: ReportSection<ReportRun> = {
  key: 'run',
  order: 10,
  part: { order: 10, schema: ownParts.run, build: runOf },
  render: (_run, report) => headBlocks(report),
};

function runOf({ run, plan, tally, subjects, judges }: RunView): ReportRun {
  const { spec, suite, rubrics, transcriptsOf } = plan;
  return fieldsOf(runSchema, {
    id: run.id,
    plan: plan.hash,
    state: run.state,
    reason: run.state === 'stopped' ? (run.events.at(-1)?.detail ?? null) : null,
    simulated: plan.simulated,
    specs: [fieldsOf(specSchema, { ...spec, clauses: plan.clauses.length })],
    suite: { hash: suite.hash, scenarios: suite.scenarios.length, excluded: suite.excluded },
    subjects: plan.subjects.map(({ system, parameters, ...model }, place) =>
      fieldsOf(subjectModelSchema, {
        ...model,
        id: nameAt(subjects, place),
        parameters: { ...parameters },
        system: system === null ? null : hash('sha256', system, 'hex'),
      }),
    ),
    judges: plan.judges.map(({ parameters, ...model }, place) =>
      fieldsOf(judgeModelSchema, {
        ...model,
        id: nameAt(judges, place),
        parameters: { ...parameters },
      }),
    ),
    rubrics: rubrics?.map((rubric) => fieldsOf(rubricSchema, rubric)),
    transcriptsOf: transcriptsOf?.run,
    repeats: plan.repeats,
    seed: plan.seed,
    // Without a subject there is no rate; had there been one, it would be at this.
    confidence: tally.subjects[0]?.overall.rate.confidence ?? 0.95,
  });
}

function headBlocks(report: Report): Block[] {
  const { run, subjects } = report;
  const spec = at(run.specs, 0);
  const name = specName(spec);
  const { title } = spec;
  const keys = subjectKeys(report);
  return [
    {
      type: 'heading',
      level: 1,
      text: title === '' || title === name ? name : `${name} · ${title}`,
    },
    section({
      type: 'keyValues',
      keyWidth: 9,
      rows: [
        ...subjects.map(({ id, selfJudged }, place) => ({
          ...named('Subject', nameAt(keys, place), place),
          value: [{ model: id }, selfJudged ? ' (self-judged: see findings)' : ''] satisfies Words,
        })),
        ...run.judges.map(({ id }, place) => ({
          ...named('Judge', run.judges.length === 1 ? '' : String(place + 1), place),
          value: [{ model: id }] satisfies Words,
        })),
        { key: 'Rubrics', value: rubricsText(run) },
        { key: 'Run', value: `${run.id} · ${sizeText(report)} · ${stateText(report)}` },
        {
          key: '',
          value:
            run.transcriptsOf === undefined
              ? ''
              : `judges the transcripts of run ${run.transcriptsOf} again`,
        },
      ],
    }),
  ];
}

/** One of a kind by its name; of several each by its mark, the first below the name of all. */
function named(kind: string, mark: string, place: number): { key: string; mark?: string } {
  if (mark === '') return { key: kind };
  return { key: place === 0 ? `${kind}s` : '', mark };
}

/** Empty where every clause is judged by its words alone. */
function rubricsText({ rubrics = [] }: ReportRun): string {
  return list(
    rubrics.map(({ name, byCode }) => (byCode ? `${name} (by code)` : name)),
    6,
  );
}

function sizeText({ run, spending }: Report): string {
  const upTo = spending === undefined ? '' : 'up to ';
  return [
    count(run.suite.scenarios, 'scenario'),
    ...(run.subjects.length > 1 ? [count(run.subjects.length, 'subject')] : []),
    ...(run.repeats > 1 ? [`${upTo}${count(run.repeats, 'repeat')}`] : []),
  ].join(' × ');
}

function stateText({ run, accounting }: Report): string {
  const { planned, not_run } = accounting.samples;
  if (run.state === 'finished' && not_run === 0) return 'finished';
  const reason = run.reason === null ? '' : ` (${run.reason})`;
  const state = run.state === 'stopped' ? `stopped${reason}` : 'not finished';
  return `${state}: ${grouped(planned - not_run)} of ${count(planned, 'sample')} asked`;
}
