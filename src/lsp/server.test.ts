// An editor drives the real server over stdio: every feature on a spec small enough to know by heart, and on
// the one that comes with Tenet.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  LocationLink,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Editor } from './client.fixture.ts';

const SPEC = `<!-- tenet: id=small version=2026-01-02 levels=root>user>guideline -->

# Definitions {#definitions}

**Assistant**: whoever answers.

# Conduct {#conduct}

## Be honest {#honest authority=root tags=a}

👩‍🔬 says what is **true**[^ab12], see [?](#kind) and [this](#definitions)[^no_1]. More at [a page](https://example.com/a).

!!! meta "Commentary"
    Why: because of [?](#kind).

**Example**: asked about [?](#kind)

~~~xml
<user>
Is 1 &lt; 2?
</user>
<comparison>
<assistant> <!-- GOOD -->
Yes.
</assistant>
<assistant> <!-- BAD[#kind]: wrong, see [?](#kind) -->
No.
</assistant>
</comparison>
~~~

## Be kind {#kind authority=guideline}

Be kind. See [?](#gone).

## Unnamed
`;

const PROMPTS = `Examples for [^ab12] in Be honest:

**Example**: about [?](#kind)

~~~xml
<user>
Really?
</user>
~~~
`;

/** Where some text stands, \`skip\` characters into it. */
function place(text: string, needle: string, skip = 0): [number, number] {
  const at = text.indexOf(needle);
  assert.notEqual(at, -1, needle);
  const before = text.slice(0, at + skip).split(/\r\n|\n/);
  return [before.length - 1, before.at(-1)?.length ?? 0];
}

function applied(text: string, edits: TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('x:y', 'markdown', 1, text), edits);
}

function editsFor(edit: WorkspaceEdit | undefined, uri: string): TextEdit[] {
  const changes = edit?.documentChanges?.filter((change) => 'textDocument' in change) ?? [];
  return (changes.find((change) => change.textDocument.uri === uri)?.edits ?? []) as TextEdit[];
}

const said = ({ message }: Diagnostic): string =>
  typeof message === 'string' ? message : message.value;

const text = ({ contents }: Hover): string =>
  typeof contents === 'object' && 'value' in contents ? contents.value : '';

