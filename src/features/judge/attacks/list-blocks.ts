/** @module features/judge/attacks/list-blocks What the attacks on judges are, and what the harness does about each. */
import type { AttackReport } from '../../../report/certificate/attack-schema.ts';
import { type Block, type ListItem, section } from '../../../text/blocks.ts';
import { capital } from '../../../text/capital.ts';

/** An attack as it is told about. */
export type AttackAbout = AttackReport['attacks'][number];

/** Kinds of attack in the order of reports, and what they are called there. */
export const ATTACK_GROUPS: readonly { kind: AttackAbout['kind']; heading: string }[] = [
  { kind: 'control', heading: 'no attack' },
  { kind: 'structure', heading: 'posing as part of the question (the harness keeps them inside)' },
  { kind: 'evidence', heading: 'bending the evidence (the harness looks quotes up)' },
  { kind: 'persuasion', heading: 'talking to the judge (only measured)' },
  { kind: 'form', heading: 'changing the form (only measured)' },
];

/** What the attacks are, and what the harness does about each. */
export function attackListBlocks(attacks: readonly AttackAbout[]): Block[] {
  const groups = ATTACK_GROUPS.map(({ kind, heading }) => {
    const own = attacks.filter((attack) => attack.kind === kind);
    if (own.length === 0) return section();
    return section(
      { type: 'heading', level: 2, text: capital(heading), fit: 'wrap' },
      { type: 'list', marker: '', indent: 2, items: own.map(aboutItem) },
    );
  });
  const limits = section({
    type: 'paragraph',
    text: 'Prevented: what it poses as can’t come about. Its words are still read inside the transcript, and a judge may heed them; tenet judge attack --judge NAME shows how often.',
  });
  return [...groups, limits];
}

function aboutItem(attack: AttackAbout): ListItem {
  const { name, about } = attack;
  return {
    text: name,
    blocks: [
      { type: 'paragraph', indent: 2, text: about },
      { type: 'paragraph', indent: 2, text: preventionText(attack) },
    ],
  };
}

function preventionText({ kind, prevents, harness }: AttackAbout): string {
  if (kind === 'control') return '';
  const [only, other] = prevents;
  if (only === undefined) return `Only measured: ${harness}.`;
  return `Prevented${other === undefined ? ` towards "${only}"` : ''}: ${harness}.`;
}
