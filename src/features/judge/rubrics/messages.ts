/** @module features/judge/rubrics/messages The sentences of drafting a rubric. */
import { problemsOf } from '../../../app/errors.ts';
import { quoted } from '../../../app/shell-words.ts';
import { safeLine } from '../../../text/safe-text.ts';

export const problem = problemsOf({
  'no-such-clause': (named: { file: string; clause: string; near: readonly string[] }) => ({
    where: { file: safeLine(named.file) },
    what: `there is no clause #${safeLine(named.clause)}.`,
    ...(named.near.length === 0
      ? {}
      : { remedy: `Is it ${named.near.map((id) => `#${id}`).join(' or ')}?` }),
  }),
  'no-draft': (asked: { model: string; reason: string; simulated: boolean }) => ({
    where: { flag: '--judge' },
    what: `${safeLine(asked.model)} gave no draft: ${safeLine(asked.reason)}.`,
    remedy: `${asked.simulated ? 'Simulated judges only judge. ' : ''}Without --judge the draft is made of the spec alone.`,
  }),
});

/** What is said to the person at the terminal while it goes on. */
export const notes = {
  cost: (model: string, price: string) => `One question to ${safeLine(model)}: ${price}.`,
  written: (file: string) =>
    `Drafted ${safeLine(file)}. Edit it, then judge by it: --rubric ${quoted(file)}`,
};
