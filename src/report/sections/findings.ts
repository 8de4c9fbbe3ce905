/** @module report/sections/findings Findings by door, the most serious first, each with what to do about it. */
import { type Block, type ListItem, section } from '../../text/blocks.ts';
import { listed, type Part, partsOf } from '../../text/words.ts';
import { DOORS, type Finding } from '../findings/finding.ts';
import { findings } from '../findings/findings.ts';
import { type FindingCode, FULL_NAMES, findingWords } from '../findings/messages.ts';
import { shortNames } from '../page-names.ts';
import type { RunView } from '../run-view.ts';
import { ownParts, type Report } from '../schema.ts';
import type { ReportSection } from '../section.ts';
import { standOutOf } from './rates/subjects.ts';

export const findingsSection: ReportSection<Finding[]> = {
  key: 'findings',
  order: 100,
  part: { order: 100, schema: ownParts.findings, build: findingsOf },
  render: (all, report) => findingBlocks(all, report),
};

function findingsOf(view: RunView): Finding[] {
  const { plan, tally, subjects, judges, correction } = view;
  return findings({
    ...{ plan, tally, subjects, judges },
    isMeasured: correction?.isMeasured === true,
    standOut: view.once(standOutOf),
  });
}

/** Headings of the doors, in words. */
const DOOR_NAMES: Readonly<Record<Finding['door'], string>> = {
  model: 'At the model’s door',
  spec: 'At the spec’s door',
  judge: 'At the judge’s door',
  scenario: 'At the scenarios’ door',
};

const SEVERITY_TONES = { high: 'bad', medium: 'warning', low: 'dim' } as const;

function findingBlocks(all: readonly Finding[], report: Report): Block[] {
  if (all.length === 0) return [];
  return [
    section(
      { type: 'heading', level: 2, text: 'Findings' },
      DOORS.flatMap((door): Block[] => {
        const own = all.filter((finding) => finding.door === door);
        if (own.length === 0) return [];
        return [
          { type: 'heading', level: 3, tone: 'dim', text: DOOR_NAMES[door] },
          { type: 'list', items: own.map((finding) => itemOf(finding, report)) },
        ];
      }),
    ),
  ];
}

function itemOf(finding: Finding, report: Report): ListItem {
  const { code, data, severity, evidence } = finding;
  const short = shortNames(report);
  // The judge of a subject's own make may have the subject's name, and is told apart by it.
  const names =
    finding.door === 'judge'
      ? { ...short, subject: FULL_NAMES.subject }
      : { ...FULL_NAMES, subject: short.subject };
  const { text, next } = findingWords({ code: code as FindingCode, data }, names);
  const transcripts = listed(evidence.map((transcript): Part[] => [{ transcript }]));
  const see: Part[] = evidence.length === 0 ? [] : [' See ', ...transcripts, '.'];
  return {
    marker: `  ${severity}`.padEnd(10),
    markerTone: SEVERITY_TONES[severity],
    text: [...partsOf(text), ...see],
    blocks: [{ type: 'paragraph', marker: '→ ', text: next }],
  };
}
