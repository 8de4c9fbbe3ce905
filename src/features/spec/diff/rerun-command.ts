/**
 * @module features/spec/diff/rerun-command
 * The command that puts the smallest suite of a past run to its subjects again.
 */

import { DEFAULT_CEILING, DEFAULT_MAX_TOKENS } from '../../../app/settings.ts';
import { quoted } from '../../../app/shell-words.ts';
import { shownAddress } from '../../../ledger/postgres/address.ts';
import { type Plan, voicesOf } from '../../../run/plan.ts';
import { at } from '../../../text/at.ts';
import { missing } from './messages.ts';
import type { Rerun, RunOutlook } from './schema.ts';

/** The command, one flag to a line, and what it cannot know; null where there is nothing to run. */
export function rerunCommand(
  plan: Plan,
  again: Rerun,
  spec: string,
  ledger: string | undefined,
): Pick<RunOutlook, 'command' | 'notes' | 'missing'> {
  const { query } = again;
  if (query === null) return { command: null, notes: [], missing: [] };
  const unknown: ReturnType<typeof missing>[] = [];
  const flags = [`--spec ${quoted(spec)}`];
  for (const label of new Set(plan.subjects.map((subject) => subject.label))) {
    flags.push(`--subject ${quoted(label)}`);
  }
  for (const { label } of voicesOf(plan)) flags.push(`--judge ${quoted(label)}`);
  if (plan.consensus !== undefined) flags.push(`--consensus ${plan.consensus}`);
  if (plan.rubrics !== undefined) {
    flags.push('--rubric RUBRIC_FILES');
    const rubrics = plan.rubrics.map(({ name }) => name);
    unknown.push(missing('rubric-files', { rubrics }));
  }
  if (plan.batch !== undefined) flags.push(`--batch ${plan.batch.size}`);
  const file = Iterator.from(plan.suite.scenarios).find(({ source }) => source.kind === 'file')
    ?.source.reference;
  if (file !== undefined) flags.push(`--suite ${quoted(file)}`);
  flags.push(`--clauses ${quoted(wrappedQuery(query))}`);
  if (again.isPartial) flags.push(`--limit ${again.scenarios.length}`);
  const { precision = null, bound = null } = plan.sequential ?? {};
  if (precision !== null) flags.push(`--precision ${precision}`);
  if (bound !== null) flags.push(`--bound ${bound}`);
  const usual = plan.sequential === undefined ? 1 : DEFAULT_CEILING;
  if (plan.repeats !== usual) flags.push(`--repeats ${plan.repeats}`);
  if (plan.seed !== null) flags.push(`--seed ${plan.seed}`);
  const { maxTokens, temperature } = at(plan.subjects, 0).parameters;
  if (maxTokens !== undefined && maxTokens !== DEFAULT_MAX_TOKENS) {
    flags.push(`--max-tokens ${maxTokens}`);
  }
  if (temperature !== undefined) flags.push(`--temperature ${temperature}`);
  if (plan.subjects.some(({ system }) => system !== null)) {
    flags.push('--system SYSTEM_PROMPT_FILE');
    unknown.push(missing('system-prompt-file', {}));
  }
  if (ledger !== undefined) flags.push(`--ledger ${quoted(shownAddress(ledger))}`);
  return {
    command: ['tenet audit', ...flags].join(' \\\n  '),
    notes: unknown.map(({ note }) => note),
    missing: unknown.map(({ code, data }) => ({ code, data })),
  };
}

const QUERY_WIDTH = 56;

/** A query may go over several lines, between its terms. */
function wrappedQuery(query: string): string {
  let column = 0;
  return query
    .split(', ')
    .map((term, place, terms) => {
      const text = place === terms.length - 1 ? term : `${term},`;
      const isBroken = column > 0 && column + text.length > QUERY_WIDTH;
      column = isBroken ? text.length : column + text.length + 1;
      if (place === 0) return text;
      return isBroken ? `\n    ${text}` : ` ${text}`;
    })
    .join('');
}
