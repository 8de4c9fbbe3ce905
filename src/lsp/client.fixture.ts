/**
 * An editor for tests: starts the real server as a child process and talks to it over stdio.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const TENET = fileURLToPath(new URL('../../bin/tenet.js', import.meta.url));

/** What an editor of today can do. */
const CAPABILITIES = {
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
  window: { showDocument: { support: true } },
};

/** A server under test and the editor's end of the line. */
export class Editor implements AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  /** The newest diagnostics of each document. */
  readonly diagnostics = new Map<string, Diagnostic[]>();
  /** Messages shown to the user or logged. */
  readonly messages: string[] = [];
  readonly shown: { uri: string }[] = [];
  readonly stderr: string[] = [];
  readonly exited: Promise<number | null>;
  readonly #waiting: (() => void)[] = [];
  readonly #versions = new Map<string, number>();

  /** @param bin the script that starts Tenet, where it is not the one of the sources */
  constructor(bin: string = TENET) {
    this.child = spawn(process.execPath, [bin, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stderr.on('data', (chunk: Buffer) => this.stderr.push(chunk.toString()));
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (sent) => {
      this.diagnostics.set(sent.uri, sent.diagnostics);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.connection.onNotification('window/logMessage', ({ message }) => {
      this.messages.push(message);
    });
    this.connection.onNotification('window/showMessage', ({ message }) => {
      this.messages.push(message);
    });
    this.connection.onRequest('window/showDocument', (asked) => {
      this.shown.push(asked);
      return { success: true };
    });
    this.connection.listen();
  }

  /** Says hello. */
  async start(
    initializationOptions: unknown = { delay: 0 },
    capabilities: object = CAPABILITIES,
    rootUri: string | null = null,
  ): Promise<InitializeResult> {
    const result = await this.ask<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri,
      capabilities,
      initializationOptions,
    });
    this.tell('initialized', {});
    return result;
  }

  /** Asks something; the answer is the caller's to know. */
  ask<Answer>(method: string, params?: unknown): Promise<Answer> {
    return this.connection.sendRequest<Answer>(method, params);
  }

  /** Tells something. */
  tell(method: string, params?: unknown): void {
    void this.connection.sendNotification(method, params);
  }

  /** Opens a document. */
  open(uri: string, text: string, languageId = 'markdown'): void {
    this.#versions.set(uri, 1);
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Types: replaces a stretch between two [line, character] places. */
  type(uri: string, from: [number, number], to: [number, number], text: string): void {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const range = {
      start: { line: from[0], character: from[1] },
      end: { line: to[0], character: to[1] },
    };
    this.tell('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  /** Asks something about a place in a document. */
  at<Answer>(
    method: string,
    uri: string,
    at: [number, number],
    more: object = {},
  ): Promise<Answer> {
    const position = { line: at[0], character: at[1] };
    return this.ask<Answer>(`textDocument/${method}`, { textDocument: { uri }, position, ...more });
  }

  /** Asks something about a document. */
  about<Answer>(method: string, uri: string): Promise<Answer> {
    return this.ask<Answer>(`textDocument/${method}`, { textDocument: { uri } });
  }

  /** Waits until the diagnostics of a document are as wanted. */
  async diagnosed(uri: string, isWanted: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    const patience = AbortSignal.timeout(20_000);
    for (;;) {
      const found = this.diagnostics.get(uri);
      if (found !== undefined && isWanted(found)) return found;
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        const giveUp = () => reject(new Error(`not so: ${JSON.stringify(found, null, 1)}`));
        if (patience.aborted) giveUp();
        else patience.addEventListener('abort', giveUp, { once: true });
      });
    }
  }

  /** Says goodbye as an editor should, and gives the exit code. */
  async stop(): Promise<number | null> {
    await this.ask('shutdown');
    this.tell('exit');
    return await this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connection.dispose();
    this.child.stdin.end();
    await this.exited;
  }
}
