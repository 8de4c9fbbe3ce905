/**
 * @module features/audit/gate/policy
 * A policy file: what a run is held to. Read with the place of whatever is wrong in it.
 */

import { isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { severity, share } from '../../../report/schema-parts.ts';

const gateSchema = z.strictObject({
  name: z.string().min(1).optional().describe('what it is called in results'),
  subject: z.string().optional().describe('only this subject; absent: every one'),
  overall: z.literal(true).optional().describe('all tested clauses together'),
  level: z.string().optional().describe('the clauses of a level together'),
  kind: z.enum(['objective', 'rule', 'default', 'definition']).optional(),
  clause: z.string().optional().describe('one clause, or "*": every tested clause by itself'),
  adherence: share.optional().describe('the lower end of the interval is at least this'),
  corrected: z
    .boolean()
    .optional()
    .describe('take the rate that is corrected for the judge’s errors; without one the gate fails'),
  severity: severity.optional().describe('no violation as grave as this, or graver'),
  missing: share.optional().describe('at most this share has no verdict that decides'),
  drop: z
    .union([z.literal(true), share])
    .optional()
    .describe('no drop against the baseline beyond noise, or beyond noise and this much'),
});

const policySchema = z.strictObject({
  policy: z.literal('tenet.policy/1'),
  baseline: z.string().optional().describe('the run that drops are measured against'),
  gates: z.array(gateSchema).min(1),
});

export type Demand = 'adherence' | 'severity' | 'missing' | 'drop';
export type PolicyGate = z.infer<typeof gateSchema> & { line: number };
export interface Policy {
  baseline?: string;
  gates: PolicyGate[];
}

/** What is wrong with a policy: `file:line:column` and what to do, a line each. */
export interface PolicyProblems {
  problems: string[];
}

export const DEMANDS: readonly Demand[] = ['adherence', 'severity', 'missing', 'drop'];
const TARGETS = ['overall', 'level', 'kind', 'clause'] as const;

/** Reads a policy, or says all that is wrong with it. */
export function readPolicy(text: string, file: string): Policy | PolicyProblems {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    return { problems: [`${placeAt(broken.pos[0])}: this is no YAML: ${broken.message}`] };
  }
  const nodeAt = (path: readonly PropertyKey[]): Node | undefined => {
    // The nearest thing that is there: a key that is missing has no place of its own.
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node)) return node;
    }
    return undefined;
  };
  const placeOf = (path: readonly PropertyKey[]): string => placeAt(nodeAt(path)?.range?.[0] ?? 0);
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    // An alias (*name) that names nothing, or aliases of aliases that would grow without end.
    const why = error instanceof Error ? error.message : String(error);
    return { problems: [`${placeAt(0)}: this is no YAML: ${why}`] };
  }
  const parsed = policySchema.safeParse(content);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => {
        const path = issue.path.join('.');
        const hint = hintOn(issue.path);
        return `${placeOf(issue.path)}: ${path === '' ? '' : `${path}: `}${issue.message}${hint}.`;
      }),
    };
  }
  const gates = parsed.data.gates.map((gate, index) => {
    const node = nodeAt(['gates', index]);
    const offset = isMap(node) ? (node.range?.[0] ?? 0) : 0;
    return { ...gate, line: lines.linePos(offset).line };
  });
  const problems = [
    ...gates.flatMap((gate, index) =>
      problemsOf(gate).map((problem) => `${placeOf(['gates', index])}: ${problem}`),
    ),
    ...contradictions(gates).map((problem) => `${file}:${problem}`),
  ];
  if (problems.length > 0) return { problems };
  const { baseline } = parsed.data;
  return { ...(baseline === undefined ? {} : { baseline }), gates };
}

/** What to write there, for what is often written otherwise. */
function hintOn(path: readonly PropertyKey[]): string {
  const [key] = path;
  if (key === undefined || key === 'policy') {
    return ". A policy begins with 'policy: tenet.policy/1'";
  }
  if (key === 'baseline') return ". Put the run's id in quotes, since YAML takes some for numbers";
  if (path.at(-1) === 'adherence' || path.at(-1) === 'missing') {
    return '. It takes a share from 0 to 1, such as 0.9';
  }
  if (path.at(-1) === 'drop') return ". Write 'true' or a share such as 0.05, or leave it out";
  return '';
}

function problemsOf(gate: PolicyGate): string[] {
  const problems: string[] = [];
  const targets = TARGETS.filter((key) => gate[key] !== undefined);
  if (targets.length !== 1) {
    problems.push(
      `a gate is about exactly one of overall, level, kind or clause; this one has ${targets.length === 0 ? 'none' : targets.join(' and ')}.`,
    );
  }
  if (DEMANDS.every((demand) => gate[demand] === undefined)) {
    problems.push(`this gate asks for nothing. Give it ${DEMANDS.join(', ')}, or several.`);
  }
  if (gate.corrected !== undefined && gate.adherence === undefined) {
    problems.push("'corrected' says which rate 'adherence' is about, and there is no 'adherence'.");
  }
  return problems;
}

/** Two gates that ask the same of the same thing: whichever was meant, the other was not. */
function contradictions(gates: readonly PolicyGate[]): string[] {
  const seen = new Map<string, PolicyGate>();
  const problems: string[] = [];
  for (const gate of gates) {
    for (const demand of DEMANDS) {
      if (gate[demand] === undefined) continue;
      const key = JSON.stringify([
        demand,
        gate.subject ?? null,
        targetName(gate),
        gate.corrected === true,
      ]);
      const earlier = seen.get(key);
      if (earlier === undefined) {
        seen.set(key, gate);
        continue;
      }
      const same = earlier[demand] === gate[demand] ? 'the same' : 'another';
      problems.push(
        `${gate.line}:1: ${targetName(gate)} has ${same} '${demand}' at line ${earlier.line} already (${String(earlier[demand])} there, ${String(gate[demand])} here). Keep one of them.`,
      );
    }
  }
  return problems;
}

/** What a gate is about, as results name it. */
export function targetName(gate: Pick<PolicyGate, (typeof TARGETS)[number]>): string {
  if (gate.level !== undefined) return `level ${gate.level}`;
  if (gate.kind !== undefined) return `kind ${gate.kind}`;
  if (gate.clause === '*') return 'every clause';
  if (gate.clause !== undefined) return `#${gate.clause.replace(/^#/, '')}`;
  return 'overall';
}

/** The JSON Schema of a policy file. */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policySchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'Tenet policy, version 1' };
}
