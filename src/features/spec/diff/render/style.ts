/** @module features/spec/diff/render/style How the page that compares two versions looks, on a screen and on paper. */

/** One style sheet: light and dark, narrow and wide, and in print; what came and went differs without colour. */
export const SPEC_DIFF_STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --dim: #5c5c66; --line: #d9d9e0; --page: #fff; --panel: #f6f6f9;
  --new: #0a5c2b; --new-back: #dcf5e4; --gone: #8f1d1d; --gone-back: #fde3e3; --warn: #7a4b00; --warn-back: #fdf0d5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ee; --dim: #a5a5b3; --line: #3a3a44; --page: #17171b; --panel: #202027;
  --new: #9be7b4; --new-back: #12351f; --gone: #ffb4b4; --gone-back: #451a1a; --warn: #f5cf8a; --warn-back: #3d2c0c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
h3 span { font-weight: 400; } h3 small, .meaning, .reason { color: var(--dim); font-weight: 400; }
.counts { margin: 0 0 1rem; color: var(--dim); }
nav { display: flex; flex-wrap: wrap; gap: .4rem; }
nav a { color: inherit; text-decoration: none; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; font-size: .875rem; }
nav a:hover, nav a:focus-visible { background: var(--panel); }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
th { width: 21rem; max-width: 40vw; } td.sign { width: 1.2rem; font-weight: 700; } td.number { text-align: right; width: 5rem; }
tr.new .sign { color: var(--new); } tr.gone .sign { color: var(--gone); } tr.other .sign { color: var(--warn); }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { background: var(--panel); padding: .75rem 1rem; border-radius: .4rem; white-space: pre-wrap; }
article { background: var(--panel); border-radius: .4rem; padding: .75rem 1rem; margin: .75rem 0; }
article p { margin: .25rem 0; } article ul { list-style: none; margin: .5rem 0 0; padding: 0; }
article li { border-top: 1px solid var(--line); padding: .5rem 0; }
.reason { font-size: .875rem; }
.tag { font-size: .75rem; border-radius: .25rem; padding: .05rem .4rem; border: 1px solid currentColor; }
.tag.normative { color: var(--gone); } .tag.clarifying { color: var(--warn); } .tag.editorial { color: var(--dim); }
ins { color: var(--new); background: var(--new-back); text-decoration: underline; border-radius: .15rem; }
del { color: var(--gone); background: var(--gone-back); text-decoration: line-through; border-radius: .15rem; }
@media print { body { font-size: 10pt; } main { max-width: none; padding: 0; } nav { display: none; }
  article { break-inside: avoid-page; background: none; border: 1px solid var(--line); }
  ins, del { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
`;
