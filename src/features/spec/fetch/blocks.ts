/** @module features/spec/fetch/blocks Published specs in a list, and what was fetched of one. */
import { type Block, section } from '../../../text/blocks.ts';
import { pad, widthOf } from '../../../text/layout.ts';
import { count } from '../../../text/numbers.ts';
import { addressOf, type PublishedSpec } from './published.ts';
import type { FetchedSpec, Pin } from './schema.ts';

/** The published specs: name, version, licence, address. */
export function catalogueBlocks(specs: readonly PublishedSpec[]): Block[] {
  const nameOf = ({ name, version }: PublishedSpec): string => `${name}@${version}`;
  const column = Math.max(...specs.map((spec) => widthOf(nameOf(spec))));
  return [
    section(
      specs.flatMap((spec): Block[] => {
        const { title, licence, examples, sha256 } = spec;
        const prompts = examples === null ? '' : `, ${examples.files} files of eval prompts`;
        const pinned = sha256 === null ? ', pinned when first fetched' : '';
        const name = pad(nameOf(spec), column);
        return [
          {
            type: 'paragraph',
            text: `${name}  ${title} (${licence}${prompts}${pinned})`,
            tone: 'strong',
          },
          { type: 'paragraph', indent: 2, text: addressOf(spec, spec.document) },
        ];
      }),
    ),
    section({
      type: 'paragraph',
      text: "'tenet spec fetch openai' fetches the newest of that name, 'openai@2025-09-12' that version.",
    }),
  ];
}

/** What a folder holds of a published spec: just fetched, or there already and unchanged. */
export function fetchedBlocks(
  folder: string,
  { name, version, title, licence, document, sha256, files, tagsWithoutFile: missing }: Pin,
  state: FetchedSpec['state'],
): Block[] {
  const prompts = Object.keys(files).length - 1;
  const without =
    missing.length === 0
      ? ''
      : `; ${count(missing.length, 'tag')} without one: ${missing.join(' ')}`;
  const lines = [
    `${title} (${licence})`,
    `${folder}/${document}`,
    `sha256 ${sha256}`,
    ...(prompts > 0 ? [`${count(prompts, 'file')} of eval prompts${without}`] : []),
  ];
  const known = state === 'fetched' ? '' : ' is here already, unchanged';
  return [
    { type: 'heading', level: 1, text: `${name}@${version}${known}`, fit: 'wrap' },
    ...lines.map((text): Block => ({ type: 'paragraph', indent: 2, text })),
  ];
}
