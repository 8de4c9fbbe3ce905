// Whatever an editor sends and whatever somebody has half typed, the server answers, says nothing but protocol,
// and goes when the editor goes.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type {
  CodeAction,
  CodeLens,
  Diagnostic,
  DocumentSymbol,
  Hover,
  LocationLink,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Editor } from './client.fixture.ts';

const URI = 'untitled:odd.md';
const SPEC = `# Conduct {#conduct}

## Be honest {#honest authority=root}

The assistant should generally be honest[^ab12]. See [?](#kind).

## Be kind {#kind authority=guideline}

Be kind. See [?](#honest).
`;
const QUESTIONS = [
  'hover',
  'definition',
  'references',
  'prepareRename',
  'completion',
  'codeLens',
  'documentSymbol',
  'foldingRange',
  'documentLink',
  'codeAction',
] as const;

/** Asks everything about a place; refusals are answers, faults are not. */
async function askEverything(editor: Editor, uri: string, line: number, character: number) {
  const position = { line, character };
  for (const method of QUESTIONS) {
    const context = { includeDeclaration: true, diagnostics: [] };
    const range = { start: position, end: position };
    const params = { textDocument: { uri }, position, range, context };
    await editor.ask(`textDocument/${method}`, params).catch((error: Error) => {
      assert.match(error.message, /There is no|An eval tag is/, `${method}: ${error.message}`);
    });
  }
}

async function withEditor(use: (editor: Editor) => Promise<void>, options?: unknown) {
  await using editor = new Editor();
  await editor.start(options);
  await use(editor);
  assert.deepEqual(editor.messages, []);
  assert.equal(editor.stderr.join(''), '');
  assert.equal(await editor.stop(), 0);
}

const codes = (found: Diagnostic[]) => found.map(({ code }) => code);

