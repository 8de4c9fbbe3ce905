/** @module features/judge/labels/terminal/case-view What a person is shown of a case. */
import type { SampleRecord, VerdictRecord } from '../../../../ledger/records.ts';
import { type Plan, sampleAt } from '../../../../run/plan.ts';
import { view } from '../../../../run/transcript/view.ts';
import { clauseText, findSection, type Spec } from '../../../../spec/index.ts';
import type { CaseView } from './screen.ts';

/** A sample as the ledger has it. */
interface Stored {
  sample: SampleRecord;
  verdicts: readonly VerdictRecord[];
}

/**
 * A transcript under a clause, with the clause's words.
 * @param stored null where the ledger has no such sample
 * @param verdictsShown whether the judges' verdicts are among it
 */
export function caseView(
  { plan, spec }: { plan: Plan; spec: Spec },
  item: { sample: number; clause: string },
  stored: Stored | null,
  verdictsShown: boolean,
): CaseView {
  const { sample, clause: id } = item;
  const section = findSection(spec, id);
  const { tools = [] } = sampleAt(plan, sample).scenario;
  const { verdicts } = stored ?? { verdicts: [] };
  const planned = plan.clauses.find((one) => one.id === id);
  const rubric = plan.rubrics?.find(({ clause }) => clause === id);
  // Of a transcript that is gone nothing can be shown.
  const { messages, finish } = view(stored?.sample.transcript ?? [], { reader: 'judge' });
  return {
    sample,
    clause: {
      id,
      // A clause that is gone has neither a title nor words.
      title: planned?.title ?? '',
      level: planned?.level ?? null,
      text: section === undefined ? '' : clauseText(spec, section).text,
    },
    rubric: rubric === undefined ? null : `Judged by the rubric ${rubric.name}:\n${rubric.text}`,
    messages,
    tools: tools.map(({ name }) => name),
    isCutShort: finish === 'length',
    verdicts: verdictsShown ? verdicts.filter(({ clause }) => clause === id) : [],
  };
}
