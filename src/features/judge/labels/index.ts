/**
 * @module features/judge/labels
 * What others may use of people's labels: the cases of a run with what people say of them, what that says of the
 * judge, and labels from files.
 */
export { caseKey, type LabelCase, labelCases, readCases } from './cases.ts';
export { readLabels } from './formats/read.ts';
export type { LabelRow } from './formats/row.ts';
export { importLabels } from './import.ts';
export {
  correctedByLabels,
  judgedLabels,
  judgeErrorsOf,
  type LabelledRun,
  labelledRun,
} from './judged.ts';
export { issueLines } from './messages.ts';
