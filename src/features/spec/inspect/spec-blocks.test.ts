import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findSection, readSpec, type Spec, specStats } from '../../../spec/index.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { clauseBlocks, outlineBlocks, statsBlocks } from './spec-blocks.ts';

const text = `# General {#general}

## Be honest {#be_honest authority=root}

The assistant should say what it knows. See [?](#be_kind).

!!! meta "Commentary"
    Trust is slow to come back.

**Example**: asked for a fact

~~~xml
<user>
Is it so?
</user>
<comparison>
<assistant> <!-- GOOD: says so -->
I don't know.
</assistant>
<assistant> <!-- BAD -->
\u001b[31mYes.
</assistant>
</comparison>
~~~

## Be kind {#be_kind authority=user}

The assistant should be kind.
`;

function read(source: string): Spec {
  return readSpec({
    file: 'spec.md',
    bytes: new TextEncoder().encode(source),
    id: 'small',
    version: '1',
  });
}

const spec = read(text);

function clause(id: string, settings = {}): string {
  const section = findSection(spec, id);
  assert.ok(section);
  return toTerminal(clauseBlocks(spec, section), settings);
}

describe('a spec in a terminal', () => {
  it('shows a clause with all that belongs to it', () => {
    const shown = clause('be_honest');
    assert.match(shown, /^Be honest\nsmall@1 > #be_honest\nlevel root · \w+ · line 3/);
    assert.match(shown, /say what it knows\. See Be kind\./);
    assert.match(shown, /Commentary\n {2}Trust is slow to come back\./);
    assert.match(shown, /Refers to\n {2}#be_kind Be kind \(user\)/);
    assert.match(shown, /Example 1: asked for a fact\n {2}user\n {4}Is it so\?/);
    assert.match(shown, /reply, good: says so\n {4}I don't know\./);
    assert.match(shown, /reply, bad\n {4}␛\[31mYes\./);
  });

  it('shows the outline with levels and examples', () => {
    const outline = toTerminal(outlineBlocks(spec));
    assert.match(outline, /^#general General/m);
    assert.match(outline, /^ {2}#be_honest Be honest +root +1 example$/m);
    assert.match(outline, /^ {2}#be_kind Be kind +user$/m);
  });

  it('shows the counts and what is out of order', () => {
    const shown = toTerminal(statsBlocks(specStats(spec), spec));
    assert.match(shown, /Headings +3: 1 h1, 2 h2/);
    assert.match(shown, /Examples +1 with 1 comparison; replies marked 1 good, 1 bad, 0 ok/);
    const broken = read(`${text}\nSee [?](#nowhere).\n`);
    assert.match(toTerminal(statsBlocks(specStats(broken), broken)), /#nowhere/);
    assert.match(toTerminal(statsBlocks(specStats(broken), broken)), /spec\.md:\d+:\d+ \w+: /);
  });

  it('fits the terminal, whatever the titles', () => {
    const wide = read(
      text.replaceAll('Be honest', '漢字'.repeat(60)).replaceAll('asked', 'x'.repeat(300)),
    );
    const sections = wide.sections.map((section) =>
      toTerminal(clauseBlocks(wide, section), { width: 50 }),
    );
    const all = [
      ...sections,
      toTerminal(outlineBlocks(wide), { width: 50 }),
      toTerminal(statsBlocks(specStats(wide), wide), { width: 50 }),
    ];
    for (const line of all.join('\n').split('\n')) assert.ok(widthOf(line) <= 50, line);
  });
});
