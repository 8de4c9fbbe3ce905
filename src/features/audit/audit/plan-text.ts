/** @module features/audit/audit/plan-text What a plan will take and show, for `--dry-run`. */

import { PRICES_AS_OF } from '../../../model/prices.ts';
import { dollars, NOTHING } from '../../../report/figures.ts';
import { exclusionReason } from '../../../report/findings/messages.ts';
import type { Plan } from '../../../run/plan.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { specName } from '../../../spec/index.ts';
import { cut, cutMiddle, hanging, pad, widthOf } from '../../../text/layout.ts';
import { count, grouped, list, percent } from '../../../text/numbers.ts';
import { type Paint, painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import type { DetectableEstimate } from './detectable.ts';
import type { ModelEstimate, PlanEstimate } from './estimate.ts';

const LABEL = 11;
const UNTESTED_NAMED = 8;

/** The plan in words. */
export function renderPlan(
  plan: Plan,
  estimate: PlanEstimate,
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const line = (label: string, text: string): string[] =>
    text === '' ? [] : hanging(label.padEnd(LABEL), safeLine(text), width);
  const { scenarios, clauses, calls } = estimate;
  const lines = [
    ...(plan.simulated ? stampLines(width, paint) : []),
    paint('bold', cut(`Plan for ${safeLine(specName(plan.spec))}: nothing is asked yet`, width)),
    '',
    ...line('Scenarios', sourcesText(scenarios)),
    ...line('Left out', excludedText(scenarios.excluded)),
    ...line('Clauses', clausesText(clauses)),
    ...line('Sequential', sequentialText(estimate)),
    ...line(
      'Samples',
      estimate.sequential !== undefined
        ? `about ${grouped(estimate.samples)}`
        : `${count(scenarios.total, 'scenario')} × ${count(plan.subjects.length, 'subject')} × ${count(plan.repeats, 'repeat')} = ${grouped(estimate.samples)}`,
    ),
    ...line(
      'Calls',
      `${grouped(calls.total)}: ${grouped(calls.subjects)} to subjects, ${grouped(calls.judges)} to judges`,
    ),
    '',
    ...modelTable(estimate, width, paint),
    ...line('', unpricedText(estimate)),
    '',
    ...(estimate.sequential === undefined ? [...widthLines(estimate, width, paint), ''] : []),
    ...detectableLines(estimate, width, paint),
    ...line('Saving', savingText(estimate)),
    ...line('Plan', plan.hash),
  ];
  return `${lines.join('\n')}\n`;
}

function sequentialText({ sequential, assumed }: PlanEstimate): string {
  if (sequential === undefined) return '';
  const { precision, bound, ceiling, drawsPerClause } = sequential;
  const most = `no scenario more than ${count(ceiling, 'time')}`;
  if (precision === null) {
    return `the widest intervals get the next calls until the budget is spent, ${most}; figures below are for asking every scenario once`;
  }
  const side = bound === null ? '' : `, or lies on one side of ${percent(bound)}`;
  return `each clause is drawn for until its interval is within ±${Number((100 * precision).toPrecision(3))} points${side}, ${most}; at ${percent(assumed.adherence)} adherence that takes about ${count(drawsPerClause ?? 0, 'draw')}, more where rates are nearer to one half`;
}

function sourcesText({ total, bySource }: PlanEstimate['scenarios']): string {
  const parts = [
    ...(bySource.example > 0 ? [`${grouped(bySource.example)} from examples`] : []),
    ...(bySource.eval > 0 ? [`${grouped(bySource.eval)} from eval prompts`] : []),
    ...(bySource.file > 0 ? [`${grouped(bySource.file)} from a file`] : []),
  ];
  return `${grouped(total)}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

function excludedText(excluded: Record<string, number>): string {
  const parts = Object.entries(excluded)
    .filter(([, number]) => number > 0)
    .map(([reason, number]) => `${grouped(number)} because ${exclusionReason(reason)}`);
  return list(parts);
}

function clausesText({ total, tested, untested }: PlanEstimate['clauses']): string {
  if (untested.length === 0) return `all ${grouped(total)} are tested`;
  const names = list(
    untested.map((id) => `#${id}`),
    UNTESTED_NAMED,
  );
  return `${grouped(tested)} of ${grouped(total)} are tested; without a scenario: ${names}`;
}

function unpricedText({ unpriced }: PlanEstimate): string {
  return unpriced.length === 0
    ? ''
    : `price unknown of ${list(unpriced)}; give one in tenet.config.ts`;
}

