import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemsOf, TenetError, type Where } from './errors.ts';

const problem = problemsOf({
  'no-such-rule': ({ id }: { id: string }) => ({
    where: { flag: '--rule' },
    what: `there is no rule ${id}.`,
    remedy: 'Choose another.',
  }),
  empty: (_: object) => ({ what: 'It is empty.' }),
});

describe('problemsOf', () => {
  it('should make errors that are data, and a sentence of it', () => {
    const error = problem('no-such-rule', { id: 'S999' });
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'TenetError');
    assert.equal(error.message, '--rule: there is no rule S999. Choose another.');
    assert.deepEqual(
      [error.code, error.where, error.remedy, error.data],
      ['no-such-rule', { flag: '--rule' }, 'Choose another.', { id: 'S999' }],
    );
  });

  it('should leave out what there is none of', () => {
    const error = problem('empty', {});
    assert.equal(error.message, 'It is empty.');
    assert.deepEqual([error.where, error.remedy], [undefined, undefined]);
    assert.equal(error.cause, undefined);
  });

  it('should keep what was thrown before', () => {
    const cause = new Error('the disk is full');
    assert.equal(problem('empty', {}, { cause }).cause, cause);
  });
});

describe('TenetError', () => {
  it('should begin with the place, however much of it is known', () => {
    const places: [Where | undefined, string][] = [
      [undefined, ''],
      [{}, ''],
      [{ file: 'a.md' }, 'a.md: '],
      [{ file: 'a.md', line: 3 }, 'a.md:3: '],
      [{ file: 'a.md', line: 3, column: 7 }, 'a.md:3:7: '],
      [{ flag: '--spec' }, '--spec: '],
      [{ flag: '--limit', value: '0' }, '--limit 0: '],
      [{ flag: '--spec', file: 'a.md', line: 3 }, '--spec: a.md:3: '],
      [{ flag: '--spec', value: 'x', file: 'a.md', line: 3, column: 1 }, '--spec x: a.md:3:1: '],
      [{ value: 'x' }, 'x: '],
      [{ flag: '--name', value: '' }, '--name : '],
    ];
    for (const [where, begin] of places) {
      const said = { what: 'No.', ...(where === undefined ? {} : { where }) };
      assert.equal(new TenetError('x', said).message, `${begin}No.`);
    }
  });

  it('should be known by every copy of Tenet in a program, and nothing else be', async () => {
    const copy: typeof import('./errors.ts') = await import(
      `${new URL('errors.ts', import.meta.url).href}?copy`
    );
    assert.notEqual(copy.TenetError, TenetError);
    const [mine, theirs] = [TenetError, copy.TenetError].map(
      (Made) => new Made('x', { what: 'No.' }),
    );
    assert.ok(!(theirs instanceof TenetError), 'it is the same copy');
    for (const error of [mine, theirs]) {
      assert.ok(TenetError.is(error) && copy.TenetError.is(error));
    }
    for (const other of [new Error('x'), { code: 'x', message: '' }, 'x', null, undefined]) {
      assert.ok(!TenetError.is(other) && !copy.TenetError.is(other));
    }
  });
});
