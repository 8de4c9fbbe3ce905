/** Logs of made-up conversations. */
import { type Ending, logOf, type TranscriptLog, type TranscriptMessage } from './transcript.ts';

/** The log of some messages after which the subject has replied, unless said otherwise. */
export function madeUpLog(
  messages: readonly TranscriptMessage[] = [],
  ending: Partial<Ending> = {},
): TranscriptLog {
  const usage = { input: 1, output: 1 };
  const replied = { outcome: 'replied', reason: null, usage, cost: 0, finish: 'stop' } as const;
  return logOf(messages, { ...replied, ...ending });
}
