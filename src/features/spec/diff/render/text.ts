/** @module features/spec/diff/render/text Two versions of a spec compared, for a terminal. */

import { cut, hanging, pad, widthOf } from '../../../../text/layout.ts';
import { count, grouped } from '../../../../text/numbers.ts';
import { type Paint, painter, type Style } from '../../../../text/paint.ts';
import { safeLine } from '../../../../text/safe-text.ts';
import type { SentenceChange, SpecChange, SpecDiff, WordPiece } from '../index.ts';
import {
  CLASSES,
  changesIn,
  countsText,
  evalRows,
  headline,
  lineText,
  markRows,
  type OutlineRow,
  outline,
} from './outline.ts';

interface Settings {
  width?: number;
  color?: boolean;
}

interface Sheet {
  width: number;
  color: boolean;
  paint: Paint;
}

const SIGN_STYLES: Record<OutlineRow['sign'], Style> = { '+': 'green', '-': 'red', '~': 'yellow' };
const CLASS_STYLES = { normative: 'red', clarifying: 'yellow', editorial: 'dim' } as const;
const WIDEST_ID = 36;
/** A change of words is told with its neighbourhood; what is the same for long is left out. */
const CONTEXT = 50;

/** What changed, the weightiest in full. */
export function renderSpecDiff(diff: SpecDiff, settings: Settings = {}): string {
  const sheet: Sheet = {
    width: Math.max(40, settings.width ?? 80),
    color: settings.color ?? false,
    paint: painter(settings.color ?? false),
  };
  const { paint, width } = sheet;
  const lines = [
    paint('bold', cut(safeLine(headline(diff)), width)),
    ...hanging('', countsText(diff), width),
  ];
  for (const { heading, rows } of outline(diff)) {
    lines.push('', paint('bold', `${heading} (${grouped(rows.length)})`), ...rowLines(rows, sheet));
  }
  for (const { name, heading, meaning } of CLASSES) {
    const changes = changesIn(diff, name);
    if (changes.length === 0) continue;
    const title = `${heading} (${grouped(changes.length)})`;
    lines.push(
      '',
      paint(['bold', CLASS_STYLES[name]], title) +
        paint('dim', cut(`  ${meaning}`, width - title.length)),
    );
    if (name === 'editorial') lines.push(...editorialLines(changes, sheet));
    else
      for (const change of changes) lines.push(...changeLines(change, name === 'normative', sheet));
  }
  const marks = markRows(diff);
  if (marks.length > 0) {
    lines.push('', paint('bold', `Marks (${grouped(marks.length)})`));
    for (const { id, title, marks: changed } of marks) {
      lines.push(...hanging('  ', safeLine(`#${id}, example “${title}”`), width));
      for (const { from, to, reply } of changed) {
        const text = `${from ?? 'no mark'} → ${to ?? 'no mark'}: ${reply}`;
        lines.push(...hanging('    ', safeLine(text), width));
      }
    }
  }
  const evals = evalRows(diff);
  if (evals.length > 0) {
    const title = `Eval tags and prompts (${grouped(evals.length)})`;
    lines.push('', paint('bold', title), ...rowLines(evals, sheet));
  }
  if (diff.evalPrompts === null) {
    const text = 'Eval prompts were not compared: one version came without examples/ beside it.';
    lines.push('', ...hanging('', text, width));
  }
  return `${lines.join('\n')}\n`;
}

function rowLines(rows: readonly OutlineRow[], { width, paint }: Sheet): string[] {
  const ids = rows.map(({ id }) => safeLine(id));
  const column = Math.min(WIDEST_ID, Math.max(...ids.map(widthOf)));
  return rows.flatMap(({ sign, text }, place) => {
    const [first = '', ...rest] = hanging(
      `  ${sign} ${pad(ids[place] ?? '', column)}  `,
      safeLine(text),
      width,
    );
    return [`  ${paint(SIGN_STYLES[sign], sign)}${first.slice(3)}`, ...rest];
  });
}

/** Those of one reason and kind together: there are many, and none is weighty. */
function editorialLines(changes: readonly SpecChange[], { width }: Sheet): string[] {
  const groups = Map.groupBy(changes, ({ kind, reason }) =>
    kind === 'level' ? 'level: the new name of a level' : `${kind}: ${reason}`,
  );
  return [...groups].flatMap(([what, found]) => {
    const ids = found.map(({ id }) => (id === null ? 'the document' : `#${id}`));
    return hanging('  ', safeLine(`${what}: ${ids.join(', ')}`), width);
  });
}

function changeLines(change: SpecChange, isFull: boolean, sheet: Sheet): string[] {
  const { width, paint } = sheet;
  const name = change.id === null ? 'the document' : `#${change.id}`;
  const where = lineText(change);
  const head = `${name} ${change.kind}${where === '' ? '' : ` (${where})`}`;
  const lines = [`  ${paint('bold', cut(safeLine(head), width - 2))}`];
  const weighty = (change.edits ?? []).filter((edit) => edit.class === change.class);
  if (!isFull || weighty.length === 0) {
    return [...lines, ...hanging('    ', safeLine(change.reason), width)];
  }
  for (const edit of weighty) lines.push(...editLines(edit, sheet));
  const rest = (change.edits?.length ?? 0) - weighty.length;
  if (rest > 0)
    lines.push(...hanging('    ', `and ${count(rest, 'lesser change')} of sentences`, width));
  return lines;
}

function editLines(edit: SentenceChange, sheet: Sheet): string[] {
  const { width, paint } = sheet;
  const reason = hanging('    ', safeLine(edit.reason), width).map((line) => paint('dim', line));
  if (edit.words === undefined) {
    const sign = edit.type === 'removed' ? '-' : '+';
    const style = sign === '-' ? 'red' : 'green';
    const text = hanging(`    ${sign} `, safeLine(edit.before ?? edit.after ?? ''), width);
    return [...reason, ...text.map((line) => paint(style, line))];
  }
  return [...reason, ...wordLines(edit.words, sheet)];
}

/** Private characters: safe text holds none, so none of these can be forged. */
const MARKS = { '-': '\ue000', '+': '\ue001', '=': '\ue002' } as const;

/** One sentence with `[-old-]` and `{+new+}` in it, or in colour where there is any. */
function wordLines(words: readonly WordPiece[], { width, color, paint }: Sheet): string[] {
  const pieces = words.map(([sign, text], place): WordPiece => {
    return [sign, sign === '=' ? shortened(text, place === 0, place === words.length - 1) : text];
  });
  if (!color) {
    const plain = pieces.map(([sign, text]) => {
      const safe = safeLine(text);
      if (sign === '=') return safe;
      return sign === '-' ? `[-${safe}-]` : `{+${safe}+}`;
    });
    return hanging('    ~ ', plain.join(''), width);
  }
  const marked = pieces.map(([sign, text]) => `${MARKS[sign]}${safeLine(text)}`).join('');
  let style: Style | null = null;
  return hanging('    ~ ', marked, width).map((line) =>
    line
      .split(/([\ue000-\ue002])/)
      .map((part) => {
        if (part === MARKS['-']) style = 'red';
        else if (part === MARKS['+']) style = 'green';
        else if (part === MARKS['=']) style = null;
        else return style === null ? part : paint(style, part);
        return '';
      })
      .join(''),
  );
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= 2 * CONTEXT) return text;
  const start = isFirst ? '' : text.slice(0, CONTEXT).replace(/\S*$/, '');
  const end = isLast ? '' : text.slice(-CONTEXT).replace(/^\S*/, '');
  return `${start}[…]${end}`;
}
