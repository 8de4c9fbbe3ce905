/** @module features/spec/diff/command `tenet spec diff`: two versions compared, and what is left of past runs. */

import { loadSpec } from '../../../app/files.ts';
import { Problem } from '../../../app/problem.ts';
import { openStored } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { planDocument } from '../../../run/run.ts';
import { drawSuite } from '../../../run/suite/draw.ts';
import type { Spec } from '../../../spec/index.ts';
import { printJson } from '../../../text/json.ts';
import { diffSpecs, type SpecDiff } from './index.ts';
import { renderSpecDiffHtml } from './render/html.ts';
import { renderSpecDiffMarkdown } from './render/markdown.ts';
import { type RunOutlook, renderRunOutlooks } from './render/runs.ts';
import { renderChangelog } from './render/spec-changelog.ts';
import { renderSpecDiff } from './render/text.ts';
import { rerunCommand } from './rerun-command.ts';
import { newClauses, standingOf } from './staleness.ts';

/** The flags of `tenet spec diff`. */
export interface SpecDiffFlags {
  format: 'text' | 'markdown' | 'json' | 'html';
  runs?: boolean;
  changelog?: boolean;
  ledger?: string;
  dialect?: string;
}

/** Prints what changed from one version to another. */
export async function diff(older: string, newer: string, flags: SpecDiffFlags): Promise<void> {
  if (flags.changelog === true && (flags.format === 'json' || flags.format === 'html')) {
    throw new Problem(
      `--changelog prints Markdown only; leave out --format ${flags.format}, or leave out --changelog.`,
    );
  }
  const [before, after] = namedAlike(
    loadSpec(older, flags.dialect),
    loadSpec(newer, flags.dialect),
  );
  const found = diffSpecs(before, after);
  const runs =
    flags.runs === true ? runOutlooks(before, after, found, newer, flags.ledger) : undefined;
  process.stdout.write(rendered(found, after, runs, flags));
}

function rendered(
  found: SpecDiff,
  newer: Spec,
  runs: RunOutlook[] | undefined,
  { format, changelog }: SpecDiffFlags,
): string {
  if (changelog === true) return renderChangelog(found, newer);
  if (format === 'json') return printJson(runs === undefined ? found : { ...found, runs });
  if (format === 'markdown') return renderSpecDiffMarkdown(found, runs);
  if (format === 'html') return renderSpecDiffHtml(found, runs);
  const settings = screen(process.stdout);
  const text = renderSpecDiff(found, settings);
  return runs === undefined ? text : text + renderRunOutlooks(runs, settings);
}

/** A pipe (`<(git show …)`) has no name of its own: it is the other one's spec. */
function namedAlike(older: Spec, newer: Spec): [Spec, Spec] {
  const isPipe = ({ file }: Spec): boolean => /^\/(?:dev|proc)\//.test(file);
  if (isPipe(older) && !isPipe(newer)) return [{ ...older, id: newer.id }, newer];
  if (isPipe(newer) && !isPipe(older)) return [older, { ...newer, id: older.id }];
  return [older, newer];
}

function runOutlooks(
  older: Spec,
  newer: Spec,
  found: SpecDiff,
  newerFile: string,
  path: string | undefined,
): RunOutlook[] {
  const ledger = openStored(path);
  try {
    const scenarios = drawSuite(newer).scenarios;
    const untested = newClauses(found, newer);
    return ledger.runs.list().flatMap((run) => {
      const { plan } = planDocument(ledger, run);
      const { id, version, sha256 } = plan.spec;
      if (id !== older.id && id !== newer.id && sha256 !== older.sha256) return [];
      const verdicts = verdictsOf(ledger, run.ordinal);
      const standing = standingOf({ diff: found, older, newer, plan, verdicts, scenarios });
      const { command, notes } = rerunCommand(plan, standing.again, newerFile, path);
      return [
        {
          run: run.id,
          created: new Date(run.created).toISOString(),
          simulated: run.simulated,
          spec: { id, version, sha256 },
          subjects: plan.subjects.map(({ name }) => name),
          ...standing,
          untested,
          command,
          notes,
        },
      ];
    });
  } finally {
    ledger.close();
  }
}

function* verdictsOf(ledger: Ledger, run: number): IterableIterator<{ clause: string }> {
  for (const { clause } of ledger.runs.verdicts(run)) yield { clause };
}
