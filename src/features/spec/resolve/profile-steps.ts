/** @module features/spec/resolve/profile-steps What a deployment profile did to the spec, as steps of the trace. */

import { type Authority, levelNamed } from '../../../spec/authority.ts';
import { locator } from '../../../spec/locate.ts';
import type { Spec } from '../../../spec/types.ts';
import { blank, type Candidates } from './candidates.ts';
import type { EffectiveSpec } from './profile/effective.ts';
import type { Candidate, Trace } from './trace.ts';

/** Notes each change with its clause; gives the disabled clauses, which are clauses no more. */
export function addProfileSteps(
  spec: Spec,
  found: Candidates,
  effective: EffectiveSpec | null,
  authority: Authority,
  trace: Trace,
): Candidate[] {
  if (effective === null) return [];
  const clauses = new Map<string, Candidate>(found.clauses.map((clause) => [clause.id, clause]));
  return effective.changes.flatMap((change) => {
    const { id, action, by, reason } = change;
    const from = `profile ${effective.profile}`;
    const parts = {
      rule: 'profile',
      from,
      reason: { code: 'profile-change', data: { action, by, reason } },
      settledBy: 'text',
    } as const;
    const clause = clauses.get(`#${id}`);
    if (clause !== undefined) {
      trace.add({ ...parts, to: clause, result: clause.state });
      return [];
    }
    const disabled: Candidate = {
      ...blank(`#${id}`, levelNamed(authority, change.level)),
      type: 'clause',
      state: 'overridden',
      text: change.title,
      locator: locator(spec, id),
      position: -2,
    };
    trace.add({ ...parts, to: disabled, result: 'overridden' });
    return [disabled];
  });
}
