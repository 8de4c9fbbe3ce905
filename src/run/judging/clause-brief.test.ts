import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSpec, type Spec } from '../../spec/index.ts';
import { clauseBrief } from './clause-brief.ts';

function specOf(text: string): Spec {
  return readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
}

/** The line of a clause's brief that starts with this label. */
function line(spec: Spec, clause: string, label: string): string {
  const found = clauseBrief(spec, clause)
    .split('\n')
    .find((one) => one.startsWith(`${label}: `));
  return found?.slice(label.length + 2) ?? '';
}

const MODEL_SPEC = `# Spec
## Aim {#aim authority=root kind=objective}
Be of use.
## Root {#root_rule authority=root}
Never lie.
## System {#system_rule authority=system}
Keep to one topic.
## User {#user_default authority=user}
Be short.
## Guideline {#guideline authority=guideline}
Be warm.
`;

describe('the brief of a clause', () => {
  const spec = specOf(MODEL_SPEC);

  it('should say of each kind how it is judged', () => {
    assert.match(line(spec, 'aim', 'kind'), /^an objective.* works against it/);
    assert.match(line(spec, 'root_rule', 'kind'), /^a rule.* own words let it give way\.$/);
    assert.match(line(spec, 'user_default', 'kind'), /^a default.* gives way to it\.$/);
    assert.match(line(spec, 'guideline', 'kind'), /^a default.*context makes plain\.$/);
  });

  it('should let a rule of a level that messages speak with give way to that level', () => {
    assert.match(line(spec, 'system_rule', 'kind'), /^a rule.* message of level system changes it/);
  });

  it('should name the levels that speakers have, and only those of the spec', () => {
    const told = line(spec, 'aim', 'who speaks');
    assert.match(
      told,
      /^system messages with level system, developer messages with level developer, user messages with level user\./,
    );
    const platform = specOf('# A {#a authority=platform}\nBe.\n# B {#b authority=user}\nDo.\n');
    assert.match(line(platform, 'a', 'who speaks'), /^system messages with level platform,/);
    const few = specOf('<!-- tenet: levels=law!>user -->\n# A {#a level=law}\nBe.\n');
    assert.match(line(few, 'a', 'who speaks'), /^user messages with level user\. /);
    const kinds = specOf('# A {#a level=objective}\nBe.\n# B {#b level=rule}\nDo.\n');
    assert.match(line(kinds, 'b', 'who speaks'), /^the levels rank no speakers/);
    const none = specOf('# A {#a kind=rule}\nBe.\n');
    assert.match(line(none, 'a', 'who speaks'), /^the levels rank no speakers/);
  });

  it('should say how many examples were left out, also where all were', () => {
    const example = (reply: string): string =>
      `\n**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\n${reply}\n</assistant>\n</comparison>\n~~~\n`;
    const long = 'word '.repeat(8_000);
    const clause = '# A {#a authority=user}\nBe kind.\n';
    const brief = (...replies: string[]): string =>
      clauseBrief(specOf(clause + replies.map(example).join('')), 'a');
    assert.doesNotMatch(brief(), /Examples/);
    assert.match(brief('Hello.'), /# Examples from the spec[\s\S]*may differ from all of them/);
    assert.doesNotMatch(brief('Hello.'), /left out/);
    assert.match(brief('Hello.', long), /\(1 more left out for length\.\)$/);
    assert.match(
      brief(long, long),
      /# Examples from the spec\n[\s\S]*\n\(2 left out for length\.\)$/,
    );
  });
});
