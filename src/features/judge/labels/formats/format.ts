/**
 * @module features/judge/labels/formats/format
 * What a format of label files is: how its files are known, how they are read, and how they are written.
 */
import type { LabelSink } from './row.ts';
import type { WrittenLabel } from './written.ts';

/** A way in which files of labels are written. */
export interface LabelFormat {
  name: 'csv' | 'json-lines' | 'label-studio' | 'scout';
  /** Does a text look like one of this format? */
  recognises(text: string): boolean;
  /** Hands over every label of a text, and everything that is wrong with it. Never throws. */
  read(text: string, sink: LabelSink): void;
  /** How labels are written in it, in files that end so; absent where it is only read. */
  written?: { extension: string; print(labels: readonly WrittenLabel[]): string };
}
