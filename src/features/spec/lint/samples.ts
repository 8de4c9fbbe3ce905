/** @module features/spec/lint/samples Samples as documents: what stands around a rule's sample when it is read. */
import type { SpecSource } from '../../../spec/types.ts';
import type { Sample } from './rule.ts';

const CONVERSATION = `<user>
Which of the two answers would you give to my neighbour?
</user>
<comparison>
<assistant> <!-- GOOD -->
The first one, because it is true.
</assistant>
<assistant> <!-- BAD -->
Whichever is shorter.
</assistant>
</comparison>`;

/** A sample as a whole document with its eval-prompt files. */
export function sampleSource({
  text,
  frame = 'clause',
  level = 'root',
  evalFiles = {},
}: Sample): SpecSource {
  const encoder = new TextEncoder();
  return {
    file: 'sample.md',
    bytes: encoder.encode(inFrame(text, frame, level)),
    evalFiles: Object.entries(evalFiles).map(([name, content]) => ({
      file: `examples/${name}`,
      bytes: encoder.encode(content),
    })),
  };
}

function inFrame(text: string, frame: NonNullable<Sample['frame']>, level: string): string {
  if (frame === 'document') return text;
  if (frame === 'sections')
    return `${text}\n${inFrame('The assistant should answer.', 'clause', 'root')}`;
  const prose = frame === 'clause' ? text : 'The assistant should answer as a neighbour would.';
  const conversation = frame === 'conversation' ? text : CONVERSATION;
  return `# Chapter {#chapter}

This chapter is about answers.

## Clause {#clause authority=${level}}

${prose}

**Example**: a question with two answers

~~~xml
${conversation}
~~~
`;
}

/** A marked reply in a sample of a conversation. */
export function reply(mark: string, text: string): string {
  return `<assistant> <!-- ${mark} -->\n${text}\n</assistant>\n`;
}

/** A question and replies to compare. */
export function compared(...replies: string[]): string {
  return `<user>\nWhich is it?\n</user>\n<comparison>\n${replies.join('')}</comparison>`;
}
