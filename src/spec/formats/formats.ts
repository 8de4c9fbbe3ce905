/**
 * @module spec/formats
 * A spec in the forms in which it can be taken elsewhere, and back.
 */

import { printJson } from '../../text/json.ts';
import type { Spec } from '../types.ts';
import type { ExchangeForm } from './losses.ts';
import { specToSpecEval } from './speceval.ts';
import { specToMarkdown } from './tenet-markdown.ts';
import { specToJson, specToJsonLines, specToYaml } from './write-records.ts';

/** A spec as text in one of the forms. */
export function printAs(spec: Spec, form: ExchangeForm): string {
  if (form === 'tenet') return specToMarkdown(spec);
  if (form === 'jsonl') return specToJsonLines(spec);
  if (form === 'yaml') return specToYaml(spec);
  if (form === 'speceval') return specToSpecEval(spec);
  return printJson(specToJson(spec));
}
