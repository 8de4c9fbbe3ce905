/**
 * @module app/rubric-files
 * The rubrics that a user names: files, or folders of them.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { needModel } from '../run/judging/judges.ts';
import { chooseRubrics, type RubricFile } from '../run/judging/rubric/choose.ts';
import type { PlannedRubric } from '../run/plan.ts';
import type { Spec } from '../spec/index.ts';
import { count, list } from '../text/numbers.ts';
import { safeLine } from '../text/safe-text.ts';
import type { PlannedVoice } from './choose-models.ts';
import type { Log } from './context.ts';
import { readBytes } from './files.ts';
import { problem } from './messages.ts';

/**
 * The rubrics in these files and folders that are for one of these clauses. Throws with everything
 * that is wrong with any of them; says what was not used.
 */
export function loadRubrics(
  paths: readonly string[],
  spec: Spec,
  clauses: readonly string[],
  log: Pick<Log, 'say'>,
): PlannedRubric[] {
  if (paths.length === 0) return [];
  const chosen = chooseRubrics([...new Set(paths.flatMap(filesAt))].map(rubricFile), spec);
  if ('problems' in chosen) {
    const issues = chosen.problems.map(
      ({ file, line, column, message }) =>
        `${safeLine(file)}:${line}:${column}: ${safeLine(message)}`,
    );
    throw problem('rubric-issues', { issues });
  }
  for (const note of chosen.notes) log.say(safeLine(note));
  const used = chosen.rubrics.filter(({ clause }) => clauses.includes(clause));
  const unused = chosen.rubrics.filter((rubric) => !used.includes(rubric));
  if (unused.length > 0) {
    const ids = list(
      unused.map(({ clause }) => `#${clause}`),
      5,
    );
    log.say(
      `--rubric: ${count(unused.length, 'rubric')} not used, since no scenario tests ${ids}.`,
    );
  }
  return used;
}

/** The models that judge beside the checks of rubrics: none where these judge every clause. */
export function judgesBeside(
  rubrics: readonly PlannedRubric[],
  clauses: readonly string[],
  named: readonly string[] | undefined,
  choose: () => PlannedVoice[],
  log: Pick<Log, 'say'>,
): PlannedVoice[] {
  if (needModel(clauses, rubrics)) return choose();
  if (named !== undefined) log.say('--judge: nothing is left to it; code judges every clause.');
  return [];
}

/** A file by itself; of a folder, the Markdown files that begin as rubrics do. */
function filesAt(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ name }) => join(path, name))
    .filter((file) => /^\uFEFF?---\r?\n/.test(rubricFile(file).text))
    .sort();
  if (files.length === 0) {
    throw problem('no-rubric-in-folder', { folder: path });
  }
  return files;
}

function rubricFile(file: string): RubricFile {
  const bytes = readBytes(file, 'a rubric');
  try {
    // The byte order mark stays, so that the text's hash is the file's.
    return { file, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    throw problem('not-utf8', { file: safeLine(file) });
  }
}