describe('an editor with a small spec', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-lsp-'));
  const file = join(folder, 'small.md');
  const promptFile = join(folder, 'examples', 'ab12.md');
  const uri = pathToFileURL(file).href;
  const promptUri = pathToFileURL(promptFile).href;
  let editor: Editor;

  before(async () => {
    mkdirSync(join(folder, 'examples'));
    writeFileSync(file, SPEC);
    writeFileSync(promptFile, PROMPTS);
    writeFileSync(
      join(folder, 'examples', 'free.md'),
      PROMPTS.replace('ab12', 'free').replace('about [?](#kind)', 'nothing'),
    );
    editor = new Editor();
    await editor.start({ delay: 0 }, undefined, pathToFileURL(folder).href);
    editor.open(uri, SPEC);
  });
  after(async () => {
    assert.equal(await editor.stop(), 0);
    await editor[Symbol.asyncDispose]();
    assert.equal(editor.stderr.join(''), '');
    rmSync(folder, { recursive: true });
  });

  const hover = (needle: string, skip = 1): Promise<Hover | null> =>
    editor.at<Hover | null>('hover', uri, place(SPEC, needle, skip));
  const definition = (needle: string, skip = 1): Promise<LocationLink[]> =>
    editor.at<LocationLink[]>('definition', uri, place(SPEC, needle, skip));

  it('is told what is wrong, in the spec and beside it', async () => {
    const found = await editor.diagnosed(uri, (list) => list.length > 0);
    const dangling = found.find((one) => said(one).includes('#gone'));
    assert.ok(dangling !== undefined, JSON.stringify(found));
    assert.equal(dangling.source, 'tenet');
    assert.deepEqual(dangling.range.start, { line: 33, character: 13 });
    const free = pathToFileURL(join(folder, 'examples', 'free.md')).href;
    await editor.diagnosed(free, (list) => list.length > 0);
  });

  it('shows what is named', async () => {
    const reference = await hover('[?](#kind) and');
    assert.match(text(reference as Hover), /\*\*Be kind\*\* · guideline\n\nBe kind\. See #gone\./);
    assert.match(text(reference as Hover), /`small@2026-01-02 > #kind`/);
    // Columns count UTF-16 units: the emoji before it takes five of them.
    assert.deepEqual(reference?.range?.start, { line: 10, character: 40 });
    assert.match(text((await hover('[this](#def')) as Hover), /\*\*Definitions\*\*/);
    assert.match(text((await hover('BAD[#kind', 7)) as Hover), /Be kind/);
    const tag = text((await hover('[^ab12]')) as Hover);
    assert.match(tag, /1 eval prompt.*examples\/ab12\.md`\n\n- about/);
    assert.match(text((await hover('[^no_1]')) as Hover), /no file of prompts/);
    const level = text((await hover('authority=guideline', 12)) as Hover);
    assert.match(level, /Level 3 of 3: root > user > \*\*guideline\*\*/);
    assert.equal(await hover('says what'), null);
  });

  it('goes to clause, eval file and tag', async () => {
    const clause = await definition('[?](#kind) and');
    assert.equal(clause[0]?.targetUri, uri);
    assert.equal(clause[0]?.targetSelectionRange.start.line, 31);
    assert.equal((await definition('BAD[#kind', 6))[0]?.targetSelectionRange.start.line, 31);
    assert.equal((await definition('[^ab12]'))[0]?.targetUri, promptUri);
    assert.deepEqual(await definition('[^no_1]'), []);
    assert.deepEqual(await definition('[?](#gone)'), []);
    editor.open(promptUri, PROMPTS);
    const from = (needle: string): Promise<LocationLink[]> =>
      editor.at<LocationLink[]>('definition', promptUri, place(PROMPTS, needle, 3));
    const tag = await from('[^ab12]');
    assert.deepEqual([tag[0]?.targetUri, tag[0]?.targetSelectionRange.start.line], [uri, 10]);
    assert.equal((await from('Be honest'))[0]?.targetSelectionRange.start.line, 8);
    assert.deepEqual(await from('Really'), []);
  });

  it('finds every place that names a clause', async () => {
    const find = (includeDeclaration: boolean, needle: string): Promise<Location[]> =>
      editor.at<Location[]>('references', uri, place(SPEC, needle, 4), {
        context: { includeDeclaration },
      });
    const places = (list: Location[]) =>
      list.map((one) => `${one.uri === uri ? '' : 'beside '}${one.range.start.line + 1}`);
    const expected = ['11', '14', '16', '26', '26', '32', 'beside 3'];
    assert.deepEqual(places(await find(true, '## Be kind')), expected);
    assert.deepEqual(
      places(await find(false, '[?](#kind) and')),
      expected.filter((one) => one !== '32'),
    );
    assert.deepEqual(places(await find(true, '[^ab12]')), ['11', 'beside 1']);
  });

  it('renames an id everywhere, or says why not', async () => {
    const at = place(SPEC, '[?](#kind) and', 6);
    const prepared = await editor.at<{ placeholder: string }>('prepareRename', uri, at);
    assert.equal(prepared.placeholder, 'kind');
    const edit = await editor.at<WorkspaceEdit>('rename', uri, at, { newName: '#be_kind' });
    const renamed = applied(SPEC, editsFor(edit, uri));
    assert.equal(renamed, SPEC.replaceAll('#kind', '#be_kind'));
    assert.equal(
      applied(PROMPTS, editsFor(edit, promptUri)),
      PROMPTS.replaceAll('#kind', '#be_kind'),
    );
    const refused = (newName: string) => editor.at('rename', uri, at, { newName });
    await assert.rejects(refused('honest'), {
      message: '#honest is the id of "Be honest" in line 9 already. Choose another.',
      data: { code: 'id-taken', data: { id: 'honest', title: 'Be honest', line: 9 } },
    });
    for (const bad of ['', 'two words', 'a)b', '{x}', '#', 'a#b', 'a~2'])
      await assert.rejects(refused(bad), /cannot be an id/);
    const unnamed = place(SPEC, '## Unnamed', 5);
    const named = await editor.at<WorkspaceEdit>('rename', uri, unnamed, { newName: 'named' });
    assert.match(applied(SPEC, editsFor(named, uri)), /^## Unnamed \{#named\}$/m);
    const prepare = (needle: string) => editor.at('prepareRename', uri, place(SPEC, needle, 3));
    await assert.rejects(prepare('[^ab12]'), /rename examples\/ab12\.md/);
    await assert.rejects(prepare('says what'), /Put the cursor/);
    await assert.rejects(prepare('[?](#gone)'), /no section #gone/);
  });

  it('completes what is being typed', async () => {
    const line = SPEC.split('\n').length - 1;
    const complete = async (typed: string, rest = ''): Promise<CompletionItem[]> => {
      editor.type(uri, [line, 0], [line, 0], typed + rest);
      const items = await editor.at<CompletionItem[]>('completion', uri, [line, typed.length]);
      editor.type(uri, [line, 0], [line, typed.length + rest.length], '');
      return items;
    };
    const labels = (items: CompletionItem[]) => items.map(({ label }) => label);
    const newTexts = (items: CompletionItem[]) => items.map(({ textEdit }) => textEdit?.newText);
    const ids = await complete('see [?](#ho');
    assert.deepEqual(labels(ids), ['definitions', 'conduct', 'honest', 'kind', 'unnamed']);
    assert.ok(newTexts(ids).includes('honest)'));
    assert.ok(newTexts(await complete('see [?](#', ')')).includes('honest'));
    assert.ok(newTexts(await complete('<assistant> <!-- BAD[#k')).includes('kind]'));
    assert.deepEqual(labels(await complete('<assistant> <!-- ')), ['GOOD', 'OK', 'BAD', 'BAD[#…]']);
    assert.ok(newTexts(await complete('<assistant> <!-- B')).includes('BAD -->'));
    assert.deepEqual(labels(await complete('## New {#new authority=')), [
      'root',
      'user',
      'guideline',
    ]);
    assert.deepEqual(labels(await complete('## New {#new ')), ['authority=', 'kind=', 'tags=']);
    assert.deepEqual(labels(await complete('## New {#new authority=root ', '}')), [
      'kind=',
      'tags=',
    ]);
    assert.deepEqual(labels(await complete('## Be kind {#')), ['#be_kind']);
    assert.deepEqual(labels(await complete('## New {#new kind=d')).length, 4);
    const tags = await complete('true[^');
    assert.equal(tags[0]?.label, 'free');
    assert.match(tags[1]?.label ?? '', /^[a-z0-9]{4}$/);
    assert.deepEqual(await complete('nothing here'), []);
    const resolved = await editor.ask<CompletionItem>('completionItem/resolve', ids[2]);
    assert.match(JSON.stringify(resolved.documentation), /Be honest/);
  });

  it('outlines, folds, links and counts', async () => {
    const roots = await editor.about<DocumentSymbol[]>('documentSymbol', uri);
    assert.deepEqual(
      roots.map(({ name, detail }) => `${name}:${detail}`),
      ['Definitions:definition', 'Conduct:'],
    );
    assert.deepEqual(
      roots[1]?.children?.map(({ name, detail }) => `${name}:${detail}`),
      ['Be honest:root', 'Be kind:guideline', 'Unnamed:'],
    );
    const folds = await editor.about<FoldingRange[]>('foldingRange', uri);
    const lines = folds.map(({ startLine, endLine }) => `${startLine + 1}-${endLine + 1}`);
    assert.deepEqual(lines.sort(), ['13-14', '16-30', '3-5', '32-34', '7-36', '9-30'].sort());
    const links = await editor.about<DocumentLink[]>('documentLink', uri);
    assert.deepEqual(
      links.map(({ target }) => target),
      ['https://example.com/a'],
    );
    const lenses = await editor.about<CodeLens[]>('codeLens', uri);
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      [
        '1 example',
        '1 counter-example',
        '1 eval prompt (1 tag has no file)',
        'no example',
        'no counter-example',
        'no eval prompt',
      ],
    );
    await editor.ask('workspace/executeCommand', lenses[2]?.command);
    assert.equal(editor.shown.at(-1)?.uri, promptUri);
    const found = await editor.ask<SymbolInformation[]>('workspace/symbol', { query: 'bknd' });
    assert.deepEqual(
      found.map(({ name }) => name),
      ['Be kind'],
    );
  });

  it('suppresses a finding with a reason, above the block it is in', async () => {
    const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const actions = await editor.ask<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: all,
      context: { diagnostics: await editor.diagnosed(uri, () => true) },
    });
    const suppress = actions.filter(({ title }) => title.startsWith('Suppress'));
    assert.ok(suppress.length > 0, 'no finding to suppress');
    for (const { title, edit } of suppress) {
      const rule = /Suppress (\S+)/.exec(title)?.[1] ?? '';
      const [only, ...more] = editsFor(edit, uri);
      assert.deepEqual(more, []);
      assert.equal(only?.newText, `<!-- tenet-ignore ${rule}: -->\n`);
      const withReason = { ...only, newText: `<!-- tenet-ignore ${rule}: on purpose -->\n` };
      const other = `untitled:${title}`;
      editor.open(other, applied(SPEC, [withReason as TextEdit]));
      const left = await editor.diagnosed(other, () => true);
      const idle = left.filter((one) => said(one).includes('suppression is not needed'));
      assert.deepEqual(idle, [], `${title} suppressed nothing`);
    }
  });

  it('puts right what is safe to put right, one finding or all of them', async () => {
    const other = 'untitled:untidy.md';
    const untidy = SPEC.replace('\n</user>', '\n </user>').replace('\n<user>', '\n<user>  ');
    editor.open(other, untidy);
    const diagnostics = await editor.diagnosed(other, (list) =>
      list.some((one) => one.code === 'S010'),
    );
    const ask = (only: string): Promise<CodeAction[]> =>
      editor.ask<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: other },
        range: { start: { line: 18, character: 0 }, end: { line: 18, character: 9 } },
        context: { diagnostics, only: [only] },
      });
    const [fix] = await ask('quickfix');
    assert.equal(fix?.diagnostics?.[0]?.code, 'S010');
    assert.equal(applied(untidy, editsFor(fix?.edit, other)), untidy.replace('<user>  ', '<user>'));
    const [all, ...more] = await ask('source.fixAll');
    assert.deepEqual(more, []);
    const tidy = applied(untidy, editsFor(all?.edit, other));
    assert.ok(tidy.includes('\n<user>\n') && tidy.includes('\n</user>\n'), tidy);
  });

  it('sees eval files as they stand in the editor and on disk', async () => {
    editor.type(promptUri, [0, 0], [0, 0], '\n');
    const made = join(folder, 'examples', 'no_1.md');
    writeFileSync(made, PROMPTS.replace('ab12', 'no_1'));
    const title = async (): Promise<string | undefined> =>
      (await editor.about<CodeLens[]>('codeLens', uri))[2]?.command?.title;
    for (let wait = 0; wait < 100 && (await title()) !== '2 eval prompts'; wait++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await title(), '2 eval prompts');
    const unsaved = PROMPTS.slice(PROMPTS.indexOf('**Example'));
    editor.type(promptUri, [99, 0], [99, 0], `\n${unsaved}`);
    assert.equal(await title(), '3 eval prompts');
    rmSync(made);
  });
});

describe('an editor with the starter spec', () => {
  it('reads and checks it, and finds a file for every tag', async () => {
    const file = fileURLToPath(new URL('../../specs/starter/spec.md', import.meta.url));
    const uri = pathToFileURL(file).href;
    const spec = readFileSync(file, 'utf8');
    await using editor = new Editor();
    await editor.start();
    editor.open(uri, spec);
    const found = await editor.diagnosed(uri, () => true);
    assert.deepEqual(
      found.filter(({ severity }) => severity === 1),
      [],
    );
    const lenses = await editor.about<CodeLens[]>('codeLens', uri);
    assert.ok(lenses.length > 60);
    assert.ok(lenses.every(({ command }) => !command?.title.includes('no file')));
    for (const [, tag = ''] of spec.matchAll(/\[\^([a-z0-9]{4})\]/g)) {
      const [link] = await editor.at<LocationLink[]>(
        'definition',
        uri,
        place(spec, `[^${tag}]`, 1),
      );
      assert.ok(link?.targetUri.endsWith(`/examples/${tag}.md`), tag);
    }
    assert.equal(await editor.stop(), 0);
  });
});
