/** @module features/spec/resolve/profile/blocks What a profile changes, and how two profiles differ, as shown. */
import { type Spec, specName } from '../../../../spec/index.ts';
import { type Block, section } from '../../../../text/blocks.ts';
import { NOTHING } from '../../../../text/figures.ts';
import { count } from '../../../../text/numbers.ts';
import type { EffectiveSpec } from './effective.ts';
import type { ClauseStanding, ProfileDifferenceDocument } from './effective-schema.ts';
import { STANDINGS } from './messages.ts';

/** What a profile changes, in a few lines beside the spec that is printed. */
export function changesBlocks({ profile, changes }: EffectiveSpec): Block[] {
  return [
    {
      type: 'paragraph',
      text: `Profile ${profile}: ${count(changes.length, 'change')}`,
      fit: 'cut',
    },
    ...changes.map(
      ({ id, action, by, reason }): Block => ({
        type: 'paragraph',
        indent: 2,
        marker: `${action} `,
        text: [{ clause: id }, ` (${by}): ${reason}`],
      }),
    ),
  ];
}

/** What differs between two deployments, clause by clause. */
export function differenceBlocks(
  spec: Spec,
  { first, second, fields, clauses }: ProfileDifferenceDocument,
): Block[] {
  const nothing: Block[] =
    fields.length + clauses.length === 0 ? [{ type: 'paragraph', text: 'Nothing differs.' }] : [];
  return [
    section({
      type: 'heading',
      level: 1,
      text: `${specName(spec)}: ${first} against ${second}`,
    }),
    section(nothing),
    section(
      fields.map(
        (field): Block => ({
          type: 'paragraph',
          text: `${field.name}: ${field.first ?? NOTHING} → ${field.second ?? NOTHING}`,
        }),
      ),
    ),
    ...clauses.map((clause) =>
      section(
        { type: 'heading', level: 2, text: [{ clause: clause.id }, ` ${clause.title}`] },
        standingBlocks(first, clause.first),
        standingBlocks(second, clause.second),
      ),
    ),
  ];
}

function standingBlocks(name: string, { state, level, by, reason, text }: ClauseStanding): Block[] {
  const at = level === null ? '' : ` at ${level}`;
  const why = by === null || reason === null ? '' : `, by ${by}: ${reason}`;
  return [
    { type: 'paragraph', indent: 2, marker: `${name}: `, text: `${STANDINGS[state]}${at}${why}` },
    ...(text === null ? [] : [{ type: 'paragraph' as const, indent: 6, text }]),
  ];
}
