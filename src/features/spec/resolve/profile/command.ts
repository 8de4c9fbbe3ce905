/**
 * @module features/spec/resolve/profile/command
 * `tenet spec effective`: the spec that applies under a deployment profile.
 */

import { loadSpec } from '../../../../app/files.ts';
import { Problem } from '../../../../app/problem.ts';
import { say, screen } from '../../../../cli/terminal.ts';
import { estimateTokens } from '../../../../model/prices.ts';
import { printDocument, printJson } from '../../../../text/json.ts';
import { effectiveJson, renderChanges, renderDifference } from './effective-text.ts';
import { compareProfiles, compilePrompt, leftOutText } from './index.ts';
import { applyProfile } from './spec-profile.ts';

interface EffectiveFlags {
  profile: string;
  against?: string;
  as: 'prompt' | 'markdown' | 'json';
  tokens?: number;
  dialect?: string;
}

/** Prints the spec that applies, a prompt made of it, or what differs from another profile. */
export function effective(file: string, flags: EffectiveFlags): void {
  const limit = tokenLimit(flags);
  const spec = loadSpec(file, flags.dialect);
  const one = applyProfile(spec, flags.profile);
  if (flags.against !== undefined) {
    const other = applyProfile(spec, flags.against);
    const difference = compareProfiles(one, other);
    const names = [one.profile.id, other.profile.id] as const;
    const labels = names[0] === names[1] ? ([flags.profile, flags.against] as const) : names;
    const document = { first: labels[0], second: labels[1], ...difference };
    process.stdout.write(
      flags.as === 'json'
        ? printDocument('tenet.profile-difference', 1, document)
        : renderDifference(spec, labels, difference, screen(process.stdout)),
    );
    return;
  }
  if (flags.as === 'json') {
    process.stdout.write(printJson(effectiveJson(one.profile, one.effective)));
    return;
  }
  say(renderChanges(one.effective, screen(process.stderr)));
  if (flags.as === 'markdown') {
    // As it is, with or without a last line end: what the profile leaves alone must stay the same.
    process.stdout.write(one.effective.spec.text);
    return;
  }
  const compiled = compilePrompt(one.effective.spec, one.profile, limit, estimateTokens);
  if (!compiled.ok) {
    throw new Problem(
      `--tokens ${limit}: the clauses that nobody may change take about ${compiled.needed} tokens, and none of them is left out. Give at least that many.`,
    );
  }
  process.stdout.write(compiled.text);
  say(`About ${compiled.tokens} tokens.`);
  if (compiled.leftOut.length > 0) {
    say(`Left out for length: ${compiled.leftOut.map(leftOutText).join('; ')}.`);
  }
}

function tokenLimit({ tokens, as, against }: EffectiveFlags): number | null {
  if (tokens === undefined) return null;
  if (!Number.isSafeInteger(tokens) || tokens < 1) {
    throw new Problem('--tokens: expected a whole number above 0, such as --tokens 8000.');
  }
  if (as !== 'prompt' || against !== undefined) {
    throw new Problem(
      '--tokens: only a prompt has a limit; add --as prompt and leave --against out.',
    );
  }
  return tokens;
}
