/** @module features/spec/lint/rules/eval-files Rules about eval tags and the files of prompts beside a spec. */
import { collectTags } from '../../../../spec/eval-files.ts';
import type { LintContext } from '../context.ts';
import { fixOf } from '../messages.ts';
import type { Found, LintRule, Sample } from '../rule.ts';
import { foundBy, fromReader } from './from-reader.ts';
import { leakedPrompts } from './leakage.ts';

/** The first line of an eval file is a form; the title of the section with its tag stands in it. */
function* staleTitles(context: LintContext): Generator<Found> {
  const { spec } = context;
  const stale = context.diagnosed('stale-eval-title');
  if (stale.length === 0) return;
  const titles = new Map(
    collectTags(spec.sections).map(({ tag, section }) => [tag.tag, section.title]),
  );
  const homes = new Map(
    spec.evalFiles.map(({ file, tag }) => [file, { tag, title: titles.get(tag) }]),
  );
  for (const diagnostic of stale) {
    const { file, span } = diagnostic;
    const home = homes.get(file);
    // How much it weighs is for this rule to say.
    const { severity: _severity, ...found } = foundBy(diagnostic);
    if (home?.title === undefined) yield found;
    else {
      const { tag, title } = home;
      const text = `Examples for [^${tag}] in ${title}:`;
      yield { ...found, fix: fixOf('write-title', { title }, [{ span, text }]) };
    }
  }
}

const PROMPT = '**Example**: a question\n\n~~~xml\n<user>\nWhat time is it?\n</user>\n~~~\n';
const TAGGED = 'The assistant should say the time[^ab12].';
const prompts = (text: string): Sample['evalFiles'] => ({ 'ab12.md': text });
const file = (first: string, prompt = PROMPT): string => `${first}\n\n${prompt}`;
const GOOD: Sample = { text: TAGGED, evalFiles: prompts(file('Examples for [^ab12] in Clause:')) };

export const EVAL_FILE_RULES: readonly LintRule[] = [
  {
    id: 'S003',
    title: 'eval tag without a file of prompts',
    reason: 'The tag promises that the words before it are tested; nothing tests them.',
    severity: 'warning',
    good: GOOD,
    bad: {
      text: 'The assistant should say the time[^ab12] and the day[^cd34].',
      evalFiles: prompts(file('Examples for [^ab12] in Clause:')),
    },
    check: fromReader(['tag-without-file', 'no-eval-files']),
  },
  {
    id: 'S004',
    title: 'file of prompts without a tag in the text',
    reason: 'Its prompts belong to no clause, so nobody learns what a failure means.',
    severity: 'warning',
    good: GOOD,
    bad: {
      text: TAGGED,
      evalFiles: {
        ...GOOD.evalFiles,
        'cd34.md': file('Examples for [^cd34] in Clause:', PROMPT.replace('time', 'day')),
      },
    },
    check: fromReader(['file-without-tag']),
  },
  {
    id: 'S005',
    title: 'stale title in a file of prompts',
    reason: 'Whoever opens the file looks for a section that is called otherwise by now.',
    severity: 'warning',
    good: GOOD,
    bad: { text: TAGGED, evalFiles: prompts(file('Examples for [^ab12] in An older title:')) },
    check: staleTitles,
  },
  {
    id: 'S006',
    title: 'eval tag used twice, or defined like a footnote',
    reason:
      'A tag binds one file of prompts to one phrase; used twice, a result cannot be laid to either.',
    severity: 'warning',
    good: GOOD,
    bad: { ...GOOD, text: 'The assistant should say the time[^ab12] and the day[^ab12].' },
    check: fromReader(['eval-tag-used-twice', 'footnote-definition']),
  },
  {
    id: 'S007',
    title: 'file of prompts that is not in its form',
    reason: 'Prompts that cannot be read are not asked.',
    severity: 'warning',
    good: GOOD,
    bad: { text: TAGGED, evalFiles: prompts(file('Prompts about the time')) },
    check: fromReader([
      'duplicate-eval-file',
      'malformed-eval-header',
      'eval-tag-mismatch',
      'eval-file-without-prompts',
      'text-in-eval-file',
      'comparison-in-eval-file',
    ]),
  },
  {
    id: 'S035',
    title: 'example that gives an eval prompt away',
    reason:
      'A model that was trained on the spec has seen the answer printed, so the prompt tests its memory.',
    severity: 'warning',
    good: GOOD,
    bad: {
      text: TAGGED,
      evalFiles: prompts(
        file(
          'Examples for [^ab12] in Clause:',
          PROMPT.replace(
            'What time is it?',
            'Which of the two answers would you give to my neighbour?',
          ),
        ),
      ),
    },
    check: leakedPrompts,
  },
];
