/**
 * @module features/judge/labels/terminal/page
 * A person labels in the terminal: what they are given, and what their keys do.
 */

import type { Key, Page } from '../../../../app/context.ts';
import { Problem } from '../../../../app/problem.ts';
import { quoted } from '../../../../app/shell-words.ts';
import { storedRun } from '../../../../app/stored.ts';
import { showPage } from '../../../../cli/page.ts';
import { say, screen } from '../../../../cli/terminal.ts';
import type { Ledger } from '../../../../ledger/ledger.ts';
import { SEVERITIES } from '../../../../ledger/records.ts';
import { sampleAt, transcriptId } from '../../../../run/plan.ts';
import { planDocument, specOf } from '../../../../run/run.ts';
import { clauseText, findSection } from '../../../../spec/index.ts';
import { readCases } from '../cases.ts';
import { type Giving, giveOut } from '../give-out.ts';
import { type LabelSession, labelSession } from '../session.ts';
import type { LabelFlags } from './label-flags.ts';
import { type LabelMode, type LabelView, labelScreen } from './screen.ts';

/** Draws what this person is to label, where that was asked for, and lets them label. */
export async function labelInTerminal(
  ledger: Ledger,
  id: string,
  person: string,
  flags: LabelFlags,
): Promise<'ended' | 'interrupted'> {
  const run = storedRun(ledger, id);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Problem(
      `labelling needs a terminal, and this is none. Take labels from a file with: tenet label ${run.id} --import FILE`,
    );
  }
  const document = planDocument(ledger, run);
  const { plan } = document;
  const spec = specOf(document);
  const cases = readCases(ledger, run, plan);
  if (cases.length === 0) throw new Problem(`run ${run.id} has no reply to label.`);
  giveOut({ ledger, run, plan, spec, cases, person, flags });
  const session = labelSession({
    store: ledger.labels,
    run: run.ordinal,
    plan,
    person,
    cases,
    verdictsShown: flags.showVerdicts === true,
    now: Date.now,
  });
  const goOn = `tenet label ${run.id} --as ${quoted(person)}${ledgerFlag(flags)}`;
  if (session.current() === null && session.progress().total > 0) {
    say(
      `You have labelled all ${session.progress().total}. More: ${goOn} --sample stratified:${session.progress().total + 100}`,
    );
    say(`What they come to: tenet label ${run.id} --progress${ledgerFlag(flags)}`);
    return 'ended';
  }
  const page = labelPage({ ledger, run, plan, spec, person, session, flags });
  const end = await showPage(process.stdin, process.stdout, page, screen(process.stdout).color);
  const { done, total } = session.progress();
  if (session.current() === null) {
    say(
      `All ${total} labelled. What they come to: tenet label ${run.id} --progress${ledgerFlag(flags)}`,
    );
  } else say(`${done} of ${total} labelled, all saved. Go on with: ${goOn}`);
  return end;
}

function ledgerFlag({ ledger }: LabelFlags): string {
  return ledger === undefined ? '' : ` --ledger ${quoted(ledger)}`;
}

interface PageParts extends Omit<Giving, 'cases'> {
  session: LabelSession;
}

/** What the keys do. */
function labelPage({ ledger, run, plan, spec, person, session, flags }: PageParts): Page {
  let mode: LabelMode = 'case';
  let note = '';
  let noteBefore = '';
  let isClauseOpen = false;
  let scroll = 0;
  let last: string | null = null;
  let bounds = { lastScroll: 0, page: 1, isUsable: true };
  let known: { key: string; view: CaseView } | null = null;

  const open = (): CaseView | null => {
    const item = session.current();
    if (item === null) return null;
    const key = `${item.sample} ${item.clause}`;
    if (known?.key !== key) {
      known = { key, view: caseView({ ledger, run, plan, spec, flags }, item.sample, item.clause) };
    }
    return known.view;
  };
  const nextCase = (said: string | null): void => {
    [mode, note, isClauseOpen, scroll, last] = ['case', '', false, 0, said];
  };
  const answer = (
    outcome: Parameters<LabelSession['answer']>[0],
    severity: (typeof SEVERITIES)[number] | null,
  ): boolean => {
    const item = session.current();
    if (item === null) return true;
    session.answer(outcome, severity, note.trim());
    const degree = severity === null ? '' : ` (${severity})`;
    nextCase(
      `${transcriptId(item.sample)} #${item.clause}: ${outcome.replaceAll('_', ' ')}${degree}. u takes it back`,
    );
    return session.current() === null;
  };
  const undo = (): void => {
    const back = session.undo();
    if (back === null) {
      last = 'there is no label of yours to take back';
      return;
    }
    nextCase(`taken back: ${(back.outcome ?? '').replaceAll('_', ' ')}. Label it anew`);
    note = back.note;
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
  const caseKey = (key: Key): boolean => {
    if (scrollKey(key)) return false;
    switch (key.text) {
      case 'a':
        return answer('adheres', null);
      case 'n':
        return answer('not_applicable', null);
      case 'c':
        return answer('cannot_judge', null);
      case 'v':
        mode = 'severity';
        return false;
      case 's':
        session.skip();
        nextCase('skipped: it comes again at the end');
        return false;
      case 'u':
        undo();
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
    draw: ({ width, height }) => {
      const view = open();
      if (view === null) return [];
      const shown: LabelView = {
        ...view,
        ...session.progress(),
        run: run.id,
        simulated: run.simulated,
        person,
        mode,
        isClauseOpen,
        note,
        last,
        scroll,
      };
      const drawn = labelScreen(shown, { width, height, color: screen(process.stdout).color });
      bounds = drawn;
      return drawn.lines;
    },
    key: (key) => {
      // Nobody labels what they can't see.
      if (!bounds.isUsable) return key.text === 'q';
      switch (mode) {
        case 'note':
          noteKey(key);
          return false;
        case 'severity': {
          const severity = SEVERITIES[Number(key.text) - 1];
          if (severity !== undefined) return answer('violates', severity);
          if (key.name === 'escape' || key.name === 'backspace') mode = 'case';
          else scrollKey(key);
          return false;
        }
        case 'help':
          if (!scrollKey(key)) [mode, scroll] = ['case', 0];
          return false;
        default:
          return caseKey(key);
      }
    },
  };
}

type CaseView = Pick<
  LabelView,
  'sample' | 'clause' | 'rubric' | 'messages' | 'tools' | 'isCutShort' | 'verdicts'
>;

function caseView(
  { ledger, run, plan, spec, flags }: Pick<PageParts, 'ledger' | 'run' | 'plan' | 'spec' | 'flags'>,
  sample: number,
  clause: string,
): CaseView {
  const stored = ledger.runs.sample(run.ordinal, sample);
  const section = findSection(spec, clause);
  const planned = plan.clauses.find(({ id }) => id === clause);
  const rubric = plan.rubrics?.find((one) => one.clause === clause);
  const { transcript } = stored?.sample ?? { transcript: { messages: [], finish: null } };
  return {
    sample,
    clause: {
      id: clause,
      title: planned?.title ?? '',
      level: planned?.level ?? null,
      text: section === undefined ? '' : clauseText(spec, section).text,
    },
    rubric: rubric === undefined ? null : `Judged by the rubric ${rubric.name}:\n${rubric.text}`,
    messages: transcript.messages,
    tools: (sampleAt(plan, sample).scenario.tools ?? []).map(({ name }) => name),
    isCutShort: transcript.finish === 'length',
    verdicts:
      flags.showVerdicts === true
        ? (stored?.verdicts ?? []).filter((verdict) => verdict.clause === clause)
        : [],
  };
}
