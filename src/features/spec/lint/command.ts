/** @module features/spec/lint/command `tenet spec lint`: check specifications as a linter checks code. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { argument, flag, format, shared } from '../../../app/arguments.ts';
import { defineCommand } from '../../../app/command.ts';
import type { Log } from '../../../app/context.ts';
import { messageOf } from '../../../app/errors.ts';
import { loadSource, loadSpec, STANDARD_INPUT, specOf } from '../../../app/files.ts';
import { packageVersion } from '../../../app/package.ts';
import { valueAt } from '../../../text/at.ts';
import { printJson } from '../../../text/json.ts';
import { githubAnnotations } from './annotations.ts';
import { baselineOf, printBaseline, readBaseline } from './baseline.ts';
import { findingBlocks } from './finding-blocks.ts';
import {
  type CheckSettings,
  checkSpec,
  type LintedFile,
  lintReport,
  severityCounts,
} from './linted-file.ts';
import { baselineMadeText, fixedText, problem } from './messages.ts';
import { PROFILES, RULE_SETTINGS, type RuleSetting } from './profiles.ts';
import { putRight } from './put-right.ts';
import type { LintRule } from './rule.ts';
import { ruleBlocks, ruleDocument } from './rule-blocks.ts';
import { LINT_RULES } from './rules.ts';
import { sarifLog } from './sarif.ts';

const text = z.string();
const isOn = z.boolean().optional();

export const lint = defineCommand({
  args: z.object({
    files: argument('[file...]', z.array(text), 'the specifications', 'file'),
    format: format(['text', 'sarif', 'github', 'json']),
    fix: flag(null, isOn, 'put right what can be put right safely, in the files'),
    baseline: flag(
      '<file>',
      text.optional(),
      'findings to overlook; made where there is none',
      'file',
    ),
    profile: flag('<profile>', z.enum(PROFILES).optional(), 'which rules'),
    rule: flag(
      '<id=setting>',
      z.array(text).optional(),
      'off, information, warning or error for one rule',
    ),
    all: flag(null, isOn, 'also the remarks for information that repeat'),
    explain: flag('<rule>', text.optional(), 'why a rule is there, with a good and a bad sample'),
    dialect: shared.dialect,
  }),
  prints: ['tenet.lint/1', 'tenet.lint-rule/1'],
  exit: { 1: 'there is an error in a specification' },
  run: (args, { log }) => {
    if (args.explain !== undefined) {
      const rule = ruleOf(args.explain, '--explain');
      return { document: ruleDocument(rule), blocks: () => ruleBlocks(rule) };
    }
    const { files, fix, baseline, profile, dialect } = args;
    if (files.length === 0) throw problem('no-file', {});
    if (fix === true && files.includes(STANDARD_INPUT)) throw problem('fixes-in-no-file', {});
    // Without --rule every rule is as its profile has it.
    const rules = settingsOf(args.rule ?? []);
    const known = baseline === undefined ? null : knownFindings(baseline);
    const settings: CheckSettings = {
      rules,
      ...(profile === undefined ? {} : { profile }),
      ...(known === null ? {} : { known }),
    };
    let linted = files.map((file) =>
      fix === true
        ? fixFile(file, dialect, settings, log)
        : checkSpec(loadSpec(file, dialect), settings),
    );
    if (baseline !== undefined && known === null) linted = makeBaseline(baseline, linted, log);
    return {
      document: lintReport(linted),
      blocks: (detail) => findingBlocks(linted, detail === 'all'),
      formats: {
        sarif: () => printJson(sarifLog(linted, packageVersion(), rules)),
        github: () => githubAnnotations(linted),
      },
      exit: severityCounts(linted).errors > 0 ? 1 : 0,
    };
  },
});

function ruleOf(id: string, flagName: string): LintRule {
  const rule = LINT_RULES.find((one) => one.id === id.toUpperCase());
  if (rule !== undefined) return rule;
  throw problem('no-such-rule', { flag: flagName, id, ids: LINT_RULES.map((one) => one.id) });
}

/** What `--rule` says of rules, by their ids. */
function settingsOf(given: readonly string[]): Record<string, RuleSetting> {
  const settings: Record<string, RuleSetting> = {};
  for (const one of given) {
    const [id = '', word = ''] = one.split('=', 2);
    const setting = RULE_SETTINGS.find((known) => known === word);
    if (setting === undefined) {
      throw problem('no-such-setting', { given: one, settings: RULE_SETTINGS });
    }
    settings[ruleOf(id, '--rule').id] = setting;
  }
  return settings;
}

/** Puts a file and its eval prompts right, writes what changed, and says so. */
function fixFile(
  file: string,
  dialect: string | undefined,
  settings: CheckSettings,
  log: Log,
): LintedFile {
  const source = loadSource(file, dialect);
  specOf(source);
  const { linted, rounds, changed } = putRight(source, settings);
  if (changed.size > 0 && statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw problem('fixes-in-folder', { file });
  }
  // A spec may have no eval prompts beside it.
  const before = new Map([source, ...(source.evalFiles ?? [])].map((one) => [one.file, one.bytes]));
  const written = new Set<string>();
  for (const { file: name, applied } of rounds) {
    if (!written.has(name)) replaceFile(name, valueAt(before, name), valueAt(changed, name));
    written.add(name);
    log.say(fixedText(name, applied));
  }
  return linted;
}

/** Writes over a file that is still what was linted. */
function replaceFile(file: string, before: Uint8Array, after: Uint8Array): void {
  let isSame: boolean;
  try {
    isSame = readFileSync(file).equals(before);
    if (isSame) writeFileSync(file, after);
  } catch (error) {
    throw problem('not-writable', { file, reason: messageOf(error) }, { cause: error });
  }
  if (!isSame) throw problem('changed-meanwhile', { file });
}

/** The fingerprints in a baseline file; null where there is no such file. */
function knownFindings(file: string): Set<string> | null {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw problem('baseline-not-readable', { file, reason: messageOf(error) }, { cause: error });
  }
  const known = readBaseline(content);
  if (known === null) throw problem('no-baseline', { file });
  return known;
}

/** Makes a baseline of everything that was found, which is overlooked from now on. */
function makeBaseline(file: string, linted: readonly LintedFile[], log: Log): LintedFile[] {
  const findings = linted.flatMap(({ spec, findings: own }) => baselineOf(spec, own));
  try {
    writeFileSync(file, printBaseline(findings));
  } catch (error) {
    throw problem('baseline-not-writable', { file, reason: messageOf(error) }, { cause: error });
  }
  log.say(baselineMadeText(file, findings.length));
  return linted.map((one) => ({ ...one, findings: [], overlooked: one.findings.length }));
}
