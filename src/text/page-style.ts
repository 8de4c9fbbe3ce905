/** @module text/page-style The style of pages that travel: everything in the page, light and dark, and on paper. */

/** Ink on paper, three voices: sans for Tenet, serif for who is quoted, mono for names that a machine reads. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --paper: #fcfcf9; --sunken: #f3f3ee; --line: #dddcd3; --line-strong: #87857a;
  --ink: #1a1a17; --ink-2: #4d4b45; --ink-3: #66645c; --focus: #2a4bc4;
  --adheres: #0b6e6a; --violates: #b8370b; --violates-soft: #fbe5da; --caution: #7d5a00; --caution-soft: #f6ebc8;
  --hatch: rgb(26 26 23 / 5.5%);
  --sans: 'Source Sans 3', 'Segoe UI', system-ui, sans-serif;
  --serif: 'Source Serif 4', Charter, Georgia, serif;
  --mono: 'Source Code Pro', ui-monospace, 'Cascadia Mono', Menlo, monospace;
  --note: 0.875rem; --text: 1rem; --read: 1.125rem; --head: 1.375rem; --answer: 2.125rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151613; --sunken: #10110e; --line: #353630; --line-strong: #85847a;
    --ink: #edece5; --ink-2: #bdbbb1; --ink-3: #a09e94; --focus: #9db1ff;
    --adheres: #5cc4bb; --violates: #ff9a6e; --violates-soft: #42221a; --caution: #e0bd55; --caution-soft: #362d14;
    --hatch: rgb(237 236 229 / 6%);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 var(--text)/1.45 var(--sans); overflow-wrap: break-word; -webkit-text-size-adjust: 100%; overflow-x: clip; }
main { max-width: 1180px; margin: 0 auto; padding: 0 24px 72px; }
section { margin: 0 0 40px; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0 0 12px; font-weight: 650; overflow-wrap: anywhere; }
h1 { font-size: var(--answer); letter-spacing: -0.012em; margin-top: 32px; }
h2 { font-size: var(--head); font-weight: 600; border-top: 2px solid var(--ink); padding-top: 12px; }
h3 { font-size: var(--text); margin-top: 16px; }
p, ul, dl, blockquote { margin: 0 0 8px; max-width: 75ch; overflow-wrap: anywhere; }
ul { padding-left: 20px; }
li { margin: 0 0 8px; }
li > p { color: var(--ink-2); margin: 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.model { font-weight: 500; }
:is(h1, h2, h3, summary, .strong, .accent) .model { font-weight: inherit; }
code { font-family: var(--mono); font-size: 0.92em; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 24px; }
dt { color: var(--ink-2); }
dd { margin: 0; }
dd b { font-weight: 650; margin-right: 4px; }
blockquote { font: 400 var(--read)/1.6 var(--serif); white-space: pre-wrap; border-left: 2px solid var(--line); padding-left: 16px; max-width: 68ch; }
li > blockquote { margin: 8px 0 0; }
blockquote footer { font: 400 var(--note)/1.45 var(--mono); color: var(--ink-3); white-space: normal; }
ins { color: var(--adheres); }
del { color: var(--violates); }
pre { font: 0.92em/1.5 var(--mono); background: var(--sunken); padding: 12px 16px; border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--violates-soft); color: inherit; box-shadow: inset 0 -1px 0 var(--violates); }
.scroll { overflow-x: auto; margin: 0 0 16px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; }
th, td { text-align: left; padding: 5px 16px 5px 0; border-top: 1px solid var(--line); vertical-align: baseline; font-weight: 400; }
tr > :last-child { padding-right: 0; }
thead th, thead td { border-top: 0; font-size: var(--note); color: var(--ink-2); font-weight: 600; vertical-align: bottom; }
tbody tr:first-child > * { border-top: 1px solid var(--line-strong); }
.wide { font-size: var(--note); }
.wide th, .wide td { padding-right: 10px; }
th.inner { padding-left: 16px; }
.number { text-align: right; white-space: nowrap; }
td { white-space: nowrap; }
td.long, td[colspan] { white-space: normal; }
thead .number { white-space: normal; }
tr.heading th { color: var(--ink-3); padding-top: 16px; }
.strong, tr.strong > * { font-weight: 650; }
.bars { width: 100%; }
.bars thead th { overflow-wrap: anywhere; }
.bars thead tr + tr > * { font-weight: 400; }
.bars .plot { padding: 5px 20px 5px 8px; }
.bars .plot svg { min-width: 104px; }
.bars .cases { padding-right: 32px; }
.bars tr > .cases:last-child { padding-right: 0; }
svg { display: block; width: 100%; overflow: visible; }
svg .tick { stroke: var(--line); }
svg .interval { stroke: var(--ink); stroke-width: 2; }
svg circle { fill: var(--ink); stroke: var(--paper); stroke-width: 1.5; }
svg circle.few { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
svg text { font: 400 var(--note)/1 var(--sans); fill: var(--ink-3); }
small { font-size: var(--note); color: var(--ink-2); }
.dim { color: var(--ink-3); }
.good { color: var(--adheres); }
.bad { color: var(--violates); font-weight: 600; }
.warning { color: var(--caution); font-weight: 600; }
li > p:is(.bad, .warning) { font-weight: 400; }
.accent { font-weight: 650; }
.stamp { font-weight: 650; letter-spacing: 0.06em; color: var(--ink-2); }
.callout { max-width: none; padding: 8px 12px; margin: 0 0 16px; background: var(--caution-soft); color: var(--caution); font-weight: 600; border-radius: 4px; }
.callout.simulated, .callout.toy { background: var(--ink); color: var(--paper); font-size: var(--note); font-weight: 400; border-radius: 0; padding: 7px 0; margin: 0; box-shadow: 0 0 0 100vmax var(--ink); clip-path: inset(0 -100vmax); }
.callout .strong { font-weight: 700; letter-spacing: 0.06em; }
main > .callout:first-child { position: sticky; top: 0; z-index: 1; }
body:has(.callout.simulated) .bars tbody td { background-image: repeating-linear-gradient(135deg, var(--hatch) 0 1px, transparent 1px 7px); }
body:has(.callout.toy) .bars tbody td { background: radial-gradient(var(--hatch) 1px, transparent 1.2px) 0 0 / 7px 7px; }
details { margin: 0 0 12px; }
details + section { margin-top: 40px; }
summary { cursor: pointer; min-height: 28px; font-weight: 600; overflow-wrap: anywhere; }
details[open] > summary { margin-bottom: 8px; }
@media (min-width: 600px) and (max-width: 999px) {
  .bars { font-size: var(--note); }
  .bars :is(th, td) { padding-right: 8px; }
  .bars .cases { padding-right: 16px; }
  .bars .plot { padding-right: 12px; }
  .bars .plot svg { min-width: 56px; }
}
@media (max-width: 599px) {
  :root { --answer: 1.625rem; }
  main { padding: 0 16px 48px; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: 8px; }
  .bars, .bars tbody { display: block; }
  .bars thead { display: none; }
  .bars tr { display: grid; grid-template-columns: minmax(0, 1fr) 4.5em; gap: 0 8px; padding: 8px 0; border-top: 1px solid var(--line); }
  .bars tr > * { border: 0 !important; padding: 0 !important; }
  .bars tbody tr > th { grid-column: 1 / -1; font-weight: 600; }
  .bars tbody tr.heading > th { font-weight: 400; padding-top: 8px !important; }
  .bars td.rate { grid-column: 1 / -1; text-align: left; white-space: normal; margin-top: 6px; }
  .bars td.rate::before { content: attr(data-of); display: block; font-size: var(--note); color: var(--ink-2); overflow-wrap: anywhere; }
  .bars .plot { width: auto; padding: 0 8px !important; }
  .bars .cases::before { content: 'n '; color: var(--ink-3); }
}
@page { margin: 16mm 15mm; }
@page simulated { margin: 22mm 15mm 16mm; @top-left { content: 'SIMULATED. No number on this page is about a real model.'; font: 700 9pt sans-serif; } @bottom-right { content: counter(page) ' / ' counter(pages); font: 9pt sans-serif; } }
@media print {
  :root { --paper: #fff; --note: 8.5pt; --text: 9.5pt; --read: 10.5pt; --head: 13pt; --answer: 19pt; }
  html:has(.callout.simulated) { page: simulated; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  main > .callout:first-child { position: static; }
  h2, h3, thead, summary { break-after: avoid; }
  tr, li, blockquote, pre { break-inside: avoid; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;
