/**
 * @module features/judge/labels/formats/scout
 * The validation sets of Inspect Scout: CSV with the columns `id`, `target` and, where it was divided, `split`.
 */
import { readTable } from './csv-table.ts';
import type { LabelFormat } from './format.ts';
import type { LabelField } from './row.ts';

const FIELDS: ReadonlyMap<string, LabelField> = new Map([
  ['id', 'id'],
  ['target', 'outcome'],
  ['split', 'split'],
]);

/** Ids are ours: `t17#clause` or `RUN/t17#clause`. */
export const scout: LabelFormat = {
  name: 'scout',
  recognises: (text) => /^id,target(?:,split)?(?=[\r\n]|$)/.test(text),
  read: (text, sink) => readTable(text, (names) => names.map((name) => FIELDS.get(name)), sink),
};
