/** @module features/judge/calibration/head Who was measured, on what, when, and in which wording. */

import type { Certificate } from '../../../report/certificate/schema.ts';
import { specName } from '../../../spec/index.ts';
import { cut, hanging } from '../../../text/layout.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import type { Paint } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';

/** The judge's name, or the panel's. */
export function certificateName({ judge, panel }: Pick<Certificate, 'judge' | 'panel'>): string {
  if (judge !== null) return safeLine(judge.name);
  const size = panel?.judges.length ?? 0;
  return `panel of ${size} judges by ${panel?.consensus === 'latent' ? 'latent classes' : panel?.consensus}`;
}

/** What stands above a certificate's figures. */
export function headLines(
  certificate: Certificate,
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const { data, spec, created, prompt, panel, rubrics } = certificate;
  const { good, ok, bad, elsewhere } = data.marks;
  const marks = [
    `${grouped(good)} good`,
    `${grouped(ok)} ok`,
    `${grouped(bad)} bad`,
    ...(elsewhere > 0 ? [`${grouped(elsewhere)} bad for another clause`] : []),
  ].join(', ');
  const about = (label: string, text: string): string[] =>
    hanging(label.padEnd(9), safeLine(text), width);
  const excluded = Object.entries(data.excluded);
  return [
    paint('bold', cut(certificateName(certificate), width)),
    '',
    ...(panel === null ? [] : about('Judges', panel.judges.map(({ name }) => name).join(', '))),
    ...about('Spec', specName(spec)),
    ...about(
      'Items',
      `${data.marked === 0 ? 'no marked reply' : `${count(data.marked, 'marked reply', 'marked replies')} (${marks})`}${data.abridged === 0 ? '' : `, ${grouped(data.abridged)} of them printed in part`}`,
    ),
    ...data.runs.flatMap((run) => about('', labelledText(run))),
    ...(excluded.length === 0
      ? []
      : about(
          '',
          `no items: ${list(excluded.map(([reason, number]) => `${grouped(number)} ${EXCLUSIONS[reason] ?? reason}`))}`,
        )),
    ...(rubrics.length === 0
      ? []
      : about('Rubrics', count(rubrics.length, 'clause has one', 'clauses have one'))),
    ...about('Prompt', `${prompt.name} (${prompt.hash.slice(0, 12)})`),
    ...about('Date', created.slice(0, 10)),
  ];
}

const EXCLUSIONS: Readonly<Record<string, string>> = {
  no_clause: 'under a section that is no clause',
  no_mark: 'without a mark',
  no_messages: 'without a conversation before them',
  empty_reply: 'without words',
  by_code: 'under a clause that code judges',
  not_applicable: 'to which people say the clause does not apply',
  cannot_judge: 'that people could not judge',
  tied: 'on which people are tied',
  other_words: 'labelled against other words of the clause',
  chosen: 'chosen for labelling, not drawn by chance',
  no_transcript: 'without a reply',
};

function labelledText({
  run,
  people,
  labelled,
  contested,
  excluded,
}: Certificate['data']['runs'][number]): string {
  const left = Object.entries(excluded).map(
    ([reason, number]) => `${grouped(number)} ${EXCLUSIONS[reason] ?? reason}`,
  );
  const disagreed = contested === 0 ? '' : `, not all of one mind on ${grouped(contested)}`;
  const without = left.length === 0 ? '' : `; left out: ${list(left)}`;
  return `${count(labelled, 'transcript')} of run ${run}, labelled by ${count(people, 'person', 'people')}${disagreed}${without}`;
}
