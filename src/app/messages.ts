/** @module app/messages The sentences of what can go wrong before a use case begins. */
import { problemsOf } from './errors.ts';

export const problem = problemsOf({
  'no-runs': ({ ledger }: { ledger: string }) => ({
    where: { file: ledger },
    what: 'no runs yet.',
    remedy: "'tenet audit' makes one.",
  }),
  'no-such-run': ({ run, ledger, flag }: { run: string; ledger: string; flag?: string }) => ({
    where: { ...(flag === undefined ? {} : { flag }), value: run },
    what: `there is no such run in ${ledger}.`,
    remedy: "'tenet runs' lists them.",
  }),
  'ambiguous-run': ({
    run,
    candidates,
    flag,
  }: {
    run: string;
    candidates: string[];
    flag?: string;
  }) => ({
    where: { ...(flag === undefined ? {} : { flag }), value: run },
    what: `that may be ${candidates.join(' or ')}.`,
    remedy: 'Write more of it.',
  }),
});
