/** @module features/audit/audit/plan-blocks What a plan will take and show, for `--dry-run`. */
import { PRICES_AS_OF } from '../../../model/prices.ts';
import { exclusionReason } from '../../../report/findings/messages.ts';
import type { Plan } from '../../../run/plan.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { specName } from '../../../spec/index.ts';
import { type Block, SIMULATED, section } from '../../../text/blocks.ts';
import { dollars, NOTHING } from '../../../text/figures.ts';
import { count, grouped, list, percent } from '../../../text/numbers.ts';
import type { DetectableEstimate, ModelEstimate, PlanEstimate } from './schema.ts';

const LABEL = 11;
const UNTESTED_NAMED = 8;

/** The plan in words. */
export function planBlocks(plan: Plan, estimate: PlanEstimate): Block[] {
  const { scenarios, clauses, calls, samples } = estimate;
  const product = `${count(scenarios.total, 'scenario')} × ${count(plan.subjects.length, 'subject')} × ${count(plan.repeats, 'repeat')} = ${grouped(samples)}`;
  return [
    ...(plan.simulated ? [SIMULATED] : []),
    { type: 'heading', level: 1, text: `Plan for ${specName(plan.spec)}: nothing is asked yet` },
    section({
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [
        { key: 'Scenarios', value: sourcesText(scenarios) },
        { key: 'Left out', value: excludedText(scenarios.excluded) },
        { key: 'Clauses', value: clausesText(clauses) },
        { key: 'Sequential', value: sequentialText(estimate) },
        {
          key: 'Samples',
          value: estimate.sequential === undefined ? product : `about ${grouped(samples)}`,
        },
        {
          key: 'Calls',
          value: `${grouped(calls.total)}: ${grouped(calls.subjects)} to subjects, ${grouped(calls.judges)} to judges`,
        },
      ],
    }),
    section(modelTable(estimate), {
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [{ key: '', value: unpricedText(estimate) }],
    }),
    section(estimate.sequential === undefined ? widthBlocks(estimate) : []),
    section(detectableBlocks(estimate)),
    section({
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [
        { key: 'Saving', value: savingText(estimate) },
        { key: 'Plan', value: plan.hash },
      ],
    }),
  ];
}

function sequentialText({ sequential, assumed }: PlanEstimate): string {
  if (sequential === undefined) return '';
  const { precision, bound, ceiling, drawsPerClause } = sequential;
  const most = `no scenario more than ${count(ceiling, 'time')}`;
  if (precision === null || drawsPerClause === null) {
    return `the widest intervals get the next calls until the budget is spent, ${most}; figures below are for asking every scenario once`;
  }
  const side = bound === null ? '' : `, or lies on one side of ${percent(bound)}`;
  return `each clause is drawn for until its interval is within ±${Number((100 * precision).toPrecision(3))} points${side}, ${most}; at ${percent(assumed.adherence)} adherence that takes about ${count(drawsPerClause, 'draw')}, more where rates are nearer to one half`;
}

const SOURCES = { example: 'examples', eval: 'eval prompts', file: 'a file' };

function sourcesText({ total, bySource }: PlanEstimate['scenarios']): string {
  const parts = Object.entries(SOURCES).flatMap(([source, name]) => {
    const number = bySource[source];
    return number !== undefined && number > 0 ? [`${grouped(number)} from ${name}`] : [];
  });
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

function modelTable({ models, calls, tokens, cost }: PlanEstimate): Block[] {
  const money = (amount: number | null): string => (amount === null ? 'unknown' : dollars(amount));
  const cells = (of: Pick<ModelEstimate, 'tokens' | 'cost'>, number: number): string[] => [
    grouped(number),
    grouped(Math.round(of.tokens.input)),
    grouped(Math.round(of.tokens.output)),
    money(of.cost),
  ];
  const prices = cost === 0 ? '' : ` List prices as of ${PRICES_AS_OF}.`;
  return [
    {
      type: 'table',
      columns: [
        { head: 'Model', cut: 'middle' },
        { head: 'calls', align: 'right' },
        { head: 'tokens in', align: 'right' },
        { head: 'tokens out', align: 'right' },
        { head: 'cost', align: 'right' },
      ],
      rows: [
        ...models.map((model) => ({
          cells: [`${model.role.padEnd(8)} ${model.id}`, ...cells(model, model.calls)],
        })),
        { cells: ['together', ...cells({ tokens, cost }, calls.total)] },
      ],
    },
    {
      type: 'paragraph',
      tone: 'dim',
      text: `Tokens are estimated; a reply asked for twice comes on top.${prices}`,
    },
  ];
}

function widthBlocks({ expectedWidth, assumed }: PlanEstimate): Block[] {
  const { confidence, overall, levels, medianClause } = expectedWidth;
  const points = (share: number | null): string =>
    share === null ? NOTHING : `${Math.max(1, Math.round(share * 100))} points`;
  return [
    {
      type: 'paragraph',
      tone: 'strong',
      text: `How wide the ${percent(confidence)} intervals of a subject will be, at ${percent(assumed.adherence)} adherence`,
    },
    {
      type: 'table',
      heads: 'none',
      columns: [
        { head: 'what', most: 30, cut: 'end' },
        { head: 'width', align: 'right' },
        { head: 'cases' },
      ],
      rows: [
        { cells: ['overall', points(overall.width), count(overall.trials, 'case')] },
        ...levels.map(({ level, width, trials }) => ({
          indent: 2,
          cells: [level === NO_LEVEL ? 'no level' : level, points(width), count(trials, 'case')],
        })),
        { cells: ['the median clause', points(medianClause), ''] },
      ],
    },
  ];
}

/** What could be told apart; nothing where the plan does not say. */
function detectableBlocks({ detectable, assumed }: PlanEstimate): Block[] {
  if (detectable === undefined || detectable.overall.trials === 0) return [];
  const { power, alpha, against, overall, medianClause, trialsFor } = detectable;
  const other = against === 'subject' ? 'between two subjects' : 'until a later run';
  const needed = trialsFor.map(
    ({ halfWidth, trials }) => `${grouped(trials)} for ±${Math.round(100 * halfWidth)} points`,
  );
  return [
    {
      type: 'paragraph',
      tone: 'strong',
      text: `What it can show with ${percent(power)} chance and ${percent(alpha)} false alarms, at ${percent(assumed.adherence)} adherence`,
    },
    {
      type: 'keyValues',
      keyWidth: DETECTABLE_LABEL,
      rows: [
        { key: 'overall', value: shownText(overall, other) },
        {
          key: 'the median clause',
          value: medianClause === null ? '' : shownText(medianClause, other),
        },
        { key: 'one clause', value: `takes ${list(needed)}, each a scenario of its own` },
      ],
    },
  ];
}

function shownText({ trials, drop, bound }: DetectableEstimate, other: string): string {
  const parts = [
    ...(drop === null ? [] : [`a drop of ${Math.ceil(100 * drop)} points ${other}`]),
    ...(bound === null ? [] : [`that the rate is above ${Math.floor(100 * bound)} %`]),
  ];
  return parts.length === 0
    ? `no drop and no bound: ${count(trials, 'case is', 'cases are')} too few`
    : parts.join('; ');
}

const DETECTABLE_LABEL = 19;

function savingText({ saving, calls }: PlanEstimate): string {
  if (calls.judges === 0) return '';
  return `judging clause by clause reads ${grouped(Math.round(saving.judgeTokens))} tokens; with the whole spec in every prompt it would be ${grouped(Math.round(saving.wholeSpecTokens))} (${percent(saving.share)} saved)`;
}
