/**
 * @module lsp/checking
 * Checks documents a little after the last keystroke, publishes what comes of it, and keeps the findings for
 * the fixes.
 */
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import type { CheckResult } from './check.ts';
import { Checker } from './checker.ts';
import { diagnosticsByFile } from './diagnostics.ts';
import type { Library } from './library.ts';
import { type Change, type LiveFinding, liveFindings, moved } from './live-findings.ts';
import type { Settings } from './settings.ts';

interface Checked {
  findings: LiveFinding[];
  /** The documents that carry diagnostics of this check. */
  published: Map<string, Diagnostic[]>;
}

/** The checks of all open specs. */
export class Checking {
  readonly #connection: Connection;
  readonly #library: Library;
  readonly #checker: Checker;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #checked = new Map<string, Checked>();
  settings: Settings;

  constructor(connection: Connection, library: Library, settings: Settings) {
    this.#connection = connection;
    this.#library = library;
    this.settings = settings;
    this.#checker = new Checker((message) => connection.console.error(message));
  }

  /** Checks a document once nothing has happened to it for a while; at once where `delay` is 0. */
  soon(uri: string, delay = this.settings.delay): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => this.#check(uri), delay),
    );
  }

  /** Lets findings keep their place through a change. */
  move(uri: string, change: Change): void {
    const checked = this.#checked.get(uri);
    if (checked !== undefined) checked.findings = moved(checked.findings, change);
  }

  /** The findings about a document itself, where they stand now. */
  findings(uri: string): LiveFinding[] {
    return this.#checked.get(uri)?.findings ?? [];
  }

  /** Forgets a document and takes its diagnostics away. */
  forget(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#checker.drop(uri);
    const published = this.#checked.get(uri)?.published ?? new Map<string, Diagnostic[]>();
    this.#checked.delete(uri);
    for (const about of published.keys()) this.#publish(about);
  }

  #check(uri: string): void {
    this.#timers.delete(uri);
    const document = this.#library.document(uri);
    if (document === undefined || !this.#library.isSpec(uri)) {
      this.forget(uri);
      return;
    }
    this.#library.refresh(uri);
    const { version } = document;
    const { enabled, profile, rules } = this.settings.lint;
    const source = this.#library.source(uri, document);
    const lint = enabled ? { ...(profile && { profile }), rules } : null;
    this.#checker.check(uri, { source, lint }, (result) => {
      // A newer version is on its way, and its check with it.
      if (this.#library.document(uri)?.version !== version) return;
      this.#take(uri, result);
    });
  }

  #take(uri: string, result: CheckResult): void {
    const file = this.#library.fileName(uri);
    const published = new Map<string, Diagnostic[]>();
    for (const [about, diagnostics] of diagnosticsByFile(result)) {
      published.set(about === file ? uri : this.#library.uriOf(about), diagnostics);
    }
    if (!published.has(uri)) published.set(uri, []);
    const earlier = this.#checked.get(uri)?.published;
    const findings = liveFindings(result.findings.filter((finding) => finding.file === file));
    this.#checked.set(uri, { findings, published });
    for (const about of new Set([...published.keys(), ...(earlier?.keys() ?? [])])) {
      this.#publish(about);
    }
  }

  /** What all specs together say of a document: a file of prompts may lie beside two. */
  #publish(about: string): void {
    const diagnostics = [...this.#checked.values()].flatMap(
      ({ published }) => published.get(about) ?? [],
    );
    const version = this.#library.document(about)?.version;
    void this.#connection.sendDiagnostics({
      uri: about,
      diagnostics,
      ...(version !== undefined && { version }),
    });
  }
}
