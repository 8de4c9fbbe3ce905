/** @module text/page-style The style of pages that travel: everything in the page, light and dark, and on paper. */

/** Ink on paper, three voices: sans for Tenet, serif for who is quoted, mono for names that a machine reads. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --paper: #fcfcf9; --sunken: #f3f3ee; --line: #dddcd3; --ink: #1a1a17; --ink-2: #4d4b45; --ink-3: #66645c;
  --adheres: #0b6e6a; --violates: #b8370b; --caution: #7d5a00; --caution-soft: #f6ebc8;
  --sans: 'Source Sans 3', 'Segoe UI', system-ui, sans-serif;
  --serif: 'Source Serif 4', Charter, Georgia, serif;
  --mono: 'Source Code Pro', ui-monospace, 'Cascadia Mono', Menlo, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151613; --sunken: #10110e; --line: #353630; --ink: #edece5; --ink-2: #bdbbb1; --ink-3: #a09e94;
    --adheres: #5cc4bb; --violates: #ff9a6e; --caution: #e0bd55; --caution-soft: #362d14;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.45 var(--sans); }
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 72px; }
section { margin: 0 0 32px; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0 0 12px; }
h1 { font-size: 2.125rem; font-weight: 650; }
h2 { font-size: 1.375rem; font-weight: 650; border-top: 2px solid var(--ink); padding-top: 12px; }
h3 { font-size: 1rem; font-weight: 600; }
p, ul, dl, blockquote { margin: 0 0 8px; max-width: 75ch; overflow-wrap: anywhere; }
ul { padding-left: 20px; }
code { font-family: var(--mono); font-size: 0.92em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; }
dt { color: var(--ink-2); }
dd { margin: 0; }
blockquote { font: 1.125rem/1.6 var(--serif); white-space: pre-wrap; border-left: 2px solid var(--line); padding-left: 16px; }
ins { color: var(--adheres); }
del { color: var(--violates); }
pre { font: 0.92em/1.5 var(--mono); background: var(--sunken); padding: 12px 16px; border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--caution-soft); color: inherit; }
table { border-collapse: collapse; margin: 0 0 16px; font-variant-numeric: tabular-nums lining-nums; display: block; overflow-x: auto; max-width: 100%; }
th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { font-size: 0.875rem; font-weight: 600; color: var(--ink-2); vertical-align: bottom; }
th.inner { padding-left: 16px; }
td.number, th.number { text-align: right; white-space: nowrap; }
tr.heading th { color: var(--ink-3); padding-top: 12px; }
tr.strong th, tr.strong td, .strong { font-weight: 650; }
svg .tick { stroke: var(--line); }
svg .interval { stroke: var(--ink); stroke-width: 1.5; }
svg circle { fill: var(--ink); }
small { font-size: 0.875rem; color: var(--ink-2); }
.dim { color: var(--ink-3); }
.good { color: var(--adheres); }
.bad { color: var(--violates); }
.warning { color: var(--caution); }
.callout { background: var(--caution-soft); color: var(--caution); font-weight: 600; padding: 8px 12px; border-radius: 4px; max-width: none; }
details { margin: 0 0 16px; }
summary { cursor: pointer; min-height: 28px; font-weight: 600; }
@media print {
  :root { --paper: #fff; }
  main { max-width: none; padding: 0; }
  body { font-size: 9.5pt; }
  h2, h3, thead { break-after: avoid; }
  tr, blockquote, pre { break-inside: avoid; }
  table { display: table; }
  details::details-content { content-visibility: visible; }
}
`;
