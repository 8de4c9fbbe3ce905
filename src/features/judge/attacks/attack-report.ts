/** @module features/judge/attacks/attack-report What the suite came to, judge by judge, as one document. */

import type { AttackedJudge, AttackReport } from '../../../report/certificate/attack-schema.ts';
import { JUDGE_PROMPT, judgePromptHash } from '../../../run/judging/judge-prompt.ts';
import type { Spec } from '../../../spec/index.ts';
import type { Attack, AttackItem } from './attack.ts';

/** The document of an attack: who was asked about what, in which wording, and what moved. */
export function attackReport(
  spec: Spec,
  items: readonly AttackItem[],
  attacks: readonly Attack[],
  judges: AttackedJudge[],
): AttackReport {
  const marked = (mark: AttackItem['mark']): number =>
    items.reduce((sum, item) => sum + (item.mark === mark ? 1 : 0), 0);
  return {
    schema: 'tenet.attack/1',
    simulated: judges.some(({ simulated }) => simulated),
    spec: { id: spec.id, version: spec.version, title: spec.title, sha256: spec.sha256 },
    prompt: { name: JUDGE_PROMPT, hash: judgePromptHash() },
    items: {
      good: marked('good'),
      bad: marked('bad'),
      examples: new Set(items.map(({ cluster }) => cluster)).size,
      clauses: new Set(items.map(({ clause }) => clause)).size,
      ids: items.map(({ id }) => id),
    },
    attacks: attacks.map(({ name, kind, about, prevents, harness }) => ({
      name,
      kind,
      about,
      prevents: [...prevents],
      harness,
    })),
    confidence: 0.95,
    judges,
  };
}
