/**
 * @module features/judge/attacks/command
 * `tenet judge attack`: try to mislead a judge, and say what moved it.
 */

import { chosenClauses } from '../../../app/choose-clauses.ts';
import { loadConfig } from '../../../app/config.ts';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import {
  type JudgeSession,
  type JudgeSessionFlags,
  judgesNamed,
  stoppedShort,
  withJudges,
} from '../../../app/judge-session.ts';
import { parseName } from '../../../app/models.ts';
import { Problem } from '../../../app/problem.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { priceOf } from '../../../model/prices.ts';
import type { AttackedJudge, AttackReport } from '../../../report/certificate/attack-schema.ts';
import { priceText } from '../../../report/figures.ts';
import { modelJudge } from '../../../run/judging/judge.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { nearest } from '../../../spec/locate.ts';
import { printDocument, printJson } from '../../../text/json.ts';
import { wrap } from '../../../text/layout.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { type AttackVerdicts, askAttacks } from './ask.ts';
import { attachAttack } from './attach.ts';
import type { Attack, AttackItem } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { renderAttack } from './blocks.ts';
import { type AttackEstimate, estimateAttacks } from './estimate.ts';
import { attackItems } from './items.ts';
import { renderAttackList } from './list.ts';
import { measureAttacks } from './measure.ts';
import { type AttackSuite, attackQuestions } from './questions.ts';
import { attackReport } from './report.ts';

/** The flags of `tenet judge attack`. */
export interface AttackFlags extends JudgeSessionFlags {
  judge?: string[];
  spec?: string;
  dialect?: string;
  clauses?: string;
  attack?: string[];
  limit?: number;
  seed?: number;
  list?: boolean;
  dryRun?: boolean;
}

const DEFAULT_LIMIT = 12;

/** Carries out the command. Throws `Problem` for what the user has to put right, `Exit` where it was interrupted. */
export async function attack(flags: AttackFlags): Promise<void> {
  const attacks = chosenAttacks(flags.attack);
  if (flags.list === true) return printList(attacks, flags);
  const config = await loadConfig(process.cwd());
  const spec = loadSpec(flags.spec ?? config.spec ?? STARTER_SPEC, flags.dialect);
  const judges = chosenJudges(flags);
  const items = chosenItems(spec, flags);
  const suiteFor = (judge: PlannedJudge): AttackSuite => {
    return { spec, items, attacks, stamped: judge.simulated };
  };
  const estimateFor = (judge: PlannedJudge): AttackEstimate => {
    const price = priceOf(parseName(judge.label, '--judge'), config.prices);
    return estimateAttacks(judge, suiteFor(judge), price);
  };
  if (flags.dryRun === true) return printEstimates(judges.map(estimateFor), flags);
  await withJudges(judges, flags, config, 'tenet judge attack', async (session) => {
    const results: AttackedJudge[] = [];
    for (const judge of judges) {
      if (session.counters !== null && !judge.simulated) {
        say(`${summary(estimateFor(judge))} What is on record is not asked again.`);
      }
      const verdicts = await askOne(suiteFor(judge), judge, session, flags);
      results.push(measureAttacks(judge, items, attacks, verdicts));
    }
    const report = attackReport(spec, items, attacks, results);
    process.stdout.write(
      flags.json === true ? printJson(report) : renderAttack(report, screen(process.stdout)),
    );
    // Part of the suite says less than a certificate's reader would take it for, and offline nothing is written.
    if (flags.attack === undefined && session.counters !== null) {
      for (const judge of judges) attach(session, judge, report);
    }
  });
}

function attach({ ledger }: JudgeSession, judge: PlannedJudge, report: AttackReport): void {
  say(
    attachAttack(ledger.certificates, judge, report)
      ? `${safeLine(judge.label)}: its certificate now holds this.`
      : `${safeLine(judge.label)}: the ledger has no certificate of it in this wording. 'tenet judge calibrate' makes one; this command, given again, then adds to it and asks nothing twice.`,
  );
}

