/** @module features/judge/labels/formats/complain What is wrong in a file of labels, and where. */
import type { IssueCode, IssueData } from '../messages.ts';

/** A place in a file, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Says what is wrong, and where it stands. */
export type Complain = <Code extends IssueCode>(
  place: Place,
  code: Code,
  data: IssueData<Code>,
) => void;
