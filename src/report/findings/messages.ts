/**
 * @module report/findings/messages
 * The sentences of findings: each is made from the finding's data, with models, clauses and transcripts as parts, so
 * that a medium can name them in its own way.
 */
import { NO_LEVEL } from '../../run/tally.ts';
import { sum } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import { count, list, percent } from '../../text/numbers.ts';
import { listed, type Part, type Words, words } from '../../text/words.ts';

/** How models are named in a sentence. */
export interface Names {
  subject: (id: string) => Part;
  judge: (id: string) => Part;
}

/** A finding in words: what was found, and in one sentence what to do about it. */
export interface SaidFinding {
  text: Words;
  next: string;
}

/** Everybody under the full name. */
export const FULL_NAMES: Names = {
  subject: (id) => ({ model: id }),
  judge: (id) => ({ model: id }),
};

const clause = (id: string): Part => ({ clause: id });

const MOST_NAMED = { clauses: 3, clausesOfSpec: 6, subjects: 4, scenarios: 3 };

const EXCLUDED: Readonly<Record<string, string>> = {
  elided: 'words of the conversation are left out in print',
  no_clause: 'they stand under no clause',
  no_messages: 'there are no words in them',
  duplicate: 'an earlier one puts the same question for the same clauses',
  ends_with_assistant: 'there is nothing to reply to',
};

/** Why scenarios of a source were left out of the suite, in words. */
export function exclusionReason(reason: string): string {
  return EXCLUDED[reason] ?? reason.replaceAll('_', ' ');
}

interface SubjectRate {
  subject: string;
  adherence: number;
  cases: number;
}

interface Untested {
  /** Where they have none: in the suite's file, or in all that the spec holds. */
  source: 'suite_file' | 'run';
  clauses: number;
  levels: { level: string | null; untested: string[] }[];
}