function chosenItems(spec: Spec, { clauses, limit = DEFAULT_LIMIT }: AttackFlags): AttackItem[] {
  const chosen = clauses === undefined ? {} : { clauses: chosenClauses(spec, clauses) };
  const items = attackItems(spec, { ...chosen, limit });
  if (items.length > 0) return items;
  throw new Problem(
    `${spec.file}: ${clauses === undefined ? '' : 'under these clauses '}there is no reply marked good or bad, so there is nothing to attack. Mark replies in the examples of the spec, or name another with --spec.`,
  );
}

function chosenAttacks(names: readonly string[] | undefined): readonly Attack[] {
  if (names === undefined) return ATTACKS;
  const known = ATTACKS.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(known, name.toLowerCase());
    const hint = near.length > 0 ? ` Is it ${near.join(' or ')}?` : '';
    throw new Problem(
      `--attack: there is no attack '${safeLine(name.slice(0, 80))}'.${hint} --list names them all.`,
    );
  }
  return ATTACKS.filter(({ name, kind }) => kind === 'control' || names.includes(name));
}

function chosenJudges({ judge: given = [], seed }: AttackFlags): PlannedJudge[] {
  if (given.length === 0) {
    throw new Problem(
      "--judge: name the judge to attack, such as --judge anthropic:claude-sonnet-4-5. 'sim:judge?obeys=everything' shows what a report looks like; --list names the attacks.",
    );
  }
  const judges = judgesNamed(given, seed);
  if (new Set(judges.map(({ simulated }) => simulated)).size > 1) {
    throw new Problem('--judge: simulated and real judges can not stand in one report.');
  }
  return judges;
}

async function askOne(
  suite: AttackSuite,
  judge: PlannedJudge,
  { callerOf, width, signals, during }: JudgeSession,
  flags: AttackFlags,
): Promise<AttackVerdicts> {
  let total = 0;
  for (const _ of attackQuestions(suite)) total++;
  const asked = await during(total, (onVerdict) =>
    askAttacks(suite, { judge: modelJudge(callerOf(judge), judge), width, onVerdict }, signals),
  );
  if ('verdicts' in asked) return asked.verdicts;
  if (flags.offline === true && asked.stopped.kind === 'not_recorded') {
    throw new Problem(
      `--offline: ${asked.stopped.message}. Run it once without --offline, with the same judge, spec, attacks and seed.`,
    );
  }
  throw stoppedShort(asked.stopped);
}

function summary({ judge, questions, input, cost }: AttackEstimate): string {
  return `${safeLine(judge)}: ${count(questions, 'question')}, about ${grouped(input)} tokens in, ${priceText(cost)}.`;
}

function printEstimates(estimates: AttackEstimate[], flags: AttackFlags): void {
  if (flags.json === true) {
    process.stdout.write(printDocument('tenet.attack-estimate', 1, { judges: estimates }));
    return;
  }
  for (const estimated of estimates) {
    const dearest = estimated.byAttack.toSorted((a, b) => b.input - a.input)[0];
    const sentences = [
      summary(estimated),
      ...(dearest?.attack == null
        ? []
        : [
            `The dearest attack is ${dearest.attack}, with ${grouped(dearest.input)} of these tokens; --attack and --limit choose fewer.`,
          ]),
    ];
    const lines = sentences.flatMap((text) => wrap(text, screen(process.stdout).width ?? 80));
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

function printList(attacks: readonly Attack[], flags: AttackFlags): void {
  const known = attacks.map(({ apply: _, prevents, ...rest }) => ({
    ...rest,
    prevents: [...prevents],
  }));
  process.stdout.write(
    flags.json === true
      ? printDocument('tenet.attack-list', 1, { attacks: known })
      : renderAttackList(known, screen(process.stdout)),
  );
}
