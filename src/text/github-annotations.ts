/** @module text/github-annotations Workflow commands that GitHub shows beside the lines of a change. */
import { safeLine } from './safe-text.ts';

/** What a workflow command is beside: lines of a file, from 1, and columns where one line holds it all. */
export interface AnnotatedPlace {
  file: string;
  line: number;
  endLine?: number;
  column?: number;
  endColumn?: number;
}

/** One workflow command in one line, newline included: a message beside a place in a file. */
export function annotation(
  command: 'error' | 'warning' | 'notice',
  { file, line, endLine, column, endColumn }: AnnotatedPlace,
  { title, message }: { title: string; message: string },
): string {
  const properties = [
    `file=${property(file.replaceAll('\\', '/'))}`,
    `line=${line}`,
    ...(endLine === undefined ? [] : [`endLine=${endLine}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    ...(endColumn === undefined ? [] : [`endColumn=${endColumn}`]),
    `title=${property(safeLine(title))}`,
  ];
  return `::${command} ${properties.join(',')}::${data(safeLine(message))}\n`;
}

/** Nothing in a message ends its line, so none of it is taken for another command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
