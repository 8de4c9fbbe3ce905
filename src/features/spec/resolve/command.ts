/**
 * @module features/spec/resolve/command
 * `tenet spec resolve`: what is in force in a conversation, and why. `tenet spec effective`: the spec that applies
 * under a deployment profile.
 */
import * as z from 'zod';
import { flag, shared } from '../../../app/arguments.ts';
import { STOPPED } from '../../../app/ask-model-messages.ts';
import { defineCommand } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { loadSpec, loadText } from '../../../app/files.ts';
import { estimateTokens } from '../../../model/prices.ts';
import type { Spec } from '../../../spec/index.ts';
import { printJson } from '../../../text/json.ts';
import { resolutionBlocks } from './blocks.ts';
import { readConversation } from './conversation.ts';
import { askingText, problem } from './messages.ts';
import { type MeaningModel, modelJudge, openMaterial, openMeaningModel } from './model-judge.ts';
import { type AppliedProfile, applyProfile } from './profile/apply-profile.ts';
import { changesBlocks, differenceBlocks } from './profile/blocks.ts';
import { differenceDocument, effectiveDocument } from './profile/effective-document.ts';
import { promptTexts } from './profile/messages.ts';
import { compilePrompt } from './profile/prompt.ts';
import { type ResolveOptions, resolve as resolveConversation } from './resolve.ts';
import type { Resolution } from './schema.ts';
import type { Transcript } from './types.ts';
import { resolveWith } from './with-judge.ts';

const file = shared.specFile;
const { dialect } = shared;
const text = z.string();

export const resolve = defineCommand({
  args: z.object({
    file,
    conversation: flag('<file>', text, 'the messages, as JSON or JSON lines', 'file'),
    profile: flag('<file>', text.optional(), 'a deployment profile', 'file'),
    explain: flag(null, z.boolean().optional(), 'the whole trace'),
    judge: flag(
      '<model>',
      text.optional(),
      'a model for questions of meaning; undetermined without one',
      'model',
    ),
    dialect,
  }),
  prints: ['tenet.resolution/1'],
  run: async (args, context) => {
    const spec = loadSpec(args.file, args.dialect);
    const conversation = conversationIn(args.conversation, spec);
    const options: ResolveOptions =
      args.profile === undefined ? {} : { profile: appliedProfile(spec, args.profile).profile };
    const open = resolveConversation(spec, conversation, options);
    const { judge } = args;
    const isOpen = open.questions.some(({ answered }) => !answered);
    const { resolution, stopped } =
      judge !== undefined && isOpen
        ? await askedOf(judge, { spec, conversation, open, options }, context)
        : { resolution: open, stopped: false };
    return {
      document: resolution,
      blocks: (detail) => resolutionBlocks(resolution, args.explain === true || detail === 'all'),
      ...(stopped ? { exit: 130 } : {}),
    };
  },
});

interface OpenWork {
  spec: Spec;
  conversation: Transcript;
  open: Resolution;
  options: ResolveOptions;
}

/** The resolution with a model's answers, as far as it came before somebody stopped it. */
async function askedOf(
  name: string,
  { spec, conversation, open, options }: OpenWork,
  context: Context,
): Promise<{ resolution: Resolution; stopped: boolean }> {
  const stop = context.signals();
  let model: MeaningModel | null = null;
  try {
    model = await openMeaningModel(context, name);
    const estimate = model.estimate(openMaterial(open, spec, conversation));
    context.log.say(askingText(model.name, estimate));
    const judge = modelJudge(model, spec, conversation);
    const { signal } = stop;
    const resolution = await resolveWith(spec, conversation, judge, { ...options, signal });
    if (signal.aborted) context.log.say(STOPPED);
    return { resolution, stopped: signal.aborted };
  } finally {
    stop.release();
    await model?.close();
  }
}

function conversationIn(path: string, spec: Spec): Transcript {
  const read = readConversation(path, loadText(path, 'a conversation'), spec);
  if ('problems' in read) throw problem('wrong-conversation', read);
  return read.conversation;
}

function appliedProfile(spec: Spec, path: string): AppliedProfile {
  return applyProfile(spec, path, loadText(path, 'a profile'));
}

export const effective = defineCommand({
  args: z.object({
    file,
    profile: flag('<file>', text, 'a deployment profile', 'file'),
    against: flag('<file>', text.optional(), 'another profile: print what differs instead', 'file'),
    as: flag('<form>', z.enum(['prompt', 'markdown', 'json']).default('markdown'), 'what to print'),
    tokens: flag('<n>', text.optional(), 'at most so many tokens of prompt'),
    dialect,
  }),
  prints: ['tenet.effective/1', 'tenet.profile-difference/1'],
  run: (args, { log, settings }) => {
    const limit = tokenLimit(args);
    const spec = loadSpec(args.file, args.dialect);
    const one = appliedProfile(spec, args.profile);
    const isJson = settings.json || args.as === 'json';
    if (args.against !== undefined) {
      const document = differenceDocument(one, appliedProfile(spec, args.against));
      const blocks = () => differenceBlocks(spec, document);
      return isJson ? { document, text: printJson(document) } : { document, blocks };
    }
    if (isJson) {
      const document = effectiveDocument(one);
      return { document, text: printJson(document) };
    }
    log.show(changesBlocks(one.effective));
    // As it is, with or without a last line end: what the profile leaves alone must stay the same.
    if (args.as === 'markdown') return { text: one.effective.spec.text };
    const compiled = compilePrompt(one.effective.spec, one.profile, limit, estimateTokens);
    if (!compiled.ok) {
      throw problem('prompt-too-long', { limit: compiled.limit, needed: compiled.needed });
    }
    for (const line of promptTexts(compiled.tokens, compiled.leftOut)) log.say(line);
    return { text: compiled.text };
  },
});

function tokenLimit(args: { tokens?: string; as: string; against?: string }): number | null {
  if (args.tokens === undefined) return null;
  const tokens = Number(args.tokens);
  if (!Number.isSafeInteger(tokens) || tokens < 1) {
    throw problem('wrong-tokens', { tokens: args.tokens });
  }
  if (args.as !== 'prompt' || args.against !== undefined) {
    throw problem('tokens-of-no-prompt', {});
  }
  return tokens;
}
