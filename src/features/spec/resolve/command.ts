/** @module features/spec/resolve/command `tenet spec resolve`: what is in force in a conversation, and why. */

import { loadSpec, loadText } from '../../../app/files.ts';
import { Problem } from '../../../app/problem.ts';
import { createContext } from '../../../cli/context.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { printJson } from '../../../text/json.ts';
import { safeLine } from '../../../text/safe-text.ts';
import {
  type ResolveOptions,
  readConversation,
  resolve as resolveConversation,
  resolveWith,
} from './index.ts';
import { applyProfile } from './profile/spec-profile.ts';
import { openMeaningJudge } from './resolve-judge.ts';
import { renderResolution } from './resolve-text.ts';

interface ResolveFlags {
  conversation: string;
  profile?: string;
  explain?: boolean;
  judge?: string;
  dialect?: string;
  json?: boolean;
}

/** Prints the resolution. Questions of meaning go to `--judge`, and stay open without one. */
export async function resolve(file: string, flags: ResolveFlags): Promise<void> {
  const spec = loadSpec(file, flags.dialect);
  const text = loadText(flags.conversation, 'a conversation');
  const read = readConversation(flags.conversation, text, spec);
  if ('problems' in read) throw new Problem(read.problems.map(safeLine).join('\n'));
  const { conversation } = read;
  const options: ResolveOptions =
    flags.profile === undefined ? {} : { profile: applyProfile(spec, flags.profile).profile };
  let resolution = resolveConversation(spec, conversation, options);
  if (flags.judge !== undefined && resolution.questions.some(({ answered }) => !answered)) {
    const context = createContext(false, []);
    const stop = context.signals();
    const judge = await openMeaningJudge(context, stop.signal, flags.judge, spec, conversation);
    say(judge.estimate(resolution));
    try {
      resolution = await resolveWith(spec, conversation, judge, options);
    } finally {
      stop.release();
      await judge.close();
    }
  }
  process.stdout.write(
    flags.json === true
      ? printJson(resolution)
      : renderResolution(resolution, {
          ...screen(process.stdout),
          explain: flags.explain === true,
        }),
  );
}
