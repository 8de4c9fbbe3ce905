/** @module features/judge/labels/command `tenet label`: people's labels, given in the terminal or taken from files. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, extname } from 'node:path';
import * as z from 'zod';
import { flag, integer, shared } from '../../../app/arguments.ts';
import { chosenClauses } from '../../../app/choose-clauses.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { readBytes, writeNamed } from '../../../app/files.ts';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { quoted } from '../../../app/shell-words.ts';
import { storedRun } from '../../../app/stored.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { planDocument, specOf } from '../../../run/run.ts';
import type { Spec } from '../../../spec/index.ts';
import { type LabelCase, readCases } from './cases.ts';
import { WRITTEN_EXTENSIONS, writingOf } from './formats/registry.ts';
import { writtenLabel } from './formats/written.ts';
import { type AskedSample, giveOut } from './give-out.ts';
import { labelledRun } from './judged.ts';
import { narrowingText, notes, nothingToDraw, problem } from './messages.ts';
import { labelProgress } from './progress.ts';
import { progressBlocks } from './progress-blocks.ts';
import { parseDesign } from './sample.ts';
import { labelSession } from './session.ts';
import { takeLabels } from './take-labels.ts';
import { caseView } from './terminal/case-view.ts';
import { labelPage } from './terminal/page.ts';

const text = z.string();

const args = z.object({
  run: shared.run,
  as: flag('<name>', text.optional(), 'who labels (default: the name of your account)'),
  sample: flag(
    '<design:n>',
    text.optional(),
    'stratified:200, random:200, disagreements:50 or narrowing:50 (default: stratified:100)',
  ),
  clauses: flag('<query>', text.optional(), 'only under these clauses', 'clause'),
  import: flag(
    '<file>',
    text.optional(),
    'take labels from a file: CSV, JSON lines, Label Studio or Scout',
    'file',
  ),
  export: flag(
    '<file>',
    text.optional(),
    'write all labels of the run to a CSV or JSON lines file',
    'file',
  ),
  progress: flag(
    null,
    z.boolean().optional(),
    'print how far everybody is, and what labels say of the judge',
  ),
  showVerdicts: flag(
    null,
    z.boolean().optional(),
    "show the judges' verdicts, which bends people's own",
  ),
  seed: flag('<n>', integer.optional(), 'draws another sample'),
  ledger: shared.ledger,
  json: flag(null, z.boolean().optional(), 'with --progress, print JSON'),
});

type Args = z.output<typeof args>;

/** What can be asked of it; only one of these at a time. */
const MODES = ['import', 'export', 'progress'] as const;
/** Flags that only labelling itself takes, under their keys. */
const DRAWING = {
  sample: 'sample',
  clauses: 'clauses',
  showVerdicts: 'show-verdicts',
  seed: 'seed',
} as const;
const DEFAULT_SAMPLE = 'stratified:100';
const LONGEST_NAME = 60;

/** Lets a person label a run, takes or gives labels as a file, or says how far people are. */
export const label = defineCommand({
  args,
  prints: ['tenet.labels/1'],
  run: async (given, context) => {
    const mode = modeOf(given);
    if (mode === 'progress') return showProgress(given, context);
    const { import: taken, export: written, ledger: path = DEFAULT_LEDGER } = given;
    if (written !== undefined) return writeLabels(written, given, context);
    if (taken !== undefined) {
      const person = given.as === undefined ? null : personOf(given.as);
      return withLedgerToWrite(path, context, (ledger) =>
        takeFile(ledger, taken, given.run, person, context),
      );
    }
    const person = personOf(given.as);
    return withLedgerToWrite(path, context, (ledger) =>
      labelInTerminal(ledger, given, person, context),
    );
  },
});

function modeOf(given: Args): (typeof MODES)[number] | null {
  const [mode, other] = MODES.filter((one) => given[one] !== undefined);
  if (mode !== undefined && other !== undefined) {
    throw problem('two-modes', { first: mode, second: other });
  }
  if (mode !== undefined) {
    const unused = Object.entries(DRAWING).find(([key]) => given[key as keyof Args] !== undefined);
    if (unused !== undefined) throw problem('flag-without-use', { flag: unused[1], mode });
  }
  if (given.json === true && mode !== 'progress') throw problem('json-without-progress', {});
  return mode ?? null;
}

