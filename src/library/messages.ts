/** @module library/messages The sentences of what can be wrong with what a program hands over. */
import { problemsOf } from '../app/errors.ts';

export const problem = problemsOf({
  'wrong-input': ({ field, reason }: { field: string; reason: string }) => ({
    where: { flag: field },
    what: `${reason}.`,
  }),
});
