/**
 * @module app/capability
 * The contract of a capability: what one folder under features/ adds to the whole. Types only, and loaders: the list
 * of capabilities is read at every start, so that nothing heavy is imported for it.
 */
import type * as z from 'zod';
import type { Migration } from '../ledger/migrations.ts';
import type { ReportSection } from '../report/section.ts';
import type { Command } from './command.ts';

/** One thing that Tenet can do for a user. */
export interface Capability {
  /** Its folder below features/, such as `spec/lint`. */
  name: string;
  /** What it does, in a line. */
  summary: string;
  /** Its row in the README's table, and its page in docs/. */
  docs: { want: string; page: string };
  commands?: readonly CommandEntry[];
  documents?: readonly DocumentEntry[];
  sections?: readonly SectionEntry[];
  /** Its own tables in every ledger, as steps that each ledger takes once. */
  tables?: () => Promise<readonly Migration[]>;
  /**
   * Which arguments of its commands a project may settle once in `tenet.config.ts`, by their keys. Whoever has any writes
   * `as const satisfies Capability`, since the type of the file follows from it.
   */
  config?: readonly string[];
}

/** A command, found without loading what it does. */
export interface CommandEntry {
  /** Its words on the command line, such as `spec lint`. */
  path: string;
  summary: string;
  /** Where it stands in the help: lower numbers first. */
  order: number;
  /** Found, but told in no help and no completion. */
  hidden?: boolean;
  load: () => Promise<Command>;
}

/** A document that commands print or files hold: `schema: "NAME/VERSION"`. */
export interface DocumentEntry {
  /** With the project's name before it, such as `tenet.report`. */
  name: string;
  version: number;
  /** `input` where users write it, so that what has a default may be left out. `output` unless said. */
  io?: 'input' | 'output';
  /**
   * Its schema.
   *
   * @param sections those of a report that capabilities lend; the report's is of its own sections alone without them
   */
  load: (sections?: readonly ReportSection[]) => Promise<z.ZodType>;
}

/** A part of a run's report. */
export interface SectionEntry {
  key: string;
  load: () => Promise<ReportSection>;
}