/** The ledger at a path, which must be there, to write. */
async function withLedgerToWrite(
  path: string,
  { ledger: ledgers }: Context,
  work: (ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  // Says what is wrong where there is none: opening it to write would make one.
  if (!existsSync(path)) await (await ledgers.read(path)).close();
  const ledger = await ledgers.write(path);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** Who labels: as the flag says, or by the name of the account. */
function personOf(name: string | undefined): string {
  const given = (name ?? accountName()).trim();
  if (given === '' || given.length > LONGEST_NAME || /[\p{Cc}\p{Cf}]/u.test(given)) {
    throw name === undefined
      ? problem('no-account-name', {})
      : problem('no-name', { longest: LONGEST_NAME });
  }
  return given;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as containers have them.
    return '';
  }
}

/** Who labelled what, how far people agree, and how the judge stands beside them. */
async function showProgress(given: Args, context: Context): Promise<Result> {
  return withLedger(context, given.ledger, async (ledger) => {
    const run = await storedRun(ledger, given.run);
    const { plan } = await planDocument(ledger, run);
    const cases = await readCases(ledger, run, plan);
    const labels = await ledger.labels.ofRun(run.ordinal);
    const queues = await ledger.labels.queuesOf(run.ordinal);
    const progress = labelProgress(run, labelledRun(cases, labels, queues), labels, queues);
    return { document: progress, blocks: () => progressBlocks(progress) };
  });
}

/** Writes all labels of a run that count. */
async function writeLabels(file: string, given: Args, context: Context): Promise<Result> {
  const print = writingOf(file);
  if (print === null) throw problem('no-format', { file, extensions: WRITTEN_EXTENSIONS });
  return withLedger(context, given.ledger, async (ledger) => {
    const { id, ordinal } = await storedRun(ledger, given.run);
    const labels = await ledger.labels.ofRun(ordinal);
    if (labels.length === 0) throw problem('no-labels', { run: id });
    writeNamed('--export', file, print(labels.map((one) => writtenLabel(id, one))));
    context.log.say(notes.exported({ run: id, labels: labels.length, file }));
    return {};
  });
}

/** Adds the labels of a file to the ledger. */
async function takeFile(
  ledger: Ledger,
  file: string,
  named: string,
  person: string | null,
  { log }: Context,
): Promise<Result> {
  const run = await storedRun(ledger, named);
  const { plan } = await planDocument(ledger, run);
  const taken = takeLabels(readBytes(file, 'labels'), file, {
    run,
    plan,
    cases: await readCases(ledger, run, plan),
    labels: await ledger.labels.ofRun(run.ordinal),
    file: basename(file),
    person: person ?? basename(file, extname(file)),
    now: Date.now(),
  });
  await ledger.labels.add(taken.records);
  log.say(notes.imported({ run: run.id, ...taken }));
  if (taken.records.some(({ inclusion }) => inclusion === null)) log.say(notes.drawnUnknown());
  log.say(notes.progress({ progress: `tenet label ${run.id} --progress` }));
  return {};
}

/** A run that somebody labels. */
interface Labelling {
  ledger: Ledger;
  run: RunRecord;
  spec: Spec;
  cases: readonly LabelCase[];
  person: string;
}

/** Draws what this person is to label, where that was asked for, and lets them label. */
async function labelInTerminal(
  ledger: Ledger,
  given: Args,
  person: string,
  context: Context,
): Promise<Result> {
  const { log, showPage } = context;
  const run = await storedRun(ledger, given.run);
  if (showPage === null) throw problem('no-terminal', { run: run.id });
  const document = await planDocument(ledger, run);
  const { plan } = document;
  const spec = specOf(document);
  const cases = await readCases(ledger, run, plan);
  if (cases.length === 0) throw problem('nothing-replied', { run: run.id });
  await give({ ledger, run, spec, cases, person }, given, context);
  const verdictsShown = given.showVerdicts === true;
  const session = await labelSession({
    store: ledger.labels,
    run: run.ordinal,
    plan,
    person,
    cases,
    verdictsShown,
    now: Date.now,
  });
  const ledgerFlag = given.ledger === undefined ? '' : ` --ledger ${quoted(given.ledger)}`;
  const goOn = `tenet label ${run.id} --as ${quoted(person)}${ledgerFlag}`;
  const progress = `tenet label ${run.id} --progress${ledgerFlag}`;
  const before = session.progress();
  if (session.current() === null && before.total > 0) {
    log.say(notes.allLabelledBefore({ total: before.total, goOn }));
    log.say(notes.progress({ progress }));
    return {};
  }
  const page = await labelPage({
    run,
    person,
    session,
    viewOf: async (item) => {
      const stored = await ledger.runs.sample(run.ordinal, item.sample);
      return caseView({ plan, spec }, item, stored, verdictsShown);
    },
  });
  const end = await showPage(page);
  const { done, total } = session.progress();
  log.say(
    session.current() === null
      ? notes.allLabelled({ total, progress })
      : notes.labelled({ done, total, goOn }),
  );
  return end === 'interrupted' ? { exit: 130 } : {};
}

/** Draws what is missing of the sample that was asked for; the usual one for whoever has none and asks for none. */
async function give(labelling: Labelling, given: Args, { log }: Context): Promise<void> {
  const { ledger, run, cases, person } = labelling;
  const everybodys = await ledger.labels.queuesOf(run.ordinal);
  const queues = everybodys.filter((queue) => queue.person === person);
  const isAsked = [given.sample, given.clauses, given.seed].some((one) => one !== undefined);
  if (!isAsked && queues.length > 0) return;
  const asked = askedSample(given, labelling.spec);
  const labels = await ledger.labels.ofPerson(run.ordinal, person);
  const everyLabel = await ledger.labels.ofRun(run.ordinal);
  const drawn = giveOut(
    asked,
    { run: run.ordinal, person, cases, queues, labels },
    () => labelledRun(cases, everyLabel, everybodys),
    Date.now(),
  );
  if (drawn === null) return;
  if (drawn.narrowing !== null) log.say(narrowingText(drawn.narrowing));
  const nothing = { run: run.id, design: asked.design.kind };
  if (drawn.queue !== null) await ledger.labels.addQueue(drawn.queue);
  else if (queues.length === 0) throw problem('nothing-to-draw', nothing);
  else log.say(nothingToDraw(nothing));
  if (run.state !== 'finished') log.say(notes.notFinished({ run: run.id }));
}

function askedSample(given: Args, spec: Spec): AskedSample {
  const sample = given.sample ?? DEFAULT_SAMPLE;
  const design = parseDesign(sample);
  if (design === null) throw problem('no-sample', { sample });
  const clauses = given.clauses === undefined ? null : chosenClauses(spec, given.clauses);
  // Whoever names no seed gets the same sample as everybody else.
  return { text: sample, design, seed: given.seed ?? 0, clauses };
}
