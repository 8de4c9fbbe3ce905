/** @module features/judge/attacks/list What the attacks on judges are, and what the harness does about each. */

import type { AttackReport } from '../../../report/certificate/attack-schema.ts';
import { capital } from '../../../text/capital.ts';
import { hanging } from '../../../text/layout.ts';
import { painter } from '../../../text/paint.ts';

type AttackAbout = AttackReport['attacks'][number];

export interface AttackTextSettings {
  width?: number;
  color?: boolean;
}

/** Kinds of attack in the order of reports, and what they are called there. */
export const ATTACK_GROUPS: readonly { kind: AttackAbout['kind']; heading: string }[] = [
  { kind: 'control', heading: 'no attack' },
  { kind: 'structure', heading: 'posing as part of the question (the harness keeps them inside)' },
  { kind: 'evidence', heading: 'bending the evidence (the harness looks quotes up)' },
  { kind: 'persuasion', heading: 'talking to the judge (only measured)' },
  { kind: 'form', heading: 'changing the form (only measured)' },
];

const STANDARD_WIDTH = 80;

/** What the attacks are, and what the harness does about each. */
export function renderAttackList(
  attacks: readonly AttackAbout[],
  settings: AttackTextSettings = {},
): string {
  const width = settings.width ?? STANDARD_WIDTH;
  const paint = painter(settings.color ?? false);
  const blocks = ATTACK_GROUPS.flatMap(({ kind, heading }) => {
    const own = attacks.filter((attack) => attack.kind === kind);
    if (own.length === 0) return [];
    return [[paint('bold', capital(heading)), ...own.flatMap((one) => aboutLines(one, width))]];
  });
  const limits = hanging(
    '',
    'Prevented: what it poses as can’t come about. Its words are still read inside the transcript, and a judge may heed them; tenet judge attack --judge NAME shows how often.',
    width,
  );
  return `${[...blocks, limits].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function aboutLines(attack: AttackAbout, width: number): string[] {
  const { name, kind, about, prevents, harness } = attack;
  const what =
    kind === 'control'
      ? []
      : hanging(
          '    ',
          prevents.length === 0
            ? `Only measured: ${harness}.`
            : `Prevented${prevents.length === 1 ? ` towards "${prevents[0]}"` : ''}: ${harness}.`,
          width,
        );
  return [`  ${name}`, ...hanging('    ', about, width), ...what];
}
