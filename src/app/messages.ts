/** @module app/messages The sentences of what can go wrong before and while something is done, whatever the command. */
import { type OpenProblem, openProblemSaid } from '../ledger/messages.ts';
import type { MatchReason } from '../report/certificate/messages.ts';
import { count, grouped, list } from '../text/numbers.ts';
import { safeLine } from '../text/safe-text.ts';
import { problemsOf, type Said } from './errors.ts';

/** What was asked for and where it is: `--clauses`, and the text in question. */
type Flagged = { flag: string };

/** Whether a program hands it over, which has fields where the command line has flags and a configuration. */
type Handed = { byProgram: boolean };

const IN_CONFIG = { where: { file: 'tenet.config.ts' } };
const MOST_PROBLEMS = 10;
const CERTIFICATE_REMEDY = "'tenet judge calibrate --certificate FILE' writes one.";

export const problem = problemsOf({
  // Clauses, suites, specs
  'wrong-query': ({
    query,
    column,
    reason,
  }: {
    query: string;
    column: number;
    reason: string;
  }) => ({
    where: { flag: '--clauses' },
    what: `column ${column} of '${query.slice(0, 200)}': ${reason}`,
  }),
  'no-clause-fits': ({ query }: { query: string }) => ({
    where: { flag: '--clauses' },
    what: `no clause fits '${query.slice(0, 200)}'.`,
  }),
  'no-scenario-for-clauses': ({ clauses }: { clauses: string[] }) => ({
    where: { flag: '--clauses' },
    what: `no scenario tests ${clauses.map((id) => `#${id}`).join(', ')}.`,
    remedy: 'Give your own with --suite.',
  }),
  'nothing-to-draw': ({ file }: { file: string }) => ({
    where: { file },
    what: 'there is no example and no eval prompt to draw a scenario from.',
    remedy: 'Give your own with --suite.',
  }),
  'no-such-dialect': ({ dialect, dialects }: { dialect: string; dialects: readonly string[] }) => ({
    where: { flag: '--dialect' },
    what: `there is no dialect "${safeLine(dialect)}".`,
    remedy: `Choose one of ${dialects.join(', ')}.`,
  }),
  'spec-not-utf8': ({ file, line, column }: { file: string; line: number; column: number }) => ({
    where: { file, line, column },
    what: 'this is no UTF-8 text.',
    remedy: 'Save the file as UTF-8 and try again.',
  }),
  'broken-record': ({
    file,
    line,
    column,
    reason,
    dialect,
  }: {
    file: string;
    line: number;
    column: number;
    reason: string;
    dialect: string;
  }) => ({
    where: { file, line, column },
    what: safeLine(reason),
    remedy: `It was read as ${dialect}; --dialect names another.`,
  }),
  'no-clause': ({ file, starter }: { file: string; starter: string }) => ({
    where: { file, line: 1, column: 1 },
    what: 'there is no clause in this file.',
    remedy: `A spec is Markdown with headings such as '## Be honest {#be_honest authority=user}'; '${starter}' is one to look at.`,
  }),
  // In words a line each, with its place; `found` is the same as data.
  'suite-issues': ({ issues }: { issues: readonly string[]; file: string; found: object[] }) => ({
    what: issues.join('\n'),
  }),

  // Files
  'not-utf8': ({ file }: { file: string }) => ({
    where: { file },
    what: 'this is no UTF-8 text.',
    remedy: 'Save the file as UTF-8 and try again.',
  }),
  'file-too-large': ({
    file,
    megabytes,
    what,
  }: {
    file: string;
    megabytes: number;
    what: string;
  }) => ({
    where: { file },
    what: `${megabytes} MB is too much for ${what} (the limit is 64 MB).`,
  }),
  'input-too-large': ({ what }: { what: string }) => ({
    where: { file: '<stdin>' },
    what: `this is too much for ${what} (the limit is 64 MB).`,
  }),
  'no-such-file': ({ file, folder }: { file: string; folder: string }) => ({
    where: { file },
    what: 'there is no such file.',
    remedy: `Check the path; it starts from ${folder}.`,
  }),
  'is-folder': ({ file, named, more, what }: FolderFound) => ({
    where: { file },
    ...folderFound({ file, named, more, what }),
  }),
  'may-not-read': ({ file }: { file: string }) => ({
    where: { file },
    what: 'you may not read this file.',
  }),
  'not-readable': ({ file, reason }: { file: string; reason: string }) => ({
    where: { file },
    what: `can't be read: ${reason}`,
  }),
  'file-there': ({ flag, file }: Flagged & { file: string }) => ({
    where: { flag, value: safeLine(file) },
    what: 'this file is there already, and is not written over.',
    remedy: 'Name another.',
  }),
  'target-is-folder': ({ flag, file }: Flagged & { file: string }) => ({
    where: { flag, value: safeLine(file) },
    what: 'this is a folder.',
    remedy: 'Name a file.',
  }),
  'not-writable': ({ flag, file, reason }: Flagged & { file: string; reason: string }) => ({
    where: { flag, value: safeLine(file) },
    what: `can't be written: ${reason}`,
  }),

  // Models
  'wrong-model-name': ({ flag, reason }: Flagged & { reason: string }) => ({
    where: { flag },
    what: reason,
  }),
  'wrong-part': ({ part, model }: { part: string; model: string }) => ({
    where: { flag: `--${part}` },
    what: `sim:${model} is no ${part}.`,
    remedy: `Write sim:${part}.`,
  }),
  'model-not-opened': ({ reason }: { model: string; reason: string }) => ({ what: reason }),
  'program-not-defined': ({ flag, model }: Flagged & { model: string }) => ({
    where: { flag },
    what: `${safeLine(model)} is a model of your own, and a stored plan starts no program by itself.`,
    remedy: 'Name it again on the command line, or define it in tenet.config.ts.',
  }),
  'model-defined-otherwise': ({
    flag,
    model,
    name,
    now,
  }: Flagged & { model: string; name: string; now: string }) => ({
    where: { flag },
    what: `${safeLine(model)} is ${safeLine(now)} here, and was ${safeLine(name)} when the plan was made.`,
    remedy: 'Define it with the same version, or make a new run.',
  }),
  'judge-not-defined': ({ judge }: { judge: string }) => ({
    where: { flag: '--judge' },
    what: `${judge} is a function, and is not defined here as it was when the plan was made.`,
    remedy: 'Define it in tenet.config.ts with the same version.',
  }),
  'function-without-version': ({ judge }: { judge: string }) => ({
    where: { flag: '--judge' },
    what: `${judge} is a function without a version, so what is measured of it would be told of whatever it becomes.`,
    remedy: 'Give it one in tenet.config.ts, and change it when its verdicts may change.',
  }),
  'defined-twice': ({ name, byProgram }: Handed & { name: string }) => ({
    ...(byProgram ? {} : IN_CONFIG),
    what: `${name} is defined twice.`,
    remedy: 'Give each provider and judge a name of its own.',
  }),
  'nobody-judges': ({ clauses }: { clauses: string[] }) => ({
    where: { flag: '--judge' },
    what: `nobody judges ${list(
      clauses.map((id) => `#${id}`),
      4,
    )}.`,
    remedy: 'Name a model that judges beside, or choose the clauses with --clauses.',
  }),
  'wrong-http-model': ({ flag, file, reason }: Flagged & { file: string; reason: string }) => ({
    where: { flag: `${flag}${safeLine(file)}` },
    what: `${reason}.`,
    remedy: 'docs/providers.md shows a template.',
  }),
  'price-unknown': ({ model, byProgram }: Handed & { model: string }) => ({
    where: { flag: byProgram ? 'budget' : '--budget' },
    what: `the price of ${model} is not known, so a budget can't be kept.`,
    remedy: `Give it${byProgram ? '' : ' in tenet.config.ts'}, such as prices: { '${model}': { input: 1, output: 4 } } (US dollars per million tokens), or leave ${byProgram ? 'budget' : '--budget'} out.`,
  }),
  'nobody-there': ({ model, reason }: { model: string; reason: string }) => ({
    where: { file: model },
    what: `${reason}.`,
    remedy: 'Start the server, or give its address with ?base=http://….',
  }),
  'mixed-subjects': (_: object) => ({
    where: { flag: '--subject' },
    what: 'simulated and real subjects can not be in one run.',
    remedy: 'Audit them apart.',
  }),
  'subject-twice': ({ name }: { name: string }) => ({
    where: { flag: '--subject' },
    what: `${name} is given twice.`,
    remedy: '--repeats asks a model more often; two system prompts are two audits.',
  }),
  'no-subject': (_: object) => ({
    where: { flag: '--subject' },
    what: 'name the model to audit, such as openai:gpt-5.',
  }),
  'judge-of-nothing': ({
    judge,
    clause,
    near,
  }: {
    judge: string;
    clause: string;
    near: string[];
  }) => ({
    where: { flag: '--judge' },
    what: `${judge} judges #${safeLine(clause)}, and the spec has no such clause.`,
    ...(near.length === 0
      ? {}
      : { remedy: `Is it ${near.map((other) => `#${other}`).join(' or ')}?` }),
  }),
  'no-judge': (_: object) => ({
    where: { flag: '--judge' },
    what: 'name the model that judges, such as --judge anthropic:claude-sonnet-4-5.',
    remedy: "'sim:judge' rehearses a run without one.",
  }),
  'judge-twice': ({ name }: { name: string }) => ({
    where: { flag: '--judge' },
    what: `${name} is given twice.`,
    remedy: 'It would say the same twice; a panel needs different models.',
  }),
  'mixed-judges': (_: object) => ({
    where: { flag: '--judge' },
    what: 'simulated and real judges can not be in one panel.',
  }),
  'consensus-of-one': ({ consensus }: { consensus: string }) => ({
    what: `--consensus ${consensus} needs several judges.`,
    remedy: 'Give --judge more than once.',
  }),
  'latent-of-two': (_: object) => ({
    what: '--consensus latent needs three judges or more: two don’t tell whose error a disagreement is.',
    remedy: 'Add a --judge, or take another --consensus.',
  }),
  'self-judged': ({ subjects, family }: { subjects: string[]; family: string }) => ({
    where: { flag: '--judge' },
    what: `${list(subjects, 3)} would be judged by ${family} models alone, which may flatter their own.`,
    remedy:
      'Add a --judge of another family, or go on with --self-judged; the report then says so at every figure.',
  }),
  'planted-nowhere': ({
    option,
    clause,
    near,
  }: {
    option: string;
    clause: string;
    near: string[];
  }) => ({
    where: { flag: '--subject' },
    what: `${option}: the spec has no clause #${clause}.`,
    ...(near.length === 0
      ? {}
      : { remedy: `Is it ${near.map((other) => `#${other}`).join(' or ')}?` }),
  }),

  // Rubrics
  'rubric-issues': ({ issues }: { issues: readonly string[] }) => {
    const more = issues.length - MOST_PROBLEMS;
    return {
      what: [...issues.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`… and ${more} more.`] : [])].join(
        '\n',
      ),
    };
  },
  'no-rubric-in-folder': ({ folder }: { folder: string }) => ({
    where: { flag: '--rubric' },
    what: `${safeLine(folder)} has no rubric in it.`,
    remedy: 'A rubric is a .md file that begins with ---.',
  }),

  // Certificates
  'certificate-no-json': ({ expected, ...place }: Place & { expected: string | null }) => ({
    where: { flag: '--certificate', ...place },
    what: `this is no JSON${expected === null ? '' : ` (${expected} should stand here)`}, and so no certificate.`,
    remedy: CERTIFICATE_REMEDY,
  }),
  'no-certificate': ({ file, schema }: { file: string; schema: string | null }) => ({
    where: { flag: '--certificate', file },
    what: `this is no certificate (tenet.certificate/1): ${schema === null ? 'it names no schema' : `its schema is '${schema}'`}.`,
    remedy: CERTIFICATE_REMEDY,
  }),
  'certificate-changed': ({
    place,
    reason,
    ...where
  }: Place & { place: string; reason: string }) => ({
    where: { flag: '--certificate', ...where },
    what: `${place}: ${reason}.`,
    remedy:
      'It was changed since it was written, or a later Tenet wrote it; calibrate the judge again.',
  }),
  'no-certificate-fits': ({
    files,
    reason,
  }: {
    files: readonly string[];
    because: MatchReason;
    reason: string;
  }) => ({
    where: { flag: '--certificate', value: files.join(', ') },
    what: `${reason}.`,
  }),

  // Judges asked outside a run
  'judges-not-finished': ({ kind, reason }: { kind: string; reason: string }) => ({
    what: `Not finished: ${withoutStop(reason)}. What was answered is in the ledger.`,
    remedy: `${kind === 'budget' ? 'Raise --budget' : 'Put it right'} and give the same command again.`,
  }),

  // Configuration
  'config-not-loaded': ({ reason }: { reason: string }) => ({
    ...IN_CONFIG,
    what: `can't be loaded: ${reason}`,
  }),
  'config-without-export': (_: object) => ({
    ...IN_CONFIG,
    what: 'it has no default export.',
    remedy: "Write 'export default defineConfig({ … })'.",
  }),
  'wrong-config': ({ place, reason }: { place: string; reason: string }) => ({
    ...IN_CONFIG,
    what: `${place === '' ? '' : `${place}: `}${reason}`,
  }),
  'config-not-plain': (_: Record<string, never>) => ({
    ...IN_CONFIG,
    what: 'what it exports is no plain object.',
    remedy: 'Export the settings themselves; a promise is awaited with: export default await …',
  }),
  'subjects-twice': (_: Record<string, never>) => ({
    ...IN_CONFIG,
    what: 'subject and subjects are two names of one setting.',
    remedy: 'Keep one of them.',
  }),
  'no-such-setting': ({ key, near, known }: { key: string; near: string[]; known: string[] }) => ({
    ...IN_CONFIG,
    what: `"${safeLine(key)}" is no setting.`,
    remedy: `${near.length === 0 ? '' : `Is it ${near.join(' or ')}? `}Settings are ${known.join(', ')}.`,
  }),

  'calls-stopped': ({ reason }: { kind: string; reason: string }) => ({
    what: `${withoutStop(reason)}.`,
  }),

  // Ledgers
  ledger: ({ path, problem: found }: { path: string; problem: OpenProblem }) =>
    openProblemSaid(path, found),

  // Runs
  'too-many-samples': ({ scenarios, subjects, repeats, most }: SampleNumbers) => {
    const repeatsLeft = Math.floor(most / (scenarios * subjects));
    return {
      where: { flag: '--repeats' },
      what: `${count(scenarios, 'scenario')}, ${count(subjects, 'subject')} and ${count(repeats, 'repeat')} are more than the ${grouped(most)} samples that a run can have.`,
      remedy:
        repeatsLeft === 0
          ? 'Choose fewer scenarios with --limit.'
          : `Give ${grouped(repeatsLeft)} at most, or fewer scenarios with --limit.`,
    };
  },
  'no-runs': ({ ledger }: { ledger: string }) => ({
    where: { file: ledger },
    what: 'no runs yet.',
    remedy: "'tenet audit' makes one.",
  }),
  'no-such-run': ({ run, ledger, flag }: NamedRun & { ledger: string }) => ({
    where: { ...(flag === undefined ? {} : { flag }), value: run },
    what: `there is no such run in ${ledger}.`,
    remedy: "'tenet runs' lists them.",
  }),
  'ambiguous-run': ({ run, candidates, flag }: NamedRun & { candidates: string[] }) => ({
    where: { ...(flag === undefined ? {} : { flag }), value: run },
    what: `that may be ${candidates.join(' or ')}.`,
    remedy: 'Write more of it.',
  }),
  'nothing-answered': ({ run, samples }: { run: string; samples: { failed: number } }) => ({
    what: `No subject gave a reply in run ${run}, so that it says nothing of any clause.`,
    remedy:
      samples.failed > 0
        ? `'tenet show ${run} t1' shows why. The same audit without --resume asks again what failed.`
        : 'The report counts what came instead.',
  }),
  'nothing-judged': ({ run }: { run: string }) => ({
    what: `No judge gave a verdict that decides in run ${run}, so that it says nothing of any clause.`,
    remedy: `'tenet show ${run} t1' shows what a judge answered, or why it did not.`,
  }),
  'run-unfinished': ({ run, reason, kind, command }: RunStopped) => ({
    what: `Run ${run} is not finished: ${withoutStop(reason)}.`,
    remedy: `${kind === 'budget' ? 'Raise --budget and go on' : 'Put it right and go on'} with: ${command}`,
  }),
});

