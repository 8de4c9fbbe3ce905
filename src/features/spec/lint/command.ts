/** @module features/spec/lint/command `tenet spec lint`: check specifications as a linter checks code. */

import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { loadSpec, STANDARD_INPUT } from '../../../app/files.ts';
import { packageVersion } from '../../../app/package.ts';
import { Exit, messageOf, Problem } from '../../../app/problem.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { decodeText, type Spec } from '../../../spec/index.ts';
import { printJson } from '../../../text/json.ts';
import { githubAnnotations } from './annotations.ts';
import {
  applyFixes,
  type Baseline,
  baselineOf,
  beyondBaseline,
  LINT_RULES,
  type LintFinding,
  type LintProfile,
  type LintResult,
  lint as lintOf,
  lintSummary,
  RULE_SETTINGS,
  type RuleSetting,
} from './index.ts';
import { type LintedFile, lintReport, severityCounts } from './lint-report.ts';
import { fixedText, renderLint, renderRule } from './lint-text.ts';
import { sarifLog } from './sarif.ts';

export interface LintFlags {
  format?: 'text' | 'sarif' | 'github' | 'json';
  fix?: boolean;
  baseline?: string;
  profile?: LintProfile;
  rule?: string[];
  explain?: string;
  dialect?: string;
  all?: boolean;
}

/** Fixes rarely bring up others; should two of them undo each other, this ends it. */
const MOST_ROUNDS = 10;

/** Lints files, prints what was found, and exits with 1 if any of it is an error. */
export function lint(files: readonly string[], flags: LintFlags): void {
  if (flags.explain !== undefined) {
    process.stdout.write(renderRule(ruleOf(flags.explain, '--explain'), screen(process.stdout)));
    return;
  }
  if (files.length === 0) throw new Problem("Name a spec: 'tenet spec lint FILE'.");
  if (flags.fix === true && files.includes(STANDARD_INPUT)) {
    throw new Problem(
      '--fix: what comes from standard input is in no file to put right. Name one.',
    );
  }
  const rules = settingsOf(flags.rule ?? []);
  const options = flags.profile === undefined ? { rules } : { rules, profile: flags.profile };
  const known = flags.baseline === undefined ? null : readBaseline(flags.baseline);
  const check = (spec: Spec): LintResult & { overlooked: number } => {
    const result = lintOf(spec, options);
    return { ...result, ...beyondBaseline(spec, result.findings, known ?? new Set()) };
  };
  let linted = files.map((file): LintedFile => {
    let spec = loadSpec(file, flags.dialect);
    let result = check(spec);
    for (let round = 0; flags.fix === true && round < MOST_ROUNDS; round++) {
      if (!fixFiles(spec, result.findings)) break;
      spec = loadSpec(file, flags.dialect);
      result = check(spec);
    }
    return { spec, ...result, summary: lintSummary(spec) };
  });
  if (flags.baseline !== undefined && known === null) {
    linted = writeBaseline(flags.baseline, linted);
  }
  print(linted, flags, rules);
  if (severityCounts(linted).errors > 0) throw new Exit(1);
}

function print(
  linted: readonly LintedFile[],
  { format = 'text', all = false }: LintFlags,
  rules: Readonly<Record<string, RuleSetting>>,
): void {
  if (format === 'text') {
    process.stdout.write(renderLint(linted, { ...screen(process.stdout), all }));
  } else if (format === 'github') {
    process.stdout.write(githubAnnotations(linted));
  } else {
    const document =
      format === 'sarif' ? sarifLog(linted, packageVersion(), rules) : lintReport(linted);
    process.stdout.write(printJson(document));
  }
}

function ruleOf(id: string, flag: string): (typeof LINT_RULES)[number] {
  const rule = LINT_RULES.find((one) => one.id === id.toUpperCase());
  if (rule !== undefined) return rule;
  const ids = LINT_RULES.map((one) => one.id);
  throw new Problem(`${flag}: there is no rule ${id}. Rules are ${ids.join(', ')}.`);
}

function settingsOf(flags: readonly string[]): Record<string, RuleSetting> {
  const settings: Record<string, RuleSetting> = {};
  for (const flag of flags) {
    const [id = '', word = ''] = flag.split('=', 2);
    const setting = RULE_SETTINGS.find((one) => one === word);
    if (setting === undefined) {
      throw new Problem(
        `--rule ${flag}: write the rule and one of ${RULE_SETTINGS.join(', ')}, such as S024=off.`,
      );
    }
    settings[ruleOf(id, '--rule').id] = setting;
  }
  return settings;
}

/** Writes the fixes of findings into the files they are about; false where there was nothing to put right. */
function fixFiles(spec: Spec, findings: readonly LintFinding[]): boolean {
  let hasFixed = false;
  for (const [file, own] of Map.groupBy(findings, (finding) => finding.file)) {
    if (!own.some(({ fix }) => fix !== undefined)) continue;
    const bytes = readFileSync(file);
    const text = decodeText(bytes);
    if (file === spec.file && text !== spec.text) {
      throw new Problem(
        `${file}: the file changed while it was linted, so nothing was put right. Try again.`,
      );
    }
    const { text: fixed, applied } = applyFixes(text, own);
    if (applied.length === 0) continue;
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\ufeff' : '';
    try {
      writeFileSync(file, mark + fixed);
    } catch (error) {
      throw new Problem(`${file}: can't be written: ${messageOf(error)}`);
    }
    say(fixedText(file, applied));
    hasFixed = true;
  }
  return hasFixed;
}

const baselineSchema = z.object({
  schema: z.literal('tenet.lint-baseline/1'),
  findings: z.array(
    z.object({
      fingerprint: z.string(),
      rule: z.string(),
      section: z.string().nullable(),
      message: z.string(),
    }),
  ),
});

/** The fingerprints in a baseline file; null where there is no such file. */
function readBaseline(file: string): Set<string> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Problem(`--baseline ${file}: can't be read: ${messageOf(error)}`);
  }
  try {
    return new Set(baselineSchema.parse(JSON.parse(text)).findings.map((one) => one.fingerprint));
  } catch {
    throw new Problem(
      `--baseline ${file}: this is no baseline. Delete the file to have one made, or name another.`,
    );
  }
}

/** Makes a baseline of everything that was found, which is overlooked from now on. */
function writeBaseline(file: string, linted: readonly LintedFile[]): LintedFile[] {
  const findings = linted.flatMap(({ spec, findings: own }) => baselineOf(spec, own));
  const baseline: Baseline = { schema: 'tenet.lint-baseline/1', findings };
  try {
    writeFileSync(file, printJson(baseline));
  } catch (error) {
    throw new Problem(`--baseline ${file}: can't be written: ${messageOf(error)}`);
  }
  say(`${file}: made, with ${findings.length} findings that are overlooked from now on.`);
  return linted.map((one) => ({ ...one, findings: [], overlooked: one.findings.length }));
}
