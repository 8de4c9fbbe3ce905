/** @module features/judge/labels/formats/registry The formats of label files. */
import { extname } from 'node:path';
import { csv } from './csv.ts';
import type { LabelFormat } from './format.ts';
import { jsonLines } from './json-lines.ts';
import { labelStudio } from './label-studio.ts';
import { scout } from './scout.ts';

/** A text is read in the first one that recognises it, so what is more special stands before what is less. */
const LABEL_FORMATS: readonly LabelFormat[] = [labelStudio, jsonLines, scout, csv];

/** The format that a text is read in. */
export function formatOf(text: string): LabelFormat {
  return LABEL_FORMATS.find((format) => format.recognises(text)) ?? csv;
}

type Writing = NonNullable<LabelFormat['written']>;

const WRITTEN: readonly Writing[] = LABEL_FORMATS.flatMap(({ written = [] }) => written);

/** How files end that labels can be written to. */
export const WRITTEN_EXTENSIONS: readonly string[] = WRITTEN.map(
  ({ extension }) => extension,
).toSorted();

/** How labels are written to a file of this name; null where its ending says no format. */
export function writingOf(file: string): Writing['print'] | null {
  const ending = extname(file).toLowerCase();
  return WRITTEN.find(({ extension }) => extension === ending)?.print ?? null;
}
