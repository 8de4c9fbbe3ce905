/**
 * @module run/judging/rubric/read
 * Reads a rubric from its file: front matter in YAML, then Markdown. Everything wrong is said with its place.
 */
import { estimateTokens } from '../../../model/prices.ts';
import { type Body, readBody } from './body.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import type { Rubric, RubricProblem } from './schema.ts';

const LARGEST = 200_000;

/** So much can stand beside a clause's brief; more would drown the clause in its explanation. */
const RUBRIC_TOKENS = 1_200;

const HEAD =
  'A rubric begins with a line ---, then keys such as rubric, version and clause, then --- again.';

/** The rubric in a file's text, or what is wrong with it. */
export function readRubric(
  file: string,
  text: string,
): { rubric: Rubric } | { problems: RubricProblem[] } {
  const fault = (message: string, line = 1, column = 1): { problems: RubricProblem[] } => ({
    problems: [{ file, line, column, message }],
  });
  if (text.length > LARGEST) return fault('This is too long for a rubric.');
  const opening = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (opening === null) return fault(`There is no front matter here. ${HEAD}`);
  const rest = text.slice(opening[0].length);
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(rest);
  if (closing === null) return fault(`The front matter does not end. ${HEAD}`);
  const head = readFrontMatter(rest.slice(0, closing.index), 2);
  const bodyStart = closing.index + closing[0].length;
  const body = readBody(rest.slice(bodyStart), 2 + lineEnds(rest.slice(0, bodyStart)));
  const problems = [...('problems' in head ? head.problems : []), ...body.problems];
  if (problems.length > 0 || 'problems' in head) {
    return { problems: problems.map((problem) => ({ file, ...problem })) };
  }
  const rubric = rubricOf(head, body);
  if (rubric.checks === null && isEmpty(rubric)) {
    return fault(
      'This rubric says nothing: give checks in its front matter, or lists under ## IS and ## IS NOT.',
    );
  }
  const tokens = estimateTokens(wordsOf(rubric));
  if (tokens > RUBRIC_TOKENS) {
    return fault(
      `About ${tokens} tokens are too many for a judge to be told beside the clause; ${RUBRIC_TOKENS} is the most. Shorten it.`,
    );
  }
  return { rubric };
}

function rubricOf({ values, places }: FrontMatter, body: Body): Rubric {
  const { spec, severity = 'major', applies_when: appliesWhen, checks } = values;
  const [id, version = null] = spec === undefined ? [] : spec.split('@');
  return {
    id: values.rubric,
    version: values.version,
    clause: values.clause,
    spec: id === undefined ? null : { id, version },
    severity,
    appliesWhen: appliesWhen ?? null,
    checks: checks ?? null,
    is: body.is,
    isNot: body.isNot,
    anchors: body.anchors,
    notes: body.notes,
    places,
  };
}

/** All that a judge is told of it. */
function wordsOf({ is, isNot, anchors, notes }: Rubric): string {
  return [...is, ...isNot, ...Object.values(anchors), notes].join('\n');
}

function isEmpty(rubric: Rubric): boolean {
  return wordsOf(rubric).trim() === '';
}

function lineEnds(text: string): number {
  return text.split('\n').length - 1;
}