function modelTable(estimate: PlanEstimate, width: number, paint: Paint): string[] {
  const heads = ['calls', 'tokens in', 'tokens out', 'cost'];
  const money = (cost: number | null): string => (cost === null ? 'unknown' : dollars(cost));
  const figures = ({ calls, tokens, cost }: Pick<ModelEstimate, 'calls' | 'tokens' | 'cost'>) => [
    grouped(calls),
    grouped(Math.round(tokens.input)),
    grouped(Math.round(tokens.output)),
    money(cost),
  ];
  const rows = estimate.models.map((model) => ({
    label: `${model.role.padEnd(8)} ${safeLine(model.id)}`,
    cells: figures(model),
  }));
  const { calls, tokens, cost } = estimate;
  rows.push({ label: 'together', cells: figures({ calls: calls.total, tokens, cost }) });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map(({ cells }) => (cells[column] ?? '').length)),
  );
  const room = Math.max(8, width - widths.reduce((sum, column) => sum + column + 2, 0));
  const label = Math.min(room, Math.max(...rows.map((row) => widthOf(row.label))));
  const line = (first: string, cells: readonly string[]): string =>
    cut(
      [
        pad(cutMiddle(first, label), label),
        ...cells.map((cell, column) => pad(cell, widths[column] ?? 0, 'right')),
      ].join('  '),
      width,
    );
  return [
    paint('bold', line('Model', heads)),
    ...rows.map((row) => line(row.label, row.cells)),
    ...hanging(
      '',
      `Tokens are estimated; a reply asked for twice comes on top.${cost === 0 ? '' : ` List prices as of ${PRICES_AS_OF}.`}`,
      width,
    ).map((text) => paint('dim', text)),
  ];
}

function widthLines(estimate: PlanEstimate, width: number, paint: Paint): string[] {
  const { confidence, overall, levels, medianClause } = estimate.expectedWidth;
  const head = `How wide the ${percent(confidence)} intervals of a subject will be, at ${percent(estimate.assumed.adherence)} adherence`;
  const points = (share: number | null): string =>
    share === null ? NOTHING : `${Math.max(1, Math.round(share * 100))} points`;
  const rows = [
    { name: 'overall', figure: points(overall.width), trials: overall.trials },
    ...levels.map(({ level, width: share, trials }) => ({
      name: `  ${level === NO_LEVEL ? 'no level' : safeLine(level)}`,
      figure: points(share),
      trials,
    })),
    { name: 'the median clause', figure: points(medianClause), trials: null },
  ];
  const names = Math.min(30, Math.max(...rows.map(({ name }) => widthOf(name))));
  const figures = Math.max(...rows.map(({ figure }) => figure.length));
  return [
    ...hanging('', head, width).map((text) => paint('bold', text)),
    ...rows.map(({ name, figure, trials }) =>
      cut(
        `${pad(name, names)}  ${pad(figure, figures, 'right')}${trials === null ? '' : `  ${count(trials, 'case')}`}`,
        width,
      ),
    ),
  ];
}

/** What could be told apart; empty where the plan does not say. */
function detectableLines(
  { detectable, assumed }: PlanEstimate,
  width: number,
  paint: Paint,
): string[] {
  if (detectable === undefined || detectable.overall.trials === 0) return [];
  const { power, alpha, against, overall, medianClause, trialsFor } = detectable;
  const head = `What it can show with ${percent(power)} chance and ${percent(alpha)} false alarms, at ${percent(assumed.adherence)} adherence`;
  const other = against === 'subject' ? 'between two subjects' : 'until a later run';
  const row = (label: string, text: string): string[] =>
    hanging(label.padEnd(DETECTABLE_LABEL), text, width);
  const shown = ({ trials, drop, bound }: DetectableEstimate): string => {
    const parts = [
      ...(drop === null ? [] : [`a drop of ${Math.ceil(100 * drop)} points ${other}`]),
      ...(bound === null ? [] : [`that the rate is above ${Math.floor(100 * bound)} %`]),
    ];
    return parts.length === 0
      ? `no drop and no bound: ${count(trials, 'case is', 'cases are')} too few`
      : parts.join('; ');
  };
  const needed = trialsFor.map(
    ({ halfWidth, trials }) => `${grouped(trials)} for ±${Math.round(100 * halfWidth)} points`,
  );
  return [
    ...hanging('', head, width).map((text) => paint('bold', text)),
    ...row('overall', shown(overall)),
    ...(medianClause === null ? [] : row('the median clause', shown(medianClause))),
    ...row('one clause', `takes ${list(needed)}, each a scenario of its own`),
    '',
  ];
}

const DETECTABLE_LABEL = 19;

function savingText({ saving, calls }: PlanEstimate): string {
  if (calls.judges === 0) return '';
  return `judging clause by clause reads ${grouped(Math.round(saving.judgeTokens))} tokens; with the whole spec in every prompt it would be ${grouped(Math.round(saving.wholeSpecTokens))} (${percent(saving.share)} saved)`;
}
