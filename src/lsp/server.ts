/**
 * @module lsp/server
 * A language server for specs: from a connection to documents, checks and answers.
 */
import { Console } from 'node:console';
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  MessageType,
  ProposedFeatures,
  ShowMessageNotification,
  type TextDocumentContentChangeEvent,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FIX_ALL } from './actions.ts';
import { Checking } from './checking.ts';
import { type Client, clientOf } from './client.ts';
import { TRIGGERS } from './completion.ts';
import { SHOW } from './lenses.ts';
import { Library } from './library.ts';
import type { Change } from './live-findings.ts';
import { evalFolderOf, pathOf } from './paths.ts';
import { answer } from './requests.ts';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';
import { FolderWatch } from './watching.ts';

/** Serves an editor at the other end of two streams, until it says `exit` or the input ends. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
  // A stray line on stdout would end the conversation.
  globalThis.console = new Console(process.stderr, process.stderr);
  new Server(createConnection(ProposedFeatures.all, input, output)).start();
}

class Server {
  readonly #connection: Connection;
  readonly #library = new Library();
  readonly #checking: Checking;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #folderWatch: FolderWatch;
  readonly #justOpened = new Set<string>();
  #client: Client = clientOf({});

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#checking = new Checking(connection, this.#library, DEFAULT_SETTINGS);
    this.#folderWatch = new FolderWatch(() => this.#lookBeside());
    this.#documents = new TextDocuments({
      create: TextDocument.create,
      update: (document, changes, version) => {
        for (const change of changes) {
          this.#checking.move(document.uri, changeIn(document, change));
          TextDocument.update(document, [change], version);
        }
        return document;
      },
    });
  }

  start(): void {
    const connection = this.#connection;
    connection.onInitialize(
      ({ capabilities, initializationOptions, workspaceFolders, rootUri }) => {
        this.#client = clientOf(capabilities);
        const roots = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
        this.#library.roots = roots.flatMap((uri) => pathOf(uri) ?? []);
        this.#set(initializationOptions);
        return abilities();
      },
    );
    connection.onInitialized(() => this.#subscribe());
    connection.onDidChangeConfiguration(({ settings }) => {
      if (this.#client.configuration) this.#askSettings();
      else this.#set(settings);
    });
    connection.onDidChangeWatchedFiles(() => this.#lookBeside());
    this.#documents.onDidOpen(({ document }) => {
      this.#library.open(document);
      this.#justOpened.add(document.uri);
      this.#checkAbout(document.uri, 0);
      this.#watchFolders();
      // The first reading is the slowest; nobody need wait for it.
      setImmediate(() => this.#library.reading(document.uri));
    });
    this.#documents.onDidChangeContent(({ document }) => {
      // Opening counts as a change as well, and is being seen to already.
      if (!this.#justOpened.delete(document.uri)) this.#checkAbout(document.uri);
    });
    this.#documents.onDidSave(({ document }) => this.#checkAbout(document.uri, 0));
    this.#documents.onDidClose(({ document: { uri } }) => {
      const wasBeside = this.#library.evalTag(uri) !== null;
      this.#library.close(uri);
      this.#checking.forget(uri);
      // What is on disk counts again.
      if (wasBeside) this.#lookBeside();
      this.#watchFolders();
    });
    answer(connection, this.#library, this.#checking, () => this.#client);
    this.#documents.listen(connection);
    connection.listen();
  }

  /** Checks a spec, or the specs that a file of eval prompts may belong to. */
  #checkAbout(uri: string, delay?: number): void {
    if (this.#library.evalTag(uri) === null) {
      if (this.#library.isSpec(uri)) this.#checking.soon(uri, delay);
      return;
    }
    for (const spec of this.#library.specs()) {
      if (this.#library.refresh(spec)) this.#checking.soon(spec, delay);
    }
  }

  #lookBeside(): void {
    let isChanged = false;
    for (const uri of this.#library.specs()) {
      if (!this.#library.refresh(uri)) continue;
      isChanged = true;
      this.#checking.soon(uri);
    }
    if (isChanged && this.#client.refreshLenses) {
      this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {
        // Lenses are drawn again with the next edit anyway.
      });
    }
    this.#watchFolders();
  }

  #watchFolders(): void {
    if (this.#client.watch) return;
    const folders = this.#library.specs().flatMap((uri) => {
      const path = pathOf(uri);
      return path === null ? [] : [evalFolderOf(path)];
    });
    this.#folderWatch.watch(folders);
  }

  #subscribe(): void {
    const { client } = this.#connection;
    if (this.#client.watch) {
      const watchers = [{ globPattern: '**/examples' }, { globPattern: '**/*.md' }];
      client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => {
        // It said it could, and cannot after all.
        this.#client.watch = false;
        this.#watchFolders();
      });
    }
    if (!this.#client.configuration) return;
    client.register(DidChangeConfigurationNotification.type, { section: 'tenet' }).catch(() => {});
    this.#askSettings();
  }

  #askSettings(): void {
    this.#connection.workspace
      .getConfiguration('tenet')
      .then((settings: unknown) => {
        if (settings !== null && settings !== undefined) this.#set(settings);
      })
      .catch(() => {
        // An editor without an answer has no settings; those it started with stay.
      });
  }

  #set(sent: unknown): void {
    const read = readSettings(sent);
    if ('problem' in read) {
      void this.#connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: `Tenet: ${read.problem}`,
      });
      return;
    }
    this.#checking.settings = read.settings;
    this.#library.recognise = read.settings.recognise;
    this.#library.dialect = read.settings.dialect;
    for (const { uri } of this.#documents.all()) this.#checking.soon(uri, 0);
  }
}

/** A change with offsets of the document it is about to be made in. */
function changeIn(document: TextDocument, change: TextDocumentContentChangeEvent): Change {
  const { length } = change.text;
  if (!('range' in change)) return { place: { start: 0, end: document.getText().length }, length };
  const start = document.offsetAt(change.range.start);
  const end = document.offsetAt(change.range.end);
  return { place: { start: Math.min(start, end), end: Math.max(start, end) }, length };
}

function abilities(): InitializeResult {
  return {
    serverInfo: { name: 'tenet' },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      completionProvider: { triggerCharacters: TRIGGERS, resolveProvider: true },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
      codeLensProvider: { resolveProvider: false },
      executeCommandProvider: { commands: [SHOW] },
      documentSymbolProvider: true,
      workspaceSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: { resolveProvider: false },
    },
  };
}
