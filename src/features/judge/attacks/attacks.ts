/**
 * @module features/judge/attacks/attacks
 * The standing suite of attacks on judges, and what an attack makes of an item.
 */
import { type Attack, type AttackedScene, type AttackItem, wantedOf } from './attack.ts';
import { evidenceAttacks } from './evidence.ts';
import { formAttacks } from './form.ts';
import { persuasionAttacks } from './persuasion.ts';
import { structureAttacks } from './structure.ts';

/** Every attack, in the order in which reports have them: the control first. */
export const ATTACKS: readonly Attack[] = [
  ...formAttacks.filter(({ kind }) => kind === 'control'),
  ...structureAttacks,
  ...evidenceAttacks,
  ...persuasionAttacks,
  ...formAttacks.filter(({ kind }) => kind !== 'control'),
];

/** An item under an attack that goes for the opposite of its mark; null where the attack has nothing to do there. */
export function attacked(attack: Attack, item: AttackItem): AttackedScene | null {
  return attack.apply(item, wantedOf(item));
}
