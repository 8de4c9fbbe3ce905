import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Result } from '../app/command.ts';
import { TenetError } from '../app/errors.ts';
import { errorDocument, printed } from './print.ts';
import { errorSchema } from './schema.ts';

const SCREEN = { width: 80, color: false };

const RESULT: Result = {
  document: { schema: 'tenet.x/1' },
  blocks: (detail) => [{ type: 'paragraph', text: `It is *so* <${detail}>.` }],
  formats: { csv: () => 'a,b\r\n' },
};

const print = (result: Result, format?: string, more: { json?: boolean; all?: boolean } = {}) =>
  printed(
    result,
    { json: false, all: false, ...(format === undefined ? {} : { format }), ...more },
    SCREEN,
  );

describe('a result', () => {
  it('should be printed in the form that was asked for', () => {
    assert.equal(print(RESULT), 'It is *so* <glance>.\n');
    assert.equal(print(RESULT, 'text', { all: true }), 'It is *so* <all>.\n');
    assert.equal(print(RESULT, 'csv'), 'a,b\r\n');
    assert.equal(print(RESULT, 'markdown'), 'It is \\*so\\* \\<all\\>.\n');
    assert.match(print(RESULT, 'html'), /<p>It is \*so\* &lt;all&gt;\.<\/p>/);
    assert.equal(print(RESULT, 'csv', { json: true }), '{\n  "schema": "tenet.x/1"\n}\n');
  });

  it('should be printed as it is where it is a text, and not at all where there is none', () => {
    assert.equal(print({ text: '# Draft\n' }), '# Draft\n');
    assert.equal(print({ text: '# Draft\n' }, 'text', { json: true }), '# Draft\n');
    assert.equal(print({}), '');
    assert.equal(print({ exit: 130 }, 'text', { json: true }), '');
  });
});

describe('an error', () => {
  it('should be a document of its schema, whatever was thrown', () => {
    const told = new TenetError(
      'no-such-rule',
      { what: 'no.', where: { flag: '--rule', value: 'S999' }, remedy: 'Choose another.' },
      { id: 'S999' },
    );
    const documents = [told, new TypeError('x is null'), 'a text', null].map(errorDocument);
    for (const document of documents) errorSchema.parse(document);
    assert.deepEqual(documents, [
      {
        schema: 'tenet.error/1',
        code: 'no-such-rule',
        message: '--rule S999: no. Choose another.',
        where: { flag: '--rule', value: 'S999' },
        remedy: 'Choose another.',
        data: { id: 'S999' },
      },
      ...[
        ['internal', 'x is null'],
        ['internal', 'a text'],
        ['internal', 'null'],
      ].map(([code, message]) => ({
        schema: 'tenet.error/1',
        code,
        message,
        where: null,
        remedy: null,
        data: {},
      })),
    ]);
  });
});
