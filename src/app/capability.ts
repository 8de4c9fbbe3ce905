/**
 * @module app/capability
 * The contract of a capability: what one folder under features/ adds to the whole. Types only, and loaders: the list
 * of capabilities is read at every start, so that nothing heavy is imported for it.
 */
import type { z } from 'zod';
import type { ReportSection } from '../report/section.ts';
import type { Command } from './command.ts';
import type { Context } from './context.ts';

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
  /** The keys that it adds to `tenet.config.ts`. */
  config?: () => Promise<z.ZodObject>;
}

/** A command, found without loading what it does. */
export interface CommandEntry {
  /** Its words on the command line, such as `spec lint`. */
  path: string;
  summary: string;
  /** Where it stands in the help: lower numbers first. */
  order: number;
  /** Another name under which it is found; one that is out of use says the new name on stderr. */
  alias?: string;
  load: () => Promise<Command>;
}

/** A document that commands print or files hold: `schema: "NAME/VERSION"`. */
export interface DocumentEntry {
  /** With the project's name before it, such as `tenet.report`. */
  name: string;
  version: number;
  /** Its schema. A document that other capabilities have a part in asks for what they lend. */
  load: (lent: Context['lent']) => Promise<z.ZodType>;
}

/** A part of a run's report. */
export interface SectionEntry {
  key: string;
  load: () => Promise<ReportSection>;
}
