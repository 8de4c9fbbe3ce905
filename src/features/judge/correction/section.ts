/**
 * @module features/judge/correction/section
 * What a report says of its judge as a measuring instrument, and the rates corrected for the judge's errors.
 */
import { certificateHash } from '../../../report/certificate/identity.ts';
import { fieldsOf } from '../../../report/schema-parts.ts';
import type { ReportSection } from '../../../report/section.ts';
import { specName } from '../../../spec/index.ts';
import { instrumentBlocks } from './blocks.ts';
import { codedOf, type JudgeKnowledge, judgeKnowledge } from './correction.ts';
import { instrumentSchema, measuredSchema, type ReportInstrument } from './schema.ts';

export const section: ReportSection<ReportInstrument> = {
  key: 'instrument',
  order: 50,
  part: {
    order: 46,
    schema: instrumentSchema.optional().describe('what is known of the judge’s errors'),
    build: async (run) => instrumentOf(await run.once(judgeKnowledge), run.plan.spec.sha256),
  },
  correct: (run) => run.once(judgeKnowledge),
  render: instrumentBlocks,
};

/** The judge of a run, as far as it was measured; `spec` is the hash of the text that the run judged by. */
function instrumentOf(known: JudgeKnowledge, spec: string): ReportInstrument {
  const { certificate, note, notes, without, people, cases, transfer } = known;
  return {
    certificate:
      certificate === null
        ? null
        : {
            hash: certificateHash(certificate),
            created: certificate.created,
            spec: specName(certificate.spec),
            sameSpec: certificate.spec.sha256 === spec,
            note,
            items: certificate.data.items,
            sensitivity: fieldsOf(measuredSchema, certificate.overall.sensitivity),
            specificity: fieldsOf(measuredSchema, certificate.overall.specificity),
            attacked: (certificate.attack ?? null) !== null,
            notes: notes.map(codedOf),
          },
    reason: without?.reason ?? null,
    because: without?.because ?? null,
    labels: { people, cases },
    transfer,
  };
}
