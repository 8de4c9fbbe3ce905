/**
 * @module app/command
 * What a command is: its arguments as one zod object, and a handler that gives a result. The shell prints it.
 */
import type * as z from 'zod';
import type { Detail } from '../report/section.ts';
import type { Block } from '../text/blocks.ts';
import type { Context } from './context.ts';
import type { TenetError } from './errors.ts';

/** What a command comes to. The shell prints it in the form that was asked for, and exits with `exit`. */
export interface Result {
  /** 0 unless said: 1 a check failed, 2 too little to say anything, 130 interrupted. */
  exit?: 0 | 1 | 2 | 130;
  /** What `--json` prints; its `schema` is one of those that the command says it prints. */
  document?: object;
  /** What people are shown, in the terminal or, with `--format`, as Markdown or HTML. */
  blocks?: (detail: Detail) => readonly Block[];
  /** The texts of other formats, by the name that `--format` takes. */
  formats?: Readonly<Record<string, () => string>>;
  /** Prints this text as it is, whatever the medium: a draft, a converted file. */
  text?: string;
  /** The file that it is written to instead, which `--out` names. */
  out?: string;
  /** Why it could not be done, or not to its end; printed after what there is. */
  failure?: TenetError;
}

/** A command as the shell runs it. */
export interface Command<Args extends z.ZodObject = z.ZodObject> {
  args: Args;
  /** The documents that `--json` prints, such as `tenet.report/1`. Empty where there is none to print. */
  prints: readonly string[];
  /** What exit codes mean beyond those of every command. */
  exit?: Readonly<Record<number, string>>;
  /** Set below the help. */
  help?: string;
  run: (args: Record<string, unknown>, context: Context) => Promise<Result> | Result;
}

/** A command whose handler gets its arguments typed. */
export function defineCommand<Args extends z.ZodObject>(command: {
  args: Args;
  prints: readonly string[];
  exit?: Readonly<Record<number, string>>;
  help?: string;
  run: (args: z.output<Args>, context: Context) => Promise<Result> | Result;
}): Command<Args> {
  return command as unknown as Command<Args>;
}
