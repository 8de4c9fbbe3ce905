/**
 * @module features/audit/gate/annotations
 * Failed gates as the workflow commands that GitHub shows beside a policy's lines.
 */
import { annotation } from '../../../text/github-annotations.ts';
import { tallyText } from './blocks.ts';
import { headline } from './check.ts';
import type { GateDocument } from './schema.ts';

/**
 * One command in a line for each check that failed, and one that says how it ended.
 * @param file the policy's path from the root of the repository
 */
export function gateAnnotations(result: GateDocument, file: string): string {
  const stamp = result.simulated ? 'SIMULATED ' : '';
  const failed = result.checks.filter(({ passed }) => !passed);
  const lines = failed.map((check) => {
    const [first] = check.evidence;
    const quote = first?.worst.quotes[0]?.quote;
    const shown = [
      `${check.subject}: ${headline(check)}`,
      check.reason,
      first === undefined
        ? ''
        : `${first.worst.transcript} #${first.clause}: ${first.worst.reason}`,
      quote === undefined ? '' : `“${quote}”`,
    ];
    return annotation(
      'error',
      { file, line: check.line },
      {
        title: `${stamp}Tenet gate: ${check.target}`,
        message: shown.filter(Boolean).join(' — '),
      },
    );
  });
  return `${lines.join('')}${annotation(
    'notice',
    { file, line: 1 },
    {
      title: `${stamp}Tenet gate`,
      message: `run ${result.run}: ${tallyText(result.checks)}`,
    },
  )}`;
}
