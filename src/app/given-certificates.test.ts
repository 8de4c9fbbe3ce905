import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../test/command.ts';
import {
  certificateOf,
  judgeNamed,
  starter,
} from '../features/judge/calibration/planted.fixture.ts';
import type { Certificate } from '../report/certificate/schema.ts';
import { planAudit } from '../run/plan.ts';
import type { TenetError } from './errors.ts';
import { givenCertificates } from './given-certificates.ts';

const judge = 'sim:judge?sensitivity=0.9';
const plan = planAudit({
  spec: starter,
  suite: { hash: '', scenarios: [], excluded: [] },
  subjects: [],
  judges: [judgeNamed(judge)],
  repeats: 1,
  seed: null,
});

/** What comes of a file with this text: certificates, or an error. */
function given(text: string): readonly Certificate[] | TenetError {
  using folder = temporaryFolder();
  const file = folder.at('c.json');
  writeFileSync(file, text);
  try {
    return givenCertificates([file], plan);
  } catch (error) {
    return error as TenetError;
  }
}

function errorOf(text: string): Pick<TenetError, 'code' | 'where' | 'message'> {
  const result = given(text);
  assert.ok(result instanceof Error, 'it was read');
  const { code, where = {}, message } = result;
  const { line, column } = where;
  return { code, where: line === undefined ? {} : { line, column }, message };
}

describe('certificates from files', () => {
  it('should be read, alone or with others, as they were written', async () => {
    const certificate = await certificateOf(judge);
    assert.deepEqual(given(JSON.stringify(certificate)), [certificate]);
    const several = { schema: 'tenet.certificates/1', certificates: [certificate, certificate] };
    assert.deepEqual(given(JSON.stringify(several)), [certificate, certificate]);
    assert.deepEqual(givenCertificates(undefined, plan), []);
    assert.deepEqual(givenCertificates([], plan), []);
  });

  it('should be refused where they are something else, with the place', async () => {
    const certificate = await certificateOf(judge);
    const noJson = errorOf('{\n  "schema": oops');
    assert.deepEqual([noJson.code, noJson.where], ['certificate-no-json', { line: 2, column: 13 }]);
    assert.match(noJson.message, /^--certificate: .*c\.json:2:13: this is no JSON/);
    assert.match(errorOf('[]').message, /it names no schema.*judge calibrate --certificate FILE/);
    const report = errorOf('{"schema":"tenet.report/1\\u001b[31m"}');
    assert.equal(report.code, 'no-certificate');
    assert.match(report.message, /its schema is 'tenet\.report\/1/);
    assert.ok(!report.message.includes('\u001b'));
    const changed = errorOf(JSON.stringify({ ...certificate, overall: 1 }));
    assert.equal(changed.code, 'certificate-changed');
    assert.match(changed.message, /c\.json:1:\d+: overall: .*calibrate the judge again/);
    const empty = errorOf(JSON.stringify({ schema: 'tenet.certificates/1', certificates: [] }));
    assert.equal(empty.code, 'certificate-changed');
  });

  it('should be refused where none is about the judge of the plan', async () => {
    const other = errorOf(JSON.stringify(await certificateOf('sim:judge')));
    assert.equal(other.code, 'no-certificate-fits');
    assert.match(
      other.message,
      /^--certificate .*c\.json: there is no certificate of this judge\.$/,
    );
  });
});
