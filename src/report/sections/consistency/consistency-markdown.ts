/** @module report/sections/consistency/consistency-markdown What repeats show, in the Markdown report. */

import { NO_LEVEL } from '../../../run/tally.ts';
import { capital } from '../../../text/capital.ts';
import { markdownTable } from '../../../text/markdown-table.ts';
import { grouped } from '../../../text/numbers.ts';
import { markdownCode, markdownText } from '../../../text/safe-text.ts';
import { estimateText, intervalText, NOTHING, reasonsOf } from '../../figures.ts';
import type { ReportSubject } from '../../schema.ts';
import { aboutRepeats, brokenText, passingText } from './consistency.ts';
import type { ReportConsistency, ReportRepeatedRate } from './consistency-schema.ts';

/** A section; none where nothing was asked repeatedly. */
export function consistencySection({ id, consistency }: ReportSubject, several: boolean): string[] {
  if (consistency === undefined) return [];
  const { overall, levels, prohibitions } = consistency;
  const tables = overall.flatMap((rate, place) => {
    const rows = levels.flatMap(({ level, allAdhere }) => {
      const own = allAdhere[place];
      const name = level === NO_LEVEL ? 'no level' : level;
      return own === undefined ? [] : [[markdownText(name), ...cells(own)]];
    });
    return [
      markdownTable(
        [`${capital(passingText(rate.tries))}`, ...HEADS],
        [['overall', ...cells(rate)], ...rows],
      ),
    ];
  });
  return [
    `## Consistency${several ? ` of ${markdownCode(id)}` : ''}`,
    `A scenario counts where so many of its repeats were judged. ${markdownText(aboutRepeats(0))}`,
    ...tables.toReversed(),
    ...brokenTable(prohibitions),
    ...reasonsOf(allRates(consistency)).map(
      (reason) => `${NOTHING} means: ${markdownText(reason)}.`,
    ),
  ];
}

const HEADS = ['Share', 'Interval', 'n', 'Left out'];

function cells(rate: ReportRepeatedRate): string[] {
  return [
    estimateText(rate),
    intervalText(rate),
    grouped(rate.scenarios),
    grouped(rate.tooFewRepeats),
  ];
}

function brokenTable(prohibitions: ReportConsistency['prohibitions']): string[] {
  if (prohibitions === null) return [];
  const { together, clauses } = prohibitions;
  return [
    markdownTable(
      [`Rules ${brokenText(together.tries)}`, ...HEADS],
      [
        ['together', ...cells(together)],
        ...clauses.map(({ id, violationWithin }) => [
          markdownCode(`#${id}`),
          ...cells(violationWithin),
        ]),
      ],
    ),
  ];
}

function allRates({ overall, levels, prohibitions }: ReportConsistency): ReportRepeatedRate[] {
  return [
    ...overall,
    ...levels.flatMap(({ allAdhere }) => allAdhere),
    ...(prohibitions === null
      ? []
      : [
          prohibitions.together,
          ...prohibitions.clauses.map(({ violationWithin }) => violationWithin),
        ]),
  ];
}
