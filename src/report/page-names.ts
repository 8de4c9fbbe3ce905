/** @module report/page-names How a report's page names its subjects and judges. */
import { NO_LEVEL } from '../run/tally.ts';
import type { Part } from '../text/words.ts';
import type { Names } from './findings/messages.ts';
import type { Report } from './schema.ts';

/** For each subject the letter that stands for it: A, B, …, Z, then numbers; empty where there is only one. */
export function subjectKeys({ subjects }: Report): string[] {
  if (subjects.length < 2) return subjects.map(() => '');
  return subjects.map((_, place) =>
    place < 26 ? String.fromCharCode(65 + place) : String(place + 1),
  );
}

/** Names that the heading of the page explains: letters for subjects, plain words for the only one of a kind. */
export function shortNames(report: Report): Names {
  const keys = new Map(subjectKeys(report).map((key, place) => [report.subjects[place]?.id, key]));
  const isOnlyJudge = report.run.judges.length === 1;
  return {
    subject: (id): Part => ({ model: id, short: keys.get(id) || 'the subject' }),
    judge: (id): Part => (isOnlyJudge ? { model: id, short: 'the judge' } : { model: id }),
  };
}

/** A level's name; clauses without one are counted under a word of their own. */
export function levelName(level: string): string {
  return level === NO_LEVEL ? 'no level' : level;
}