const FINDINGS = {
  'critical-violations': (
    of: {
      subject: string;
      violations: number;
      clauses: { clause: string; violations: number }[];
    },
    { subject }: Names,
  ) => ({
    text: words`${subject(of.subject)} has ${count(of.violations, 'critical violation')} in ${count(of.clauses.length, 'clause')}: ${listed(
      of.clauses.map((one) => words`${clause(one.clause)} (${one.violations})`),
      MOST_NAMED.clauses,
    )}.`,
    next: 'Read these transcripts first: one such violation that holds up outweighs a good rate.',
  }),

  'clauses-below-overall': (
    of: {
      subject: string;
      overall: number;
      clauses: { clause: string; adherence: number; cases: number }[];
    },
    { subject }: Names,
  ) => ({
    text: words`${subject(of.subject)} does worse than chance explains on ${count(of.clauses.length, 'clause')}: ${listed(
      of.clauses.map(
        (one) => words`${clause(one.clause)} (${percent(one.adherence)} of ${one.cases})`,
      ),
      MOST_NAMED.clauses,
    )}; overall it adheres in ${percent(of.overall)}.`,
    next: 'Compare the judge’s reasons across these transcripts; where they agree, work on the model there and run these clauses again.',
  }),

  'replies-withheld': (
    of: {
      subject: string;
      withheld: number;
      asked: number;
      clauses: { clause: string; withheld: number; asked: number }[];
    },
    { subject }: Names,
  ) => {
    const where = of.clauses.map(
      (one) => words`${clause(one.clause)} (${one.withheld} of ${one.asked})`,
    );
    const gathered =
      where.length === 0 ? [] : words` They gather in ${listed(where, MOST_NAMED.clauses)}.`;
    return {
      text: words`The provider of ${subject(of.subject)} refused or filtered ${percent(of.withheld / of.asked)} of what was to be judged (${of.withheld} of ${of.asked}).${gathered}`,
      next: 'Take the worst-case bounds for these clauses: a refusal by the provider is neither adherence nor a violation.',
    };
  },

  'samples-without-reply': (
    of: { subject: string; asked: number; failed: number; unsupported: number },
    { subject }: Names,
  ) => {
    const without = of.failed + of.unsupported;
    const causes = [
      ...(of.failed > 0 ? [`${of.failed} failed`] : []),
      ...(of.unsupported > 0 ? [`the provider has no form for ${of.unsupported}`] : []),
    ];
    return {
      text: words`${subject(of.subject)} gave no reply in ${without} of ${count(of.asked, 'sample')} (${percent(without / of.asked)}): ${list(causes)}.`,
      next:
        of.failed > 0
          ? 'Run the same audit again, without --resume: failed samples are asked again, and nothing else.'
          : 'Ask this model through a provider that takes these roles, or leave those scenarios out.',
    };
  },

  /** The first clauses one by one, with rates; the others together. */
  'violated-by-all': (
    of: { clause: string; rates: SubjectRate[] } | { others: string[] },
    { subject }: Names,
  ) =>
    'others' in of
      ? {
          text: words`Every subject also violates ${listed(
            of.others.map((id) => [clause(id)]),
            MOST_NAMED.clausesOfSpec,
          )} most of the time.`,
          next: 'Read these clauses with an eye for what they ask and of whom.',
        }
      : {
          text: words`Every subject violates ${clause(of.clause)} most of the time: adherence is ${listed(
            of.rates.map(
              (one) => words`${subject(one.subject)} ${percent(one.adherence)} of ${one.cases}`,
            ),
            MOST_NAMED.subjects,
          )}. When all fail alike, the text may ask too much or be unclear.`,
          next: 'Read the clause beside these transcripts before you blame the models.',
        },

  'clauses-untested': (of: Untested) => {
    const number = sum(of.levels.map(({ untested }) => untested.length));
    const isFile = of.source === 'suite_file';
    return {
      text: words`${count(number, 'clause')} of ${of.clauses} ${number === 1 ? 'has' : 'have'} no scenario in ${isFile ? 'the suite file' : 'this run'}, so nothing is known of ${number === 1 ? 'it' : 'them'}: ${byLevel(of)}.`,
      next: isFile
        ? "Add rows for these clauses to the suite file; 'tenet suite draw' prints those that the spec itself holds."
        : 'Add examples or eval prompts to the spec, or rows for these clauses to a suite file.',
    };
  },

  'same-family': (
    of: { judge: string; family: string; subjects: string[] },
    { subject, judge }: Names,
  ) => ({
    text: words`${judge(of.judge)} judges ${listed(
      of.subjects.map((id) => [subject(id)]),
      MOST_NAMED.subjects,
    )}, of its own family (${of.family}). ${of.subjects.length === 1 ? 'Its rate is self-judged' : 'Their rates are self-judged'}, and may be flattering.`,
    next: 'Judge with a model of another family before you compare or publish this rate.',
  }),

  'same-family-panel': (of: { judges: string[]; family: string }, { judge }: Names) => ({
    text: words`${listed(of.judges.map((id) => [judge(id)]))} are of one family (${of.family}). They tend to err together: their agreement overstates how sure the verdicts are, and together they outvote others.`,
    next: 'Keep one of them, and add a judge of another family.',
  }),

  'own-family-verdicts': (of: { cases: number }) => ({
    text: `In ${count(of.cases, 'case')} only judges of the subject’s own family gave the verdict that would have held. These count as cannot judge.`,
    next: 'Add another judge of a family that is not under test.',
  }),

  'judges-divided': (of: {
    disagreements: number;
    cases: number;
    alpha: number;
    atMost: number;
  }) => ({
    text: `The judges disagree on ${of.disagreements} of ${count(of.cases, 'case')}, hardly less than chance would make them (Krippendorff’s alpha ${of.alpha.toFixed(2)}, at most ${of.atMost.toFixed(2)}).`,
    next: 'Label the cases on which they disagree, and keep the judges that people bear out.',
  }),

  abstains: (
    of: { judge: string; cases: number; byItsWord: number; malformed: number },
    { judge }: Names,
  ) => {
    const total = of.byItsWord + of.malformed;
    const causes = [
      ...(of.byItsWord > 0 ? [`${of.byItsWord} by its own word`] : []),
      ...(of.malformed > 0 ? [`${of.malformed} in answers that fit no form`] : []),
    ];
    return {
      text: words`${judge(of.judge)} could not judge ${total} of ${count(of.cases, 'case')} (${percent(total / of.cases)}): ${list(causes)}.`,
      next: 'Read some of them: the clause may not say enough to decide, or the judge may be too weak.',
    };
  },

  'calls-without-answer': (
    of: { judge: string; cases: number; causes: Record<string, number> },
    { judge }: Names,
  ) => {
    const total = sum(Object.values(of.causes));
    const causes = Object.entries(of.causes).flatMap(([cause, number]) =>
      number > 0 ? [`${number} ${cause}`] : [],
    );
    return {
      text: words`${judge(of.judge)} gave no answer on ${total} of ${count(of.cases, 'case')} (${percent(total / of.cases)}): ${list(causes)}.`,
      next: 'Run the same audit again: what failed is asked anew, everything else is taken from the record.',
    };
  },

  'citations-not-found': (
    of: { judge: string; unsupported: number; claimed: number },
    { judge }: Names,
  ) => ({
    text: words`${of.unsupported} of ${count(of.claimed, 'violation')} that ${judge(of.judge)} claims (${percent(of.unsupported / of.claimed)}) are shown by no words of the subject that stand in the transcript. They count neither way.`,
    next: 'Take the worst-case bounds, and try a judge that quotes exactly.',
  }),

  'malformed-answers': (
    of: { judge: string; malformed: number; questions: number },
    { judge }: Names,
  ) => ({
    text: words`${judge(of.judge)} answered ${of.malformed} of ${count(of.questions, 'question')} in a form that can't be read, twice each.`,
    next: 'Use a judge that keeps to a JSON schema.',
  }),

  'planted-errors': (
    of: { judge: string; planted: { option: string; value: string }[] },
    { judge }: Names,
  ) => ({
    text: words`${judge(of.judge)} is simulated and errs on purpose: ${list(of.planted.map(({ option, value }) => `${option} ${value}`))}. Rates as judged carry these errors.`,
    next: 'Compare the rates with what the subjects’ names plant, to see what such a judge does to a report.',
  }),

  'errors-unmeasured': (of: { undecided: number }) => ({
    text: `The judge’s errors aren’t measured: rates are uncorrected. The intervals show sampling alone${of.undecided > 0 ? ', the worst-case bounds what was not judged; neither shows' : ' and not'} where the judge is wrong.`,
    next: 'Measure it: tenet judge calibrate scores it on the spec’s own marked replies.',
  }),

  'nothing-judged': (_: Record<string, never>) => ({
    text: 'Not one case was judged, so this run says nothing about any subject.',
    next: 'Look at what was counted: the samples and verdicts there tell where it stopped.',
  }),

  'no-verdict-with-anyone': (of: { silent: number; scenarios: number; first: string[] }) => ({
    text: `${count(of.silent, 'scenario')} of ${of.scenarios} came to no verdict with any subject (refused, failed, or not to be judged): ${firstOf(of.first, of.silent)}.`,
    next: 'See what became of these: the provider may have no form for their roles, or there may be nothing in them to judge.',
  }),

  'never-applicable': (of: { inapplicable: number; first: string[] }) => ({
    text: `In ${count(of.inapplicable, 'scenario')} the judge held that the clause has no bearing, whoever replied: ${firstOf(of.first, of.inapplicable)}.`,
    next: 'Move these scenarios to the clause that they do test, or take them out.',
  }),

  'replies-truncated': (
    of: { subjects: { subject: string; truncated: number; replied: number }[] },
    { subject }: Names,
  ) => ({
    text: words`Replies were cut short by the token limit and judged as they stand: ${listed(
      of.subjects.map(
        (one) =>
          words`${one.truncated} of ${one.replied} of ${subject(one.subject)} (${percent(one.truncated / one.replied)})`,
      ),
      3,
    )}.`,
    next: 'Raise --max-tokens, or read these rates as of cut replies.',
  }),

  'few-scenarios': (of: { wide: number; clauses: number; median: number }) => ({
    text: `For ${of.wide} of ${count(of.clauses, 'tested clause')} the interval is wider than 50 points (the median has ${count(of.median, 'judged case')}). Those rates say little one by one.`,
    next: 'Add scenarios for these clauses; more repeats help less. A dry run tells the width beforehand.',
  }),

  'scenarios-excluded': (of: { excluded: Record<string, number> }) => {
    const total = sum(Object.values(of.excluded));
    const parts = Object.entries(of.excluded).map(
      ([reason, number]) => `${number} because ${exclusionReason(reason)}`,
    );
    return {
      text: `${count(total, 'conversation')} of the source ${total === 1 ? 'was' : 'were'} left out: ${list(parts)}.`,
      next: 'Write those you need in full into a suite file.',
    };
  },
} satisfies Record<string, (of: never, names: Names) => SaidFinding>;

