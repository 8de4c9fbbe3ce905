/** @module features/judge/attacks/command `tenet judge attack`: try to mislead a judge, and say what moved it. */
import * as z from 'zod';
import { flag, integer, positiveInteger, shared } from '../../../app/arguments.ts';
import { chosenClauses } from '../../../app/choose-clauses.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import {
  type JudgeSession,
  judgePrice,
  judgesNamed,
  stoppedShort,
  withJudges,
} from '../../../app/judge-session.ts';
import { functionOf, type Roster } from '../../../app/roster.ts';
import { settle } from '../../../app/settings.ts';
import type { AttackedJudge } from '../../../report/certificate/attack-schema.ts';
import { functionJudgeAlone } from '../../../run/judging/function-judge.ts';
import { modelJudge } from '../../../run/judging/judge.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { nearest } from '../../../spec/locate.ts';
import { attachAttack } from './attach.ts';
import type { Attack, AttackItem } from './attack.ts';
import { attackJudge, suiteFor } from './attack-judge.ts';
import { attackReport } from './attack-report.ts';
import { ATTACKS } from './attacks.ts';
import { attackBlocks } from './blocks.ts';
import { estimateAttacks } from './estimate.ts';
import { attackSummary, estimateBlocks } from './estimate-blocks.ts';
import { attackItems } from './items.ts';
import { attackListBlocks } from './list-blocks.ts';
import { notes, problem } from './messages.ts';
import { questionCount } from './questions.ts';
import type { AttackEstimate } from './schema.ts';

const text = z.string().optional();
const texts = z.array(z.string()).optional();
const wish = z.boolean().optional();

const attackArguments = z.object({
  judge: flag('<model>', texts, 'a judge to attack; give it again for more', 'model'),
  spec: shared.spec,
  dialect: shared.dialect,
  clauses: flag('<query>', text, 'only replies marked under these clauses', 'clause'),
  attack: flag('<name>', texts, 'only this attack; give it again for more'),
  limit: flag(
    '<n>',
    positiveInteger.optional(),
    'marked replies to attack with each (default: 12)',
  ),
  concurrency: shared.concurrency,
  budget: shared.budget,
  seed: flag('<n>', integer.optional(), 'another seed asks everything anew'),
  ledger: shared.ledger,
  list: flag(null, wish, 'print what the attacks are, and ask nobody'),
  dryRun: flag(null, wish, 'print what would be asked, and what it may cost'),
  offline: shared.offline,
});

type AttackArguments = z.output<typeof attackArguments>;

const DEFAULT_LIMIT = 12;

export const attack = defineCommand({
  args: attackArguments,
  prints: ['tenet.attack/1', 'tenet.attack-estimate/1', 'tenet.attack-list/1'],
  run: async (args, context) => {
    const attacks = chosenAttacks(args.attack);
    if (args.list === true) return listed(attacks);
    const config = await context.config();
    const spec = loadSpec(args.spec ?? STARTER_SPEC, args.dialect);
    const { judge: named = [] } = args;
    const roster = await context.models.own(named);
    const judges = chosenJudges(args, spec, roster);
    const suite = { spec, items: chosenItems(spec, args), attacks };
    const estimateFor = (judge: PlannedJudge): AttackEstimate =>
      estimateAttacks(judge, suiteFor(suite, judge), judgePrice(judge, roster, config.prices));
    if (args.dryRun === true) {
      const estimates = judges.map(estimateFor);
      return {
        document: { schema: 'tenet.attack-estimate/1', judges: estimates },
        blocks: () => estimateBlocks(estimates),
      };
    }
    const settings = settle(args, config);
    const isOffline = args.offline === true;
    const work = { settings, roster, isOffline };
    return withJudges(context, judges, work, async (session) => {
      const results: AttackedJudge[] = [];
      for (const judge of judges) {
        if (!isOffline && !judge.simulated && judge.by === undefined) {
          context.log.say(notes.cost(attackSummary(estimateFor(judge))));
        }
        const { width, stop, callerOf } = session;
        const ask =
          judge.by === 'function'
            ? functionJudgeAlone(functionOf(judge, roster), suite.spec)
            : modelJudge(callerOf(judge), judge);
        const total = questionCount(suiteFor(suite, judge));
        const end = await session.during(total, (onVerdict) =>
          attackJudge(suite, { judge, ask, width, onVerdict }, stop),
        );
        if ('attacked' in end) {
          results.push(end.attacked);
          continue;
        }
        const { kind, message: reason } = end.stopped;
        if (isOffline && kind === 'not_recorded') throw problem('not-on-record', { reason });
        return stoppedShort(end.stopped, context.log);
      }
      const report = attackReport(spec, suite.items, attacks, results);
      // Part of the suite says less than a certificate's reader would take it for, and offline nothing is written.
      if (args.attack === undefined && !isOffline) await attach(session, judges, report, context);
      return { document: report, blocks: () => attackBlocks(report) };
    });
  },
});

function listed(attacks: readonly Attack[]): Result {
  const known = attacks.map(({ apply: _, prevents, ...about }) => ({
    ...about,
    prevents: [...prevents],
  }));
  return {
    document: { schema: 'tenet.attack-list/1', attacks: known },
    blocks: () => attackListBlocks(known),
  };
}

function chosenAttacks(names: readonly string[] | undefined): readonly Attack[] {
  if (names === undefined) return ATTACKS;
  const known = ATTACKS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw problem('no-such-attack', { name: unknown, near: nearest(known, unknown.toLowerCase()) });
  }
  return ATTACKS.filter(({ name, kind }) => kind === 'control' || names.includes(name));
}

function chosenJudges(
  { judge: given = [], seed }: AttackArguments,
  spec: Spec,
  roster: Roster,
): PlannedJudge[] {
  if (given.length === 0) throw problem('no-judge', {});
  const judges = judgesNamed(given, seed, spec, roster);
  if (new Set(judges.map(({ simulated }) => simulated)).size > 1) throw problem('mixed-judges', {});
  return judges;
}

function chosenItems(
  spec: Spec,
  { clauses, limit = DEFAULT_LIMIT }: AttackArguments,
): AttackItem[] {
  const chosen = clauses === undefined ? {} : { clauses: chosenClauses(spec, clauses) };
  const items = attackItems(spec, { ...chosen, limit });
  if (items.length > 0) return items;
  throw problem('nothing-to-attack', { file: spec.file, isNarrowed: clauses !== undefined });
}

async function attach(
  { ledger }: JudgeSession,
  judges: readonly PlannedJudge[],
  report: ReturnType<typeof attackReport>,
  { log }: Context,
): Promise<void> {
  for (const judge of judges) {
    const isAttached = await attachAttack(ledger.certificates, judge, report);
    log.say(isAttached ? notes.attached(judge.label) : notes.notAttached(judge.label));
  }
}
