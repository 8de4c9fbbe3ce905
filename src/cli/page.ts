/**
 * @module cli/page
 * A whole screen for one command: its own page of the terminal, keys one by one, and everything put back as it was,
 * however that ends.
 */
import { writeSync } from 'node:fs';
import { emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Key, Page } from '../app/context.ts';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';

/**
 * Shows a page until it ends. Gives `interrupted` where Ctrl-C, SIGTERM or SIGHUP ended it.
 */
export async function showPage(
  input: ReadStream,
  output: WriteStream & { fd: number },
  page: Page,
  color: boolean,
): Promise<'ended' | 'interrupted'> {
  let isOpen = false;
  // Written at once, so that it also holds in the last moments of a process.
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    try {
      input.setRawMode(false);
      writeSync(output.fd, LEAVE);
    } catch {
      // The terminal is gone, and with it what there was to put back.
    }
  };
  const enter = (): void => {
    isOpen = true;
    input.setRawMode(true);
    output.write(ENTER);
    draw();
  };
  const draw = (): void => {
    const size = { width: output.columns || 80, height: output.rows || 24, color };
    const lines = page.draw(size).slice(0, size.height);
    // Each line where it belongs, between marks that keep terminals from showing half of it.
    const text = lines.map((line, row) => `\u001b[${row + 1};1H\u001b[2K${line}\u001b[0m`).join('');
    output.write(`\u001b[?2026h${text}\u001b[?2026l`);
  };
  const { promise, resolve, reject } = Promise.withResolvers<'ended' | 'interrupted'>();
  const onSignal = (): void => resolve('interrupted');
  const onContinue = (): void => enter();
  let isEnded = false;
  const take = async (key: Key): Promise<void> => {
    if (isEnded) return;
    try {
      isEnded = await page.key(key);
      if (isEnded) resolve('ended');
      else if (isOpen) draw();
    } catch (error) {
      isEnded = true;
      reject(error);
    }
  };
  // A key counts once the one before it has been taken, however fast they are typed.
  let taken = Promise.resolve();
  const onKey = (
    text: string | undefined,
    { name = '', ctrl = false, meta = false }: { name?: string; ctrl?: boolean; meta?: boolean },
  ): void => {
    if (ctrl && name === 'c') resolve('interrupted');
    else if (ctrl && name === 'z' && process.platform !== 'win32') {
      leave();
      process.once('SIGCONT', onContinue);
      process.kill(process.pid, 'SIGTSTP');
    } else if (!ctrl && !meta) {
      taken = taken.then(() => take({ text: text ?? '', name }));
    }
  };
  const onLost = (): void => resolve('interrupted');
  emitKeypressEvents(input);
  process.on('exit', leave);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  output.on('resize', draw);
  input.on('keypress', onKey);
  input.once('end', onLost);
  input.resume();
  try {
    enter();
    return await promise;
  } finally {
    input.off('keypress', onKey);
    input.off('end', onLost);
    output.off('resize', draw);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
    process.off('SIGCONT', onContinue);
    process.off('exit', leave);
    leave();
    input.pause();
    // What was typed before it was interrupted counts.
    await taken;
  }
}
