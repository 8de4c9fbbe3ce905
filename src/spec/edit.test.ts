// What is not edited keeps its bytes; what is edited changes its own lines and says what was asked for.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RELEASES, sharedData, sharedRelease, skipUnlessShared } from '../../test/shared-data.ts';
import {
  applyEdits,
  EditProblem,
  editSpec,
  examplesOf,
  findSection,
  printEdited,
  printSpec,
  readSpec,
  type Spec,
  type SpecEdit,
  type Turn,
} from './index.ts';

const encoder = new TextEncoder();
const starter = readFileSync(new URL('../../specs/starter/spec.md', import.meta.url));
const read = (bytes: Uint8Array): Spec => readSpec({ file: 'spec.md', bytes });

function edited(spec: Spec, ...changes: SpecEdit[]): Spec {
  const [document] = editSpec(spec, changes);
  return readSpec({ file: spec.file, bytes: printEdited(spec, document?.edits ?? []) });
}

/** How many lines at either end two texts share, and how many are left between. */
function changedLines(
  before: string,
  after: string,
): { from: number; before: number; after: number } {
  const a = before.split('\n');
  const b = after.split('\n');
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  return { from: from + 1, before: a.length - from - end, after: b.length - from - end };
}

describe('printing what was read', () => {
  it('gives the bytes of every shared file again', (t) => {
    if (skipUnlessShared(t)) return;
    let files = 0;
    const visit = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) visit(path);
        else if (statSync(path).size < 3_000_000) {
          const bytes = readFileSync(path);
          const printed = printSpec(readSpec({ file: path, bytes }));
          assert.ok(Buffer.compare(bytes, printed) === 0, path);
          files++;
        }
      }
    };
    for (const folder of ['model-spec', 'claude-constitution', 'open-character', 'inspect-logs']) {
      const path = sharedData(folder);
      if (path !== null) visit(path);
    }
    assert.ok(files > 390, `${files} files`);
  });

  it('gives any bytes again', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 8 }).map((text) => encoder.encode(text)),
      fc
        .constantFrom('\r\n', '\r', '\ufeff', '\ufffd', '# A {#a authority=root}\n', '- x\n')
        .map((text) => encoder.encode(text)),
      fc
        .constantFrom(
          [0xef, 0xbb, 0xbf],
          [0xf0, 0x9f, 0x98],
          [0xe0, 0x80],
          [0xed, 0xa0, 0x80],
          [0xf5],
        )
        .map((bytes) => Uint8Array.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Uint8Array.from(pieces.flatMap((part) => [...part]));
        assert.deepEqual([...printSpec(read(bytes))], [...bytes]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an edit', () => {
  const spec = read(starter);
  const ids = spec.sections.map(({ id }) => id);

  it('of a heading changes one line', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.constantFrom('root', 'guideline', null),
        fc.constantFrom('A new title', '标题', 'Nouveau «titre»'),
        (id, level, title) => {
          const levelled = edited(spec, { type: 'setLevel', id, level });
          assert.equal(findSection(levelled, id)?.level, level);
          const lines = changedLines(spec.text, levelled.text);
          assert.ok(lines.before <= 1 && lines.after <= 1);
          const titled = edited(spec, { type: 'setTitle', id, title });
          assert.equal(findSection(titled, id)?.title, title);
          const { line } = (findSection(spec, id) ?? spec.sections[0])?.heading.start ?? {
            line: 0,
          };
          assert.deepEqual(changedLines(spec.text, titled.text), {
            from: line,
            before: 1,
            after: 1,
          });
          const tagged = edited(spec, { type: 'setAttribute', id, key: 'tags', value: 'a,b' });
          assert.deepEqual(findSection(tagged, id)?.tags, ['a', 'b']);
          const untagged = edited(tagged, { type: 'setAttribute', id, key: 'tags', value: null });
          assert.deepEqual(findSection(untagged, id)?.tags, []);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a heading that marks close puts braces in their place', () => {
    const spec = readSpec('# Be kind ##\n\nText.\n');
    const id = spec.sections[0]?.id ?? '';
    const [edited] = editSpec(spec, [{ type: 'setLevel', id, level: 'root' }]);
    assert.equal(
      applyEdits(spec.text, edited?.edits ?? []),
      `# Be kind {#${id} authority=root}\n\nText.\n`,
    );
    const [renamed] = editSpec(spec, [{ type: 'setTitle', id, title: 'Learn C#' }]);
    assert.equal(applyEdits(spec.text, renamed?.edits ?? []), '# Learn C# ##\n\nText.\n');
    assert.throws(
      () => editSpec(spec, [{ type: 'setTitle', id, title: 'Learn C #' }]),
      EditProblem,
    );
  });

  it('of an id reaches every reference, and going back gives the same text', (t) => {
    if (skipUnlessShared(t)) return;
    for (const version of RELEASES) {
      const release = readSpec(sharedRelease(version));
      for (const { id } of release.sections) {
        const renamed = edited(release, { type: 'renameId', id, to: 'renamed_id' });
        assert.ok(
          findSection(renamed, 'renamed_id') !== undefined &&
            findSection(renamed, id) === undefined,
        );
        const dangling = renamed.diagnostics.filter(({ code }) => code === 'dangling-reference');
        assert.deepEqual(dangling, [], id);
        const back = edited(renamed, { type: 'renameId', id: 'renamed_id', to: id });
        assert.ok(back.text === release.text, id);
        if (version !== '2025-12-18') break;
      }
    }
  });

  it('of a title reaches the files of its eval prompts', (t) => {
    if (skipUnlessShared(t)) return;
    const release = readSpec(sharedRelease('2025-12-18'));
    const files = editSpec(release, [
      { type: 'setTitle', id: 'avoid_sycophancy', title: 'No flattery' },
    ]);
    assert.equal(files.length, 3);
    const source = sharedRelease('2025-12-18').evalFiles.find(
      ({ file }) => file === files[1]?.file,
    );
    const text = applyEdits(new TextDecoder().decode(source?.bytes), files[1]?.edits ?? []);
    assert.match(text, /^Examples for \[\^\w{4}\] in No flattery:\n/);
  });

  it('of text, examples and clauses does what it says and no more', () => {
    for (const end of ['\n', '\r\n']) {
      const source = read(encoder.encode(spec.text.replaceAll('\n', end)));
      for (const section of source.sections) {
        const { id } = section;
        const block = section.blocks.findIndex(({ type }) => type === 'paragraph');
        if (block !== -1) {
          const after = edited(source, { type: 'setText', id, block, text: 'It must be so.' });
          const found = findSection(after, id)?.blocks[block];
          assert.equal(found?.type === 'paragraph' ? found.text : '', 'It must be so.');
          assert.equal(
            after.text.length - source.text.length,
            14 - length(section.blocks[block]?.span),
          );
        }
        const turns: Turn[] = [
          {
            type: 'message',
            role: 'user',
            content: '<b>\n~~~\n# H {#h}',
            untrusted: [],
            attributes: {},
            elided: false,
            span: section.span,
          },
        ];
        const added = edited(source, {
          type: 'addExample',
          id,
          example: { title: 'new', turns },
        });
        const example = examplesOf(findSection(added, id) ?? section).at(-1);
        assert.equal(example?.title, 'new');
        const message = example?.turns[0];
        assert.equal(message?.type === 'message' ? message.content : '', '<b>\n~~~\n# H {#h}');
        const removed = edited(added, {
          type: 'removeExample',
          id,
          ordinal: example?.ordinal ?? 0,
        });
        assert.equal(findSection(removed, id)?.textHash, section.textHash);
        const grown = edited(source, {
          type: 'addClause',
          after: id,
          id: 'brand_new',
          title: 'New',
          level: 'user',
          text: 'Be new.',
        });
        assert.equal(grown.sections.length, source.sections.length + 1);
        const shrunk = edited(grown, { type: 'removeClause', id: 'brand_new' });
        assert.deepEqual(
          shrunk.sections.map(({ textHash }) => textHash),
          source.sections.map(({ textHash }) => textHash),
        );
      }
    }
  });

  it('leaves broken bytes elsewhere alone', () => {
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('# A {#a authority=root}\n\nx '),
      Buffer.from([0xff]),
      Buffer.from(' y\n\n# B {#b}\n\n'),
      Buffer.from([0xe0, 0x80]),
    ]);
    const [document] = editSpec(read(bytes), [{ type: 'setTitle', id: 'b', title: 'Longer' }]);
    const printed = Buffer.from(printEdited(read(bytes), document?.edits ?? []));
    assert.deepEqual(
      printed,
      Buffer.from(bytes.toString('latin1').replace('# B', '# Longer'), 'latin1'),
    );
  });

  it('that cannot be made says why', () => {
    const bad: SpecEdit[] = [
      { type: 'setTitle', id: 'nowhere', title: 'x' },
      { type: 'setTitle', id: 'overview', title: 'a\nb' },
      { type: 'renameId', id: 'overview', to: 'definitions' },
      { type: 'renameId', id: 'overview', to: 'a b' },
      { type: 'setText', id: 'overview', block: 99, text: '' },
      { type: 'removeExample', id: 'overview', ordinal: 1 },
      { type: 'setAttribute', id: 'overview', key: 'tags', value: '"}' },
    ];
    for (const change of bad) assert.throws(() => editSpec(spec, [change]), EditProblem);
  });
});

function length(span: { start: { offset: number }; end: { offset: number } } | undefined): number {
  return span === undefined ? 0 : span.end.offset - span.start.offset;
}