describe('odd documents', () => {
  it('answers in a document with CRLF, a byte-order mark and signs of two units', async () => {
    await withEditor(async (editor) => {
      const odd = `\ufeff${SPEC.replace('# Conduct', '# 🎩 Conduct').replaceAll('\n', '\r\n')}`;
      editor.open(URI, odd);
      const [link] = await editor.at<LocationLink[]>('definition', URI, [4, 56]);
      assert.deepEqual(link?.targetRange.start, { line: 6, character: 0 });
      const [first] = await editor.about<DocumentSymbol[]>('documentSymbol', URI);
      // The byte-order mark is the first character of the line.
      assert.equal(first?.name, '🎩 Conduct');
      assert.deepEqual(first?.selectionRange.start, { line: 0, character: 1 });
      assert.deepEqual(first?.selectionRange.end, { line: 0, character: 24 });
      const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 60 } };
      const actions = await editor
        .diagnosed(URI, (found) => codes(found).includes('S022'))
        .then((diagnostics) =>
          editor.ask<CodeAction[]>('textDocument/codeAction', {
            textDocument: { uri: URI },
            range,
            context: { diagnostics },
          }),
        );
      assert.match(JSON.stringify(actions), /tenet-ignore S022: -->\\r\\n/);
    });
  });

  it('answers about places that do not exist and documents it does not know', async () => {
    await withEditor(async (editor) => {
      editor.open(URI, SPEC);
      for (const [line, character] of [
        [0, 9999],
        [9999, 0],
        [2147483647, 2147483647],
        [4, 40],
      ] as const) {
        await askEverything(editor, URI, line, character);
      }
      await askEverything(editor, 'file:///nowhere/at/all.md', 1, 1);
      await askEverything(editor, 'file://%zz/broken', 1, 1);
      // Edits beyond the end are taken to be at the end.
      editor.type(URI, [9999, 0], [9999, 9], '\n## More {#more authority=user}\n');
      const [root] = await editor.about<DocumentSymbol[]>('documentSymbol', URI);
      assert.equal(root?.children?.at(-1)?.name, 'More');
    });
  });

  it('has nothing to say about Markdown that is no spec', async () => {
    await withEditor(async (editor) => {
      const notes = '# Notes\n\nSee [this](#gone) and [^1].\n';
      const pandoc = '# Guide {#guide}\n\n## Install {#install .unnumbered}\n';
      editor.open('untitled:notes.md', notes);
      editor.open('untitled:pandoc.md', pandoc);
      editor.open('untitled:code.ts', SPEC, 'typescript');
      for (const name of ['notes.md', 'pandoc.md', 'code.ts']) {
        assert.equal(await editor.about('documentSymbol', `untitled:${name}`), null);
      }
      editor.open(URI, SPEC);
      await editor.diagnosed(URI, () => true);
      assert.deepEqual([...editor.diagnostics.keys()], [URI]);
    });
  });

  it('does as its settings say, and says which one it does not understand', async () => {
    await using always = new Editor();
    await always.start({ recognise: 'always', delay: 0, lint: { rules: { S022: 'off' } } });
    always.open('untitled:notes.md', '# Notes\n\nSee [this](#gone).\n');
    assert.ok((await always.diagnosed('untitled:notes.md', () => true)).length > 0);
    always.open(URI, SPEC);
    assert.ok(!codes(await always.diagnosed(URI, () => true)).includes('S022'));
    always.tell('workspace/didChangeConfiguration', {
      settings: { tenet: { recognise: 'never' } },
    });
    await always.diagnosed(URI, (found) => found.length === 0);
    always.tell('workspace/didChangeConfiguration', { settings: { tenet: { delay: 'soon' } } });
    await always.about('documentSymbol', URI);
    assert.match(always.messages.join(), /Setting tenet\.delay/);
    assert.equal(await always.stop(), 0);
  });

  it('asks an editor that has settings for them, and to be told of changed files', async () => {
    await using editor = new Editor();
    const registered: string[] = [];
    editor.connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { method } of registrations) registered.push(method);
      return null;
    });
    editor.connection.onRequest('workspace/configuration', () => [{ recognise: 'always' }]);
    const workspace = {
      configuration: true,
      didChangeWatchedFiles: { dynamicRegistration: true },
    };
    await editor.start(undefined, { workspace });
    editor.open('untitled:notes.md', '# Notes\n\nSee [this](#gone).\n');
    assert.ok((await editor.diagnosed('untitled:notes.md', () => true)).length > 0);
    assert.deepEqual(registered.sort(), [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
    // An editor that shows plain text only gets a list for an outline, and no markup.
    const symbols = await editor.about<object[]>('documentSymbol', 'untitled:notes.md');
    assert.ok('location' in (symbols[0] ?? {}));
    assert.equal(await editor.stop(), 0);
  });

  it('keeps up with 10,000 headings, and with an edit in them', async () => {
    await withEditor(async (editor) => {
      const sections = Array.from(
        { length: 10_000 },
        (_, index) =>
          `${'#'.repeat((index % 6) + 1)} Clause ${index} {#c${index} authority=user}\n\nThe assistant should see [?](#c${(index * 7) % 10_000}).\n`,
      );
      editor.open(URI, sections.join('\n'));
      editor.type(URI, [2, 0], [2, 3], 'This');
      const lenses = await editor.about<CodeLens[]>('codeLens', URI);
      assert.equal(lenses.length, 30_000);
      await askEverything(editor, URI, 2, 30);
      const edit = await editor.at<{ documentChanges: { edits: unknown[] }[] }>(
        'rename',
        URI,
        [2, 30],
        { newName: 'zero' },
      );
      assert.ok((edit.documentChanges[0]?.edits.length ?? 0) >= 2);
    });
  });
});

