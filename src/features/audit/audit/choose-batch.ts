/** @module features/audit/audit/choose-batch Whether judges are asked about several clauses at once. */
import { existsSync } from 'node:fs';
import { Problem } from '../../../app/problem.ts';
import { quoted } from '../../../app/shell-words.ts';
import { say } from '../../../cli/terminal.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import { BATCH_PROMPT } from '../../../run/judging/batch/prompt.ts';
import type { Plan, PlannedBatch } from '../../../run/plan.ts';
import { batchPermission } from '../../../report/certificate/batch-permission.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';

/** What a plan says of batches of so many clauses; undefined where it is one clause a call, as usual. */
export function chooseBatch(size: number | undefined): PlannedBatch | undefined {
  return size === undefined || size === 1 ? undefined : { size, prompt: BATCH_PROMPT };
}

/**
 * Throws a `Problem` unless each judge of the plan has a certificate, among those given or in the ledger at `path`,
 * that shows that nothing is lost in batches of the plan's size. Nothing is refused where a plan has none.
 */
export function refuseLossyBatch(plan: Plan, given: readonly Certificate[], path: string): void {
  const { batch, rubrics, spec } = plan;
  if (batch === undefined) return;
  const { size } = batch;
  const permission = batchPermission(plan, size, [...given, ...certificatesIn(path)]);
  if (permission.type === 'allowed') {
    for (const note of permission.notes) say(`--batch ${size}: ${note}.`);
    return;
  }
  const { judge, reason, remedy } = permission;
  const problem = `--batch ${size}: ${judge.label} may lose right verdicts when it is asked about several clauses at once: ${reason}.`;
  const command = [
    'tenet judge calibrate',
    `--judge ${quoted(judge.label)}`,
    `--spec ${quoted(spec.file)}`,
    ...(rubrics === undefined ? [] : ['--rubric RUBRIC_FILES']),
    `--batch ${size}`,
  ].join(' ');
  const remedies = {
    measure: `'${command}' measures it. Or leave --batch out.`,
    'more items': `Leave --batch out. More items come from a spec with more marked replies, or from people's labels ('${command} --run RUN').`,
    none: 'Leave --batch out.',
  };
  throw new Problem(`${problem} ${remedies[remedy]}`);
}

function certificatesIn(path: string): Certificate[] {
  if (!existsSync(path)) return [];
  const opened = openLedger(path, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  try {
    return keptCertificates(opened.ledger).certificates;
  } finally {
    opened.ledger.close();
  }
}
