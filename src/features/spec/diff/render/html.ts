/**
 * @module features/spec/diff/render/html
 * Two versions of a spec compared, as one file for a browser or a printer: no script, nothing fetched.
 */
import { escapeAttribute } from '../../../../text/entities.ts';
import { count, grouped } from '../../../../text/numbers.ts';
import { safeLine, safeText } from '../../../../text/safe-text.ts';
import type { SentenceChange, SpecChange, SpecDiff } from '../index.ts';
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
import { type RunOutlook, STANDING_TEXTS } from './runs.ts';
import { SPEC_DIFF_STYLE } from './style.ts';

/** What changed, as a whole HTML document. Text from the specs is escaped: it is shown, never obeyed. */
export function renderSpecDiffHtml(diff: SpecDiff, runs?: readonly RunOutlook[]): string {
  const title = escaped(headline(diff));
  const parts = [
    `<h1>${title}</h1>`,
    `<p class="counts">${escaped(countsText(diff))}</p>`,
    contents(diff, runs),
    ...outline(diff).map(
      ({ heading, rows }) =>
        `<section><h2 id="${anchor(heading)}">${heading}</h2>${rowTable(rows)}</section>`,
    ),
    ...CLASSES.flatMap(({ name, heading, meaning }) => {
      const changes = changesIn(diff, name);
      if (changes.length === 0) return [];
      const body =
        name === 'editorial' ? editorialTable(changes) : changes.map(changeHtml).join('\n');
      return `<section class="${name}"><h2 id="${anchor(heading)}">${heading}</h2><p class="meaning">${count(changes.length, 'change')}: ${meaning}.</p>${body}</section>`;
    }),
    marksHtml(diff),
    evalsHtml(diff),
    runs === undefined ? '' : runsHtml(runs),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${SPEC_DIFF_STYLE}</style>
</head>
<body>
<main>
${parts.filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}

/** Text for an element or a quoted attribute: one line, everything unseen made visible. */
function escaped(text: string): string {
  return entities(safeLine(text));
}

function entities(text: string): string {
  return escapeAttribute(text).replaceAll("'", '&#39;');
}

function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}

function contents(diff: SpecDiff, runs: readonly RunOutlook[] | undefined): string {
  const entries = [
    ...outline(diff).map(({ heading, rows }) => [heading, rows.length] as const),
    ...CLASSES.map(({ name, heading }) => [heading, changesIn(diff, name).length] as const),
    ['Marks', markRows(diff).length] as const,
    ['Eval tags and prompts', evalRows(diff).length] as const,
    ['Past runs', runs?.length ?? 0] as const,
  ].filter(([, number]) => number > 0);
  const items = entries.map(
    ([heading, number]) => `<a href="#${anchor(heading)}">${heading} <b>${grouped(number)}</b></a>`,
  );
  return items.length === 0 ? '' : `<nav aria-label="Contents">${items.join(' ')}</nav>`;
}

const SIGN_NAMES = { '+': 'new', '-': 'gone', '~': 'other' } as const;

function rowTable(rows: readonly OutlineRow[]): string {
  const body = rows.map(
    ({ sign, id, text }) =>
      `<tr class="${SIGN_NAMES[sign]}"><td class="sign">${sign === '-' ? '−' : sign}</td><th scope="row"><code>${escaped(id)}</code></th><td>${escaped(text)}</td></tr>`,
  );
  return `<table><tbody>${body.join('\n')}</tbody></table>`;
}

function changeHtml(change: SpecChange): string {
  const name = change.id === null ? 'The document' : `<code>#${escaped(change.id)}</code>`;
  const edits = (change.edits ?? []).map(editHtml);
  const list = edits.length === 0 ? '' : `<ul>${edits.join('\n')}</ul>`;
  return `<article><h3>${name} <span>${change.kind}</span> <small>${lineText(change)}</small></h3><p class="reason">${escaped(change.reason)}</p>${list}</article>`;
}

function editHtml(edit: SentenceChange): string {
  const about = `<span class="tag ${edit.class}">${edit.class}</span> <span class="reason">${escaped(edit.reason)}</span>`;
  const text =
    edit.words === undefined
      ? wordHtml(edit.type === 'removed' ? '-' : '+', edit.before ?? edit.after ?? '')
      : edit.words.map(([sign, word]) => wordHtml(sign, word)).join('');
  return `<li>${about}<p class="sentence" dir="auto">${edit.type === 'moved' ? escaped(edit.after ?? '') : text}</p></li>`;
}

function wordHtml(sign: '=' | '-' | '+', text: string): string {
  const shown = escaped(text);
  if (sign === '=') return shown;
  return sign === '-' ? `<del>${shown}</del>` : `<ins>${shown}</ins>`;
}

function editorialTable(changes: readonly SpecChange[]): string {
  const rows = changes.map(
    ({ id, kind, reason }) =>
      `<tr><th scope="row"><code>${id === null ? 'document' : `#${escaped(id)}`}</code></th><td>${kind}</td><td>${escaped(reason)}</td></tr>`,
  );
  return `<table><tbody>${rows.join('\n')}</tbody></table>`;
}

function marksHtml(diff: SpecDiff): string {
  const rows = markRows(diff).flatMap(({ id, title, marks }) =>
    marks.map(
      ({ from, to, reply }) =>
        `<tr><th scope="row"><code>#${escaped(id)}</code></th><td>${escaped(title)}</td><td>${from ?? 'none'} → ${to ?? 'none'}</td><td dir="auto">${escaped(reply)}</td></tr>`,
    ),
  );
  if (rows.length === 0) return '';
  return `<section><h2 id="marks">Marks</h2><table><tbody>${rows.join('\n')}</tbody></table></section>`;
}

function evalsHtml(diff: SpecDiff): string {
  const rows = evalRows(diff);
  const missing =
    diff.evalPrompts === null
      ? '<p>Eval prompts were not compared: one version came without <code>examples/</code> beside it.</p>'
      : '';
  if (rows.length === 0) return missing;
  return `<section><h2 id="eval-tags-and-prompts">Eval tags and prompts</h2>${rowTable(rows)}${missing}</section>`;
}

function runsHtml(runs: readonly RunOutlook[]): string {
  const blocks = runs.map(
    ({ run, simulated, verdicts, standing, stale, byStanding, command, again, notes }) => {
      const rows = Object.entries(byStanding)
        .filter(([, number]) => number > 0)
        .map(
          ([name, number]) =>
            `<tr><td class="number">${grouped(number)}</td><td>${escaped(STANDING_TEXTS[name as keyof typeof STANDING_TEXTS])}</td></tr>`,
        );
      const rerun =
        command === null
          ? ''
          : `<p>To run again (${count(again.scenarios.length, 'scenario')}, ${count(again.samples, 'sample')}):</p><pre>${entities(safeText(command))}</pre>`;
      return `<article><h3>${simulated ? '<strong>SIMULATED</strong> ' : ''}<code>${escaped(run)}</code></h3><p>${grouped(standing)} of ${count(verdicts, 'verdict')} still stand, ${grouped(stale)} are stale.</p><table><tbody>${rows.join('\n')}</tbody></table>${rerun}${notes.map((note) => `<p>${escaped(note)}</p>`).join('')}</article>`;
    },
  );
  const body =
    blocks.length === 0 ? '<p>The ledger has no run of this spec.</p>' : blocks.join('\n');
  return `<section><h2 id="past-runs">Past runs</h2>${body}</section>`;
}
