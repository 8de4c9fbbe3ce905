/** @module features/spec/resolve/blocks What is in force in a conversation, as it is shown. */

import { specName } from '../../../spec/index.ts';
import { at, valueAt } from '../../../text/at.ts';
import { type Block, section } from '../../../text/blocks.ts';
import { count, list } from '../../../text/numbers.ts';
import type { Tone, Words } from '../../../text/words.ts';
import { inactionText } from './messages.ts';
import { RULES } from './rules.ts';
import type { Directive, DirectiveState, Question, Resolution, Step } from './schema.ts';

const HEADINGS: readonly (readonly [DirectiveState, string, Tone])[] = [
  ['in_force', 'In force', 'good'],
  ['limited', 'In force but for a part', 'warning'],
  ['weighed', 'In conflict, to be weighed', 'warning'],
  ['undetermined', 'Undetermined: in force unless a question below says otherwise', 'warning'],
  ['overridden', 'Overridden', 'bad'],
  ['not_applicable', 'Does not apply', 'dim'],
  ['no_authority', 'Information only, without authority', 'dim'],
];

/** Longer texts are cut; the conversation's file has them. */
const QUOTE_LENGTH = 160;
const IDS_SHOWN = 4;
/** Columns before what is said of a directive or a question, and of the order of authority. */
const INNER = 6;
const LABEL = 9;

/** @param explain every step of the trace, and every clause by name */
export function resolutionBlocks(resolution: Resolution, explain = false): Block[] {
  const { directives, questions, trace } = resolution;
  return [
    opening(resolution),
    ...HEADINGS.map(([state, title, tone]) => {
      const own = directives.filter((directive) => directive.state === state);
      return stateSection(own, trace, { title, tone, explain });
    }),
    inactionSection(resolution),
    questionSection(questions),
    ...(explain ? traceSections(trace) : [refusalSection(trace)]),
  ];
}

function opening({ spec, profile, conversation, authority }: Resolution): Block {
  const under = profile === null ? '' : ` under the profile ${profile}`;
  const order =
    authority.mode === 'holistic'
      ? 'weighed, the higher dominating: no level simply wins'
      : authority.levels.map(({ name }) => name).join(' > ');
  return section(
    { type: 'heading', level: 1, text: `${specName(spec)}${under} · ${conversation}` },
    { type: 'keyValues', keyWidth: LABEL, rows: [{ key: 'Order', value: order }] },
  );
}

function stateSection(
  own: readonly Directive[],
  trace: readonly Step[],
  { title, tone, explain }: { title: string; tone: Tone; explain: boolean },
): Block {
  if (own.length === 0) return section();
  const isQuiet = (directive: Directive): boolean =>
    directive.type === 'clause' && !explain && decisive(trace, directive).length === 0;
  const quiet = Map.groupBy(own.filter(isQuiet), ({ level }) => level);
  return section(
    { type: 'heading', level: 2, text: title, tone: [tone, 'strong'] },
    own
      .filter((directive) => !isQuiet(directive))
      .flatMap((directive) => directiveBlocks(directive, trace, explain)),
    [...quiet].map(([level, clauses]) => {
      const ids = list(
        clauses.map(({ id }) => id),
        IDS_SHOWN,
      );
      return line(2, `${clausesOf(level, clauses.length)}: ${ids}`);
    }),
  );
}

function directiveBlocks(directive: Directive, trace: readonly Step[], explain: boolean): Block[] {
  const { id, type, level, text, depends } = directive;
  const of = level === null ? '' : ` (${level})`;
  const said = text.replaceAll(/\s+/g, ' ').slice(0, QUOTE_LENGTH);
  const name: Words = type === 'clause' ? [{ clause: id.slice(1) }] : [id];
  return [
    line(2, [...name, `${of} ${said}`]),
    ...decisive(trace, directive).map(({ rule, from, reason }) =>
      line(INNER, `${rule}, ${from}: ${reason}`),
    ),
    ...(explain && depends.length > 0 ? [line(INNER, `hangs on ${depends.join(', ')}`)] : []),
  ];
}

function line(indent: number, text: Words): Block {
  return { type: 'paragraph', indent, text };
}

function clausesOf(level: string | null, number: number): string {
  return level === null
    ? `${count(number, 'clause')} without a level`
    : count(number, `${level} clause`);
}

/** Rules that only say where a directive starts. */
const OPENING_RULES = new Set(['clause-level', 'role-level', 'no-authority']);

function decisive(trace: readonly Step[], { steps }: Directive): Step[] {
  return steps
    .map((number) => at(trace, number - 1))
    .filter(({ rule }) => !OPENING_RULES.has(rule));
}

function inactionSection({ inaction: { state, clauses } }: Resolution): Block {
  if (state !== 'yes') return section();
  return section({ type: 'paragraph', text: inactionText(clauses), tone: ['bad', 'strong'] });
}

function questionSection(questions: readonly Question[]): Block {
  const open = questions.filter(({ answered }) => !answered);
  if (open.length === 0) return section();
  return section(
    { type: 'heading', level: 2, text: 'Questions of meaning that nobody has answered' },
    open.flatMap(({ id, question, subjects, ifYes, ifNo, by }) => [
      line(2, `${id} · ${list(subjects, IDS_SHOWN)}`),
      line(INNER, question),
      line(INNER, `If so: ${ifYes} If not: ${ifNo}`),
      ...(by === null ? [] : [line(INNER, `Not answered: ${by}`)]),
    ]),
  );
}

/** Attempts that the order of authority refused are worth a line even without the trace. */
function refusalSection(trace: readonly Step[]): Block {
  const refused = trace.filter(({ rule }) => rule === 'impossible-answer');
  if (refused.length === 0) return section();
  return section(
    { type: 'heading', level: 2, text: 'Put aside' },
    refused.map(({ from, to, reason }) => line(2, `${from} → ${to}: ${reason}`)),
  );
}

const RULE_TEXTS: ReadonlyMap<string, string> = new Map(Object.entries(RULES));

function traceSections(trace: readonly Step[]): Block[] {
  const rules = [...new Set(trace.map(({ rule }) => rule))];
  return [
    section(
      { type: 'heading', level: 2, text: 'Trace' },
      trace.flatMap(({ number, rule, from, to, result, reason, settledBy, locator }): Block[] => {
        const settled = settledBy === 'text' ? '' : ` [${settledBy}]`;
        return [
          {
            type: 'paragraph',
            marker: `${String(number).padStart(INNER - 2)}  `,
            text: `${rule}: ${from} → ${to}: ${result}. ${reason}${settled}`,
          },
          { type: 'paragraph', indent: INNER, text: locator, tone: 'dim' },
        ];
      }),
    ),
    section(
      { type: 'heading', level: 2, text: 'Rules' },
      rules.map((rule): Block => {
        const text = valueAt(RULE_TEXTS, rule);
        return { type: 'paragraph', indent: 2, marker: `${rule}: `, text };
      }),
    ),
  ];
}
