/**
 * @module spec/formats/from-json
 * A spec from a value of the form `tenet.spec/1`.
 */

import { readSpec } from '../read.ts';
import type { Spec } from '../types.ts';

/**
 * The spec in a value, such as `specToJson` gives. Like `readSpec` it never throws: what is not of the
 * form is in `diagnostics`, with its place in the value printed with two spaces of indentation.
 */
export function specFromJson(value: unknown, file = 'spec.json'): Spec {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return readSpec({ file, bytes: new TextEncoder().encode(text), dialect: 'json' });
}
