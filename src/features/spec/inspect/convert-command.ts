/**
 * @module features/spec/inspect/convert-command
 * `tenet spec convert`: a spec in another form, and what that form cannot say.
 */

import { loadSpec } from '../../../app/files.ts';
import { Problem } from '../../../app/problem.ts';
import { say } from '../../../cli/terminal.ts';
import { FORMS, lossesOf, printAs } from '../../../spec/index.ts';
import { count } from '../../../text/numbers.ts';

/** Prints a spec in another form; what was not carried over is said on stderr. */
export function convert(file: string, flags: { to: string; dialect?: string }): void {
  const form = FORMS.find((name) => name === flags.to.toLowerCase());
  if (form === undefined) {
    throw new Problem(`--to: there is no form "${flags.to}". Choose one of ${FORMS.join(', ')}.`);
  }
  const spec = loadSpec(file, flags.dialect);
  process.stdout.write(printAs(spec, form));
  const clauses = spec.sections.filter(({ isClause }) => isClause).length;
  say(`${file}: read as ${spec.dialect}, ${count(clauses, 'clause')} printed as ${form}.`);
  const losses = lossesOf(spec, form);
  if (losses.length === 0) say('Everything was carried over.');
  for (const { one, many, count: times, note } of losses) {
    say(`Not carried over: ${count(times, one, many)} (${note}).`);
  }
}
