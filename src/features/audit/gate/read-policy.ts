/**
 * @module features/audit/gate/read-policy
 * Reads a policy file: what a run is held to, with the place of whatever is wrong in it.
 */
import { isNode, LineCounter, type Node, parseDocument } from 'yaml';
import { messageOf } from '../../../app/errors.ts';
import { type IssueKind, type PolicyIssue, problem } from './messages.ts';
import {
  DEMANDS,
  type Policy,
  type PolicyGate,
  policySchema,
  TARGETS,
  targetName,
} from './policy-schema.ts';

/**
 * Reads the text of a policy.
 * @param file what messages call it
 * @throws a `TenetError` that says all that is wrong with it
 */
export function readPolicy(text: string, file: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const issueAt = (offset: number, kind: IssueKind): PolicyIssue => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, ...kind };
  };
  const refuse = (issues: readonly PolicyIssue[]): void => {
    if (issues.length > 0) throw problem('wrong-policy', { file, issues });
  };
  const noYaml = (offset: number, reason: string): PolicyIssue =>
    issueAt(offset, { code: 'no-yaml', data: { reason } });
  refuse(document.errors.slice(0, 1).map(({ pos, message }) => noYaml(pos[0], message)));
  const nodeAt = (path: readonly PropertyKey[]): Node | undefined => {
    // The nearest thing that is there: a key that is missing has no place of its own.
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node)) return node;
    }
    return undefined;
  };
  // An empty file holds no node: what is missing of it is missing at its beginning.
  const offsetOf = (path: readonly PropertyKey[]): number => nodeAt(path)?.range?.[0] ?? 0;
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    // An alias (*name) that names nothing, or aliases of aliases that would grow without end.
    refuse([noYaml(0, messageOf(error))]);
  }
  const parsed = policySchema.safeParse(content);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) =>
      issueAt(offsetOf(path), { code: 'wrong-value', data: { path: path.map(String), message } }),
    );
    throw problem('wrong-policy', { file, issues });
  }
  const { baseline, gates: read } = parsed.data;
  const gates = read.map((gate, index) => {
    return { ...gate, line: lines.linePos(offsetOf(['gates', index])).line };
  });
  refuse([
    ...gates.flatMap((gate, index) =>
      issuesOf(gate).map((kind) => issueAt(offsetOf(['gates', index]), kind)),
    ),
    ...contradictions(gates),
  ]);
  return { ...(baseline === undefined ? {} : { baseline }), gates };
}

/** What is wrong with one gate by itself. */
function issuesOf(gate: PolicyGate): IssueKind[] {
  const targets = TARGETS.filter((key) => gate[key] !== undefined);
  const asksNothing = DEMANDS.every((demand) => gate[demand] === undefined);
  const correctsNothing = gate.corrected !== undefined && gate.adherence === undefined;
  return [
    ...(targets.length === 1 ? [] : [{ code: 'not-one-target', data: { targets } } as const]),
    ...(asksNothing ? [{ code: 'asks-nothing', data: {} } as const] : []),
    ...(correctsNothing ? [{ code: 'corrects-nothing', data: {} } as const] : []),
  ];
}

/** Two gates that ask the same of the same thing: whichever was meant, the other was not. */
function contradictions(gates: readonly PolicyGate[]): PolicyIssue[] {
  const seen = new Map<string, PolicyGate>();
  const issues: PolicyIssue[] = [];
  for (const gate of gates) {
    for (const demand of DEMANDS) {
      const here = gate[demand];
      if (here === undefined) continue;
      const target = targetName(gate);
      const key = JSON.stringify([demand, gate.subject ?? null, target, gate.corrected === true]);
      const earlier = seen.get(key);
      const there = earlier?.[demand];
      if (earlier === undefined || there === undefined) {
        seen.set(key, gate);
        continue;
      }
      issues.push({
        line: gate.line,
        column: 1,
        code: 'asked-twice',
        data: { target, demand, line: earlier.line, there, here },
      });
    }
  }
  return issues;
}
