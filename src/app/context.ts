/**
 * @module app/context
 * What a command's handler is given: settings, models, the ledger, and the ways to say something and to be stopped.
 * Nothing below the shells knows the process, its streams or its environment.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { ReportSection } from '../report/section.ts';
import type { Block } from '../text/blocks.ts';
import type { Config } from './config.ts';
import type { Callers, CallersInput } from './models.ts';
import type { Roster } from './roster.ts';

/** How the command was called. */
export interface Invocation {
  /** The folder that paths start from. */
  folder: string;
  /** Environment variables: keys of providers, and nothing else that decides what is computed. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The keys of the arguments that were given; others may come from `tenet.config.ts`. */
  given: ReadonlySet<string>;
  /** Is the result wanted as one JSON document? Then nobody reads along. */
  json: boolean;
}

/** Columns and colour of what results are printed on. */
export interface Screen {
  width: number;
  color: boolean;
}

/** What is said beside the result. */
export interface Log {
  /** A line for the person at the terminal. */
  say(text: string): void;
  /** More than a line, set for what they see. */
  show(blocks: readonly Block[]): void;
  /** Shows how far a long piece of work is, until its `end`. */
  progress(work: ProgressStart): Progress;
}

export interface ProgressStart {
  unit: 'samples' | 'questions';
  /** The state of each piece as the ledger has it: 0 open, 1 done, 2 failed. */
  states: readonly number[];
  counters: Callers['counters'];
}

export interface Progress {
  /** One more is done, with its outcome. */
  sample(outcome: string): void;
  /** A round of a sequential run has begun. */
  round(news: { round: number; stopped: number; cells: number; samples: number }): void;
  end(): void;
}

/** How work is stopped: `signal` asks it to begin nothing new, `abort` cuts short what is under way. */
export interface Stop {
  signal: AbortSignal;
  abort: AbortSignal;
}

/** A key as it was pressed. */
export interface Key {
  /** What was typed, where it is a character. */
  text: string;
  /** `up`, `space`, `return`, …; a letter's own name. */
  name: string;
}

/** A whole screen that talks with a person. */
export interface Page {
  /** As many lines as the terminal is high. */
  draw(size: { width: number; height: number; color: boolean }): string[];
  /** Takes a key, once the one before it has been taken; true ends the page. */
  key(key: Key): Promise<boolean>;
}

export interface Context {
  settings: Invocation;
  /** `tenet.config.ts` of the folder; empty where there is none. Read once. Throws a `TenetError`. */
  config(): Promise<Config>;
  ledger: {
    /** Opens the ledger at a path to read it. Throws a `TenetError` where there is none. */
    read(path?: string): Promise<Ledger>;
    /** Opens it to write, and makes it where there is none. */
    write(path: string): Promise<Ledger>;
  };
  models: {
    /** Opens every model that a piece of work asks, with the keys of the environment. */
    open(input: Omit<CallersInput, 'environment'>): Promise<Callers>;
    /** Models of the user's own: those of the configuration, and commands and templates among these names. */
    own(names: readonly string[]): Promise<Roster>;
  };
  output: Screen;
  log: Log;
  /** Begins to listen for the wish to stop; `release` ends that. */
  signals(): Stop & { release(): void };
  /** Shows a page to the person at the terminal until it ends; null where there is no terminal. */
  showPage: ((page: Page) => Promise<'ended' | 'interrupted'>) | null;
  /** What capabilities lend to one another, gathered from the list. */
  lent: {
    /** The sections of a run's report, in their order. */
    sections(): Promise<readonly ReportSection[]>;
  };
}