describe('typing', () => {
  it('keeps findings where they are until the next check, without those that were touched', async () => {
    await using editor = new Editor();
    await editor.start({ delay: 60_000 });
    editor.open(URI, SPEC);
    const diagnostics = await editor.diagnosed(URI, (found) => codes(found).includes('S022'));
    const suppressionsAt = async (line: number): Promise<string> => {
      const range = { start: { line, character: 0 }, end: { line, character: 200 } };
      return JSON.stringify(
        await editor.ask<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri: URI },
          range,
          context: { diagnostics, only: ['quickfix'] },
        }),
      );
    };
    assert.match(await suppressionsAt(4), /S022/);
    editor.type(URI, [0, 0], [0, 0], '\n\n');
    assert.doesNotMatch(await suppressionsAt(4), /S022/);
    assert.match(await suppressionsAt(6), /S022.*"line":6/);
    editor.type(URI, [6, 22], [6, 31], 'always');
    assert.doesNotMatch(await suppressionsAt(6), /S022/);
    assert.equal(await editor.stop(), 0);
  });

  it('answers whatever has been typed so far, and ends with what a fresh server says', async () => {
    const start = `${SPEC}\n**Example**: a question\n\n~~~xml\n<user>\nHi 👋\n</user>\n~~~\n`;
    const pieces = [
      '[?](#',
      '{#',
      '~~~',
      '<!-- BAD[#',
      '\r',
      '\n## x {#',
      '[^',
      '`',
      '}',
      '👩‍🔬',
      'x',
    ];
    await withEditor(async (editor) => {
      let count = 0;
      const edit = fc.record({
        line: fc.nat(20),
        character: fc.nat(70),
        length: fc.nat(12),
        text: fc.constantFrom(...pieces),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
          const uri = `untitled:typed-${count++}.md`;
          editor.open(uri, start);
          let typed = TextDocument.create(uri, 'markdown', 1, start);
          for (const { line, character, length, text } of edits) {
            editor.type(uri, [line, character], [line, character + length], text);
            const range = {
              start: { line, character },
              end: { line, character: character + length },
            };
            typed = TextDocument.update(typed, [{ range, text }], typed.version + 1);
            await askEverything(editor, uri, line, character + text.length);
          }
          const symbols = await editor.about<DocumentSymbol[]>('documentSymbol', uri);
          for (const symbol of symbols) checkNesting(symbol);
          editor.tell('textDocument/didClose', { textDocument: { uri } });
          const fresh = `${uri}-again`;
          // Only an open document stays a spec whatever becomes of it, so the new one opens as it began.
          editor.open(fresh, start);
          const text = typed.getText();
          editor.type(fresh, [0, 0], [9999, 0], text);
          assert.deepEqual(await editor.about('documentSymbol', fresh), symbols);
          editor.tell('textDocument/didClose', { textDocument: { uri: fresh } });
        }),
        { numRuns: 40 },
      );
    });
  });

  it('is not led astray by what a document says', async () => {
    await withEditor(async (editor) => {
      editor.open(
        URI,
        '## <img src=x onerror=alert(1)> \u202e evil {#evil authority=root}\n\n![x](http://a.example/pixel.png) <script>[?](#evil) [run](command:do.it) [go](javascript:alert(1))\n',
      );
      const hover = await editor.at<Hover>('hover', URI, [2, 45]);
      const value = JSON.stringify(hover);
      assert.doesNotMatch(value, /(?<!\\)<(?:img|script)/);
      assert.doesNotMatch(value, /!\[/);
      assert.ok(!value.includes('\u202e'));
      assert.deepEqual(await editor.about('documentLink', URI), []);
    });
  });
});

/** An editor refuses a whole outline for one range outside of its parent's. */
function checkNesting(symbol: DocumentSymbol): void {
  const { range, selectionRange, children = [] } = symbol;
  assert.notEqual(symbol.name, '');
  for (const inner of [selectionRange, ...children.map((child) => child.range)]) {
    const starts =
      inner.start.line - range.start.line || inner.start.character - range.start.character;
    const ends = range.end.line - inner.end.line || range.end.character - inner.end.character;
    assert.ok(starts >= 0 && ends >= 0, JSON.stringify(symbol));
  }
  children.forEach(checkNesting);
}

describe('coming and going', () => {
  const TENET = fileURLToPath(new URL('../../bin/tenet.js', import.meta.url));
  const framed = (message: object): string => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const hello = framed({
    id: 1,
    method: 'initialize',
    params: { processId: null, capabilities: {} },
  });
  const opened = framed({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri: URI, languageId: 'markdown', version: 1, text: SPEC } },
  });

  async function run(
    input: string,
    waitFor: string,
  ): Promise<{ code: number | null; out: string }> {
    const child = spawn(process.execPath, [TENET, 'lsp', '--stdio']);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes(waitFor)) child.stdin.end();
    });
    child.stdin.write(input);
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { code, out };
  }

  it('exits with 0 after shutdown and exit, with 1 after exit alone', async () => {
    const bye = framed({ id: 2, method: 'shutdown' });
    const exit = framed({ method: 'exit' });
    assert.equal((await run(hello + bye + exit, 'never')).code, 0);
    assert.equal((await run(hello + exit, 'never')).code, 1);
  });

  it('ends when the editor dies, also in the middle of a check, and writes nothing but protocol', async () => {
    assert.equal((await run(hello, '"capabilities"')).code, 1);
    const { code, out } = await run(hello + opened, 'publishDiagnostics');
    assert.equal(code, 1);
    let rest = Buffer.from(out);
    while (rest.length > 0) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.toString());
      assert.ok(header !== null, rest.toString().slice(0, 80));
      const end = header[0].length + Number(header[1]);
      JSON.parse(rest.subarray(header[0].length, end).toString());
      rest = rest.subarray(end);
    }
  });

  it('survives what is no protocol at all', async () => {
    const { code } = await run(`Content-Length: 3\r\n\r\n{"}${hello}`, '"capabilities"');
    assert.equal(code, 1);
  });
});
