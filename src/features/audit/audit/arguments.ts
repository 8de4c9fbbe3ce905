/** @module features/audit/audit/arguments What `tenet audit` can be told. */
import * as z from 'zod';
import {
  flag,
  integer,
  nonNegative,
  positiveInteger,
  share,
  shared,
} from '../../../app/arguments.ts';

const text = z.string().optional();
const texts = z.array(z.string()).optional();
const wish = z.boolean().optional();

export const auditArguments = z.object({
  spec: shared.spec,
  dialect: shared.dialect,
  subject: flag('<model>', texts, 'a model to audit; give it again for more', 'model'),
  judge: flag('<model>', texts, 'a model that judges; give it again for a panel', 'model'),
  consensus: shared.consensus,
  selfJudged: shared.selfJudged,
  rubric: shared.rubric,
  certificate: shared.certificate,
  batch: flag(
    '<n>',
    positiveInteger.optional(),
    'up to so many clauses in one call, where a certificate shows no loss (default: 1)',
  ),
  suite: flag(
    '<file>',
    text,
    'your own scenarios: JSON lines, JSON or CSV with a clause column',
    'file',
  ),
  clauses: flag(
    '<query>',
    text,
    "only these, such as 'level>=system and not has:example'",
    'clause',
  ),
  repeats: flag('<n>', positiveInteger.optional(), 'ask every scenario so many times (default: 1)'),
  precision: flag(
    '<share>',
    share.optional(),
    'ask until every interval is so narrow, such as 0.05 for ±5 points; --repeats is the ceiling',
  ),
  bound: flag(
    '<share>',
    share.optional(),
    'with --precision: also stop where it is clear on which side of it a rate lies',
  ),
  limit: flag(
    '<n>',
    positiveInteger.optional(),
    'at most so many scenarios, spread over the clauses',
  ),
  concurrency: shared.concurrency,
  budget: shared.budget,
  maxTokens: flag('<n>', positiveInteger.optional(), 'ceiling of a reply (default: 4096)'),
  temperature: flag(
    '<t>',
    nonNegative.optional(),
    "the subjects' temperature (default: the provider's)",
  ),
  system: flag('<file>', text, 'a system prompt for the subjects', 'file'),
  seed: flag(
    '<n>',
    integer.optional(),
    'another seed asks everything anew and picks other scenarios',
  ),
  ledger: shared.ledger,
  dryRun: flag(null, wish, 'print the plan: scenarios, calls, tokens, cost, expected intervals'),
  offline: shared.offline,
  resume: flag(
    '[run]',
    z.union([z.string(), z.literal(true)]).optional(),
    'go on with the unfinished run of this plan, or start it',
    'run',
  ),
});

/** The arguments as the handler gets them. */
export type AuditArguments = z.output<typeof auditArguments>;

/** Arguments that decide nothing of what is asked; no others can be given beside the name of a run to go on with. */
export const BESIDE_PLAN: ReadonlySet<string> = new Set<keyof AuditArguments>([
  'selfJudged',
  'certificate',
  'concurrency',
  'budget',
  'ledger',
  'dryRun',
  'offline',
  'resume',
]);
