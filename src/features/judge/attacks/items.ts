/**
 * @module features/judge/attacks/items
 * The marked replies of a spec that attacks are made on, spread over its clauses and half of them bad.
 */

import { drawSuite, markedReplies } from '../../../run/suite/draw.ts';
import type { Scenario } from '../../../run/suite/scenario.ts';
import { limitScenarios, onlyClauses } from '../../../run/suite/select.ts';
import { suiteOf } from '../../../run/suite/suite.ts';
import type { MarkedReply, Spec } from '../../../spec/index.ts';
import { at, valueAt } from '../../../text/at.ts';
import type { AttackItem } from './attack.ts';

export interface ItemChoice {
  /** Only replies marked under these clauses. */
  clauses?: ReadonlySet<string>;
  limit: number;
}

/**
 * At most so many marked replies: first one of each conversation, good and bad by turns, then the others. Replies
 * marked ok are left out, since either verdict can be had on them, and so are those whose mark names another clause.
 */
export function attackItems(spec: Spec, { clauses, limit }: ItemChoice): AttackItem[] {
  const drawn = drawSuite(spec);
  const suite = clauses === undefined ? drawn : onlyClauses(drawn, clauses);
  const marked = markedReplies(spec);
  const candidates = new Map<string, AttackItem[]>();
  for (const scenario of suite.scenarios) {
    if (scenario.source.kind !== 'example') continue;
    // A conversation that prints no replies has none that are marked.
    const items = itemsOf(scenario, marked.get(scenario.id) ?? []);
    if (items.length > 0) candidates.set(scenario.id, items);
  }
  const usable = Iterator.from(suite.scenarios).filter(({ id }) => candidates.has(id));
  const chosen = limitScenarios(suiteOf(usable, suite.excluded), limit, 0);
  const spread = [...chosen.scenarios];
  const first = spread.map(({ id }, place) => {
    const items = valueAt(candidates, id);
    const mark = place % 2 === 0 ? 'bad' : 'good';
    return items.find((item) => item.mark === mark) ?? at(items, 0);
  });
  const others = spread
    .flatMap(({ id }) => valueAt(candidates, id))
    .filter((item) => !first.includes(item));
  return [...first, ...others].slice(0, limit);
}

function itemsOf(scenario: Scenario, replies: readonly MarkedReply[]): AttackItem[] {
  const [clause] = scenario.clauses;
  if (clause === undefined) return [];
  const usable = replies.flatMap(({ mark, content, elided, violates, attributes }) => {
    const isOwn = violates === null || violates === clause;
    return (mark === 'good' || mark === 'bad') && content.trim() !== '' && !elided && isOwn
      ? [{ mark, content, recipient: attributes.recipient }]
      : [];
  });
  const counts = { good: 0, bad: 0 };
  return usable.map(({ mark, content, recipient }) => {
    const number = ++counts[mark];
    return {
      id: `${scenario.id} ${mark}${number === 1 ? '' : ` ${number}`}`,
      clause,
      example: Number(scenario.source.reference.split('#').at(-1)),
      cluster: scenario.cluster,
      mark,
      scene: {
        history: scenario.messages,
        reply: content,
        ...(recipient === undefined ? {} : { recipient }),
        ...(scenario.tools === undefined ? {} : { tools: scenario.tools }),
      },
      sibling: usable.find((other) => other.mark !== mark)?.content ?? null,
    };
  });
}
