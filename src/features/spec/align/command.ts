/** @module features/spec/align/command `tenet spec align`: the clauses of two specs side by side. */

import { loadSpec } from '../../../app/files.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { printJson } from '../../../text/json.ts';
import { alignmentCsv } from './align-csv.ts';
import { alignmentMarkdown } from './align-markdown.ts';
import { renderAlignment } from './align-text.ts';
import { type Alignment, alignSpecs, openQuestions, withJudgements } from './index.ts';
import { openAlignJudge } from './spec-align-judge.ts';

export interface AlignFlags {
  format: 'text' | 'markdown' | 'csv' | 'json';
  judge?: string;
}

/** Prints two specs side by side. What words leave open is put to `--judge`. */
export async function align(first: string, second: string, flags: AlignFlags): Promise<void> {
  const specs = [loadSpec(first), loadSpec(second)] as const;
  let alignment = alignSpecs(...specs);
  if (flags.judge !== undefined) {
    const questions = openQuestions(...specs, alignment);
    const judge = await openAlignJudge(flags.judge);
    try {
      say(
        `${judge.model} will be asked about ${questions.length} pairs that words leave open: ${questions.length} calls, ${judge.price(questions)}; fewer where the ledger has the answer.`,
      );
      const answers = await judge.answers(questions);
      alignment = withJudgements(alignment, judge, answers);
    } finally {
      await judge.close();
    }
  }
  process.stdout.write(printed(alignment, flags.format));
}

function printed(alignment: Alignment, format: AlignFlags['format']): string {
  if (format === 'markdown') return alignmentMarkdown(alignment);
  if (format === 'csv') return alignmentCsv(alignment);
  if (format === 'json') return printJson(alignment);
  return renderAlignment(alignment, screen(process.stdout));
}