/** A place in a file; line and column from 1. */
interface Place {
  file: string;
  line: number;
  column: number;
}

/** What a run's samples are counted from, and how many it can have. */
interface SampleNumbers {
  scenarios: number;
  subjects: number;
  repeats: number;
  most: number;
}

/** A run by what was written for it, and the flag that it was given to. */
interface NamedRun {
  run: string;
  flag?: string;
}

interface RunStopped {
  run: string;
  reason: string;
  kind: string;
  command: string;
}

interface FolderFound {
  file: string;
  /** Markdown files in it. */
  named: readonly string[];
  more: number;
  /** What should have been named. */
  what: string;
}

function folderFound({ named, more, what }: FolderFound): Said {
  if (what !== 'a spec') return { what: 'this is a folder.', remedy: `Name the file of ${what}.` };
  if (named.length === 0) {
    return {
      what: 'this is a folder, with no .md file in it.',
      remedy: 'Name the file of a spec.',
    };
  }
  return {
    what: 'this is a folder.',
    remedy: `Name the file in it: ${named.join(', ')}${more > 0 ? ` or one of ${grouped(more)} more` : ''}.`,
  };
}

/** A reason as the middle of a sentence. */
function withoutStop(reason: string): string {
  return reason.replace(/\.+$/, '');
}
