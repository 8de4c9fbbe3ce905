/**
 * @module features/judge/labels/terminal/page
 * A person labels in the terminal: what their keys do. Keys in, lines out.
 */
import type { Key, Page } from '../../../../app/context.ts';
import { type LabelRecord, SEVERITIES, type Severity } from '../../../../ledger/records.ts';
import { transcriptId } from '../../../../run/plan.ts';
import type { LabelMode } from './keys.ts';
import { type CaseView, labelScreen } from './screen.ts';

type LabelOutcome = NonNullable<LabelRecord['outcome']>;

/** Somebody's labelling, one case after the other. */
export interface LabelSession {
  /** The case to label now, or null where all are. */
  current(): { sample: number; clause: string } | null;
  /** Labelled and given out. */
  progress(): { done: number; total: number };
  /** Labels the current case and goes on, once the label is kept. */
  answer(outcome: LabelOutcome, severity: Severity | null, note: string): Promise<void>;
  /** Puts the current case behind all others. */
  skip(): void;
  /** Takes the newest answer back, of this session or an earlier one, and returns to it; null where there is none. */
  undo(): Promise<{ outcome: LabelOutcome; note: string } | null>;
}

export interface PageParts {
  run: { id: string; simulated: boolean };
  person: string;
  session: LabelSession;
  /** What is shown of a case; asked once for each that comes. */
  viewOf: (item: { sample: number; clause: string }) => Promise<CaseView>;
}

/** A case as it is on the screen, and how far the labelling is. */
type Shown = CaseView & ReturnType<LabelSession['progress']>;

/** One case after the other, until all are labelled or the person ends it; every answer goes to the session. */
export async function labelPage({ run, person, session, viewOf }: PageParts): Promise<Page> {
  let mode: LabelMode = 'case';
  let note = '';
  let noteBefore = '';
  let isClauseOpen = false;
  let scroll = 0;
  let last: string | null = null;
  let bounds = { lastScroll: 0, page: 1, isUsable: true };
  let known: { key: string; view: CaseView } | null = null;

  const open = async (): Promise<Shown | null> => {
    const item = session.current();
    if (item === null) return null;
    const key = `${item.sample} ${item.clause}`;
    if (known?.key !== key) known = { key, view: await viewOf(item) };
    return { ...known.view, ...session.progress() };
  };
  // Changed as a whole: the page may be drawn again while a case is being read.
  let shown = await open();
  const nextCase = async (said: string | null, noted = ''): Promise<void> => {
    shown = await open();
    [mode, note, isClauseOpen, scroll, last] = ['case', noted, false, 0, said];
  };
  const answer = async (
    outcome: Parameters<LabelSession['answer']>[0],
    severity: (typeof SEVERITIES)[number] | null,
  ): Promise<boolean> => {
    const item = session.current();
    if (item === null) return true;
    await session.answer(outcome, severity, note.trim());
    const degree = severity === null ? '' : ` (${severity})`;
    await nextCase(
      `${transcriptId(item.sample)} #${item.clause}: ${outcomeText(outcome)}${degree}. u takes it back`,
    );
    return session.current() === null;
  };
  const undo = async (): Promise<void> => {
    const back = await session.undo();
    if (back === null) {
      last = 'there is no label of yours to take back';
      return;
    }
    await nextCase(`taken back: ${outcomeText(back.outcome)}. Label it anew`, back.note);
  };
  const move = (by: number): void => {
    scroll = Math.max(0, Math.min(bounds.lastScroll, Math.min(scroll, bounds.lastScroll) + by));
  };
  const scrollKey = ({ text, name }: Key): boolean => {
    const { page, lastScroll } = bounds;
    if (name === 'down' || text === 'j') move(1);
    else if (name === 'up' || text === 'k') move(-1);
    else if (name === 'space' || name === 'pagedown' || text === ' ') move(Math.max(1, page - 2));
    else if (name === 'pageup' || text === 'b') move(-Math.max(1, page - 2));
    else if (text === 'g' || name === 'home') move(-lastScroll);
    else if (text === 'G' || name === 'end') move(lastScroll);
    else return false;
    return true;
  };
  const caseKey = async (key: Key): Promise<boolean> => {
    if (scrollKey(key)) return false;
    switch (key.text) {
      case 'a':
        return await answer('adheres', null);
      case 'n':
        return await answer('not_applicable', null);
      case 'c':
        return await answer('cannot_judge', null);
      case 'v':
        mode = 'severity';
        return false;
      case 's':
        session.skip();
        await nextCase('skipped: it comes again at the end');
        return false;
      case 'u':
        await undo();
        return false;
      case 'm':
        [mode, noteBefore] = ['note', note];
        return false;
      case 't':
        isClauseOpen = !isClauseOpen;
        return false;
      case '?':
        [mode, scroll] = ['help', 0];
        return false;
      default:
        return key.text === 'q';
    }
  };
  const noteKey = ({ text, name }: Key): void => {
    if (name === 'return' || name === 'enter') mode = 'case';
    else if (name === 'escape') [mode, note] = ['case', noteBefore];
    else if (name === 'backspace') note = [...note].slice(0, -1).join('');
    else if (!/[\p{Cc}\p{Cs}]/u.test(text)) note += text;
  };

  return {
    draw: (size) => {
      if (shown === null) return [];
      const drawn = labelScreen(
        {
          ...shown,
          run: run.id,
          simulated: run.simulated,
          person,
          mode,
          isClauseOpen,
          note,
          last,
          scroll,
        },
        size,
      );
      bounds = drawn;
      return drawn.lines;
    },
    key: async (key) => {
      // Nobody labels what they can't see.
      if (!bounds.isUsable) return key.text === 'q';
      switch (mode) {
        case 'note':
          noteKey(key);
          return false;
        case 'severity': {
          const severity = SEVERITIES[Number(key.text) - 1];
          if (severity !== undefined) return await answer('violates', severity);
          if (key.name === 'escape' || key.name === 'backspace') mode = 'case';
          else scrollKey(key);
          return false;
        }
        case 'help':
          if (!scrollKey(key)) [mode, scroll] = ['case', 0];
          return false;
        default:
          return await caseKey(key);
      }
    },
  };
}

function outcomeText(outcome: LabelOutcome): string {
  return outcome.replaceAll('_', ' ');
}
