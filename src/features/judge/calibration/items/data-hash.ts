/** @module features/judge/calibration/items/data-hash What a certificate stands on, as a hash. */
import { hash } from 'node:crypto';
import { canonicalJson } from '../../../../model/record.ts';
import type { CalibrationItem } from './items.ts';

/** sha256 (hexadecimal) of the items in their order: clauses' words, transcripts, truths, weights. */
export function dataHash(items: readonly CalibrationItem[]): string {
  const rows = items.map(({ id, clause, transcript, truth, mark, weight }) => [
    id,
    clause.hash,
    hash('sha256', JSON.stringify(transcript), 'hex'),
    truth,
    mark,
    weight,
  ]);
  return hash('sha256', canonicalJson({ items: rows }), 'hex');
}
