/** @module features/spec/fetch/fetch-text Published specs in a list, and what was fetched of one. */

import { hanging, pad, widthOf } from '../../../text/layout.ts';
import { count } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { addressOf, type PublishedSpec } from './published.ts';

interface Settings {
  width: number;
  color: boolean;
}

/** The published specs: name, version, licence, address. */
export function catalogueText(specs: readonly PublishedSpec[], { width, color }: Settings): string {
  const paint = painter(color);
  const names = specs.map(({ name, version }) => `${name}@${version}`);
  const column = Math.max(...names.map(widthOf));
  const lines = specs.flatMap((spec, place) => {
    const prompts = spec.examples === null ? '' : `, ${spec.examples.files} files of eval prompts`;
    const pinned = spec.sha256 === null ? ', pinned when first fetched' : '';
    const head = `${pad(names[place] ?? '', column)}  ${spec.title} (${spec.licence}${prompts}${pinned})`;
    return [
      ...hanging('', head, width).map((line) => paint('bold', line)),
      ...hanging('  ', addressOf(spec, spec.document), width),
    ];
  });
  const hint =
    "'tenet spec fetch openai' fetches the newest of that name, 'openai@2025-09-12' that version.";
  return [...lines, '', ...hanging('', hint, width), ''].join('\n');
}

/** What was fetched, and where it is. */
export function fetchedText(input: {
  folder: string;
  pin: {
    name: string;
    version: string;
    title: string;
    licence: string;
    document: string;
    sha256: string;
    files: Readonly<Record<string, string>>;
    tagsWithoutFile: readonly string[];
  };
  isNew: boolean;
  width: number;
  color: boolean;
}): string {
  const { folder, pin, width } = input;
  const paint = painter(input.color);
  const line = (text: string): string[] => hanging('  ', safeLine(text), width);
  const prompts = Object.keys(pin.files).length - 1;
  const missing = pin.tagsWithoutFile;
  const without =
    missing.length === 0
      ? ''
      : `; ${count(missing.length, 'tag')} without one: ${missing.join(' ')}`;
  const state = input.isNew ? '' : ' is here already, unchanged';
  return [
    paint('bold', safeLine(`${pin.name}@${pin.version}${state}`)),
    ...line(`${pin.title} (${pin.licence})`),
    ...line(`${folder}/${pin.document}`),
    ...line(`sha256 ${pin.sha256}`),
    ...(prompts > 0 ? line(`${count(prompts, 'file')} of eval prompts${without}`) : []),
    '',
  ].join('\n');
}