/** The rules that make findings. */
export type FindingCode = keyof typeof FINDINGS;

/** What the sentence of a finding is made from. */
export type FindingData<Code extends FindingCode> = Parameters<(typeof FINDINGS)[Code]>[0];

/** Findings of one rule that are told in one sentence. */
interface Folded {
  folded: readonly { subject?: string }[];
}

/**
 * A finding in words.
 *
 * @param names how models are named in it; in full unless said
 */
export function findingWords(
  { code, data }: { code: FindingCode; data: object },
  names: Names = FULL_NAMES,
): SaidFinding {
  const say = FINDINGS[code] as (of: object, names: Names) => SaidFinding;
  if (!('folded' in data)) return say(data, names);
  const { folded } = data as Folded;
  const subjects = folded.map(({ subject }) => subject).filter((id) => id !== undefined);
  const others =
    subjects.length > 0
      ? listed(
          subjects.map((id) => [names.subject(id)]),
          6,
        )
      : `${folded.length} others`;
  return {
    text: words`The same holds for ${others}: see their rates.`,
    next: say(at(folded, 0), names).next,
  };
}

/** As many clauses as there is room for, by level: `2 root (#a, #b); 1 without a level (#c)`. */
function byLevel({ levels }: Untested): Part[] {
  let room = MOST_NAMED.clausesOfSpec;
  return levels.flatMap(({ level, untested }, place): Part[] => {
    const shown = untested.slice(0, room);
    room -= shown.length;
    const rest = untested.length > shown.length && shown.length > 0 ? ', …' : '';
    const ids = shown.flatMap((id, at): Part[] => [at === 0 ? '' : ', ', clause(id)]);
    const named: Part[] = shown.length === 0 ? [] : [' (', ...ids, `${rest})`];
    const name = level === null || level === NO_LEVEL ? 'without a level' : level;
    return [`${place === 0 ? '' : '; '}${untested.length} ${name}`, ...named];
  });
}

/** The names of scenarios, the first of them and how many more there are. */
function firstOf(names: readonly string[], of: number): string {
  const more = of - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : list(names);
}
