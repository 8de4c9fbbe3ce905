/** @module features/spec/lint/context What rules look at: the spec, taken apart once for all of them. */
import type { DiagnosticCode } from '../../../spec/diagnostics.ts';
import { itemsUnder } from '../../../spec/groups.ts';
import { lastBefore, sectionAt } from '../../../spec/search.ts';
import { SourceText } from '../../../spec/source-text.ts';
import type {
  Block,
  Diagnostic,
  Example,
  Paragraph,
  Section,
  Sentence,
  Span,
  Spec,
} from '../../../spec/types.ts';
import { examplesOf, walkBlocks, walkParagraphs } from '../../../spec/walk.ts';
import { withoutCode } from './code-spans.ts';
import { type Standing, standingsOf } from './standing.ts';
import { DUTY, plainText } from './words.ts';

/** A sentence in its section. */
export interface ProseSentence {
  sentence: Sentence;
  /** As it is read: without links and tags. */
  plain: string;
  /** The same without inline code and link targets, which are blank in it; as long as `plain`. */
  prose: string;
  /** It says what must or should be done. */
  isNormative: boolean;
  section: Section;
  standing: Standing;
}

/** A section with what rules ask of it. */
export interface SectionFacts {
  section: Section;
  standing: Standing;
  /** Paragraphs outside commentary and examples, lists included. */
  paragraphs: Paragraph[];
  /** Their sentences. */
  sentences: ProseSentence[];
  /** The sentences of commentary. */
  commentary: ProseSentence[];
  examples: Example[];
}

/** A spec, prepared for the rules. */
export interface LintContext {
  spec: Spec;
  source: SourceText;
  sections: SectionFacts[];
  /** Every sentence outside commentary and examples, in order. */
  sentences: ProseSentence[];
  /** The standing of a level by name; `none` for null. */
  standingOf(level: string | null): Standing;
  /** What the reader said with one of these codes. */
  diagnosed(...codes: DiagnosticCode[]): Diagnostic[];
  /** The section that a place of the document is in. */
  sectionAt(offset: number): Section | null;
  /** The example or code of the document that a place is in. */
  fenceAt(offset: number): Span | null;
  /** A span of the document by offsets. */
  span(start: number, end: number): Span;
}

/** Takes a spec apart for the rules, in one pass. */
export function lintContext(spec: Spec): LintContext {
  const source = new SourceText(spec.file, spec.text);
  const standings = standingsOf(spec.levels);
  const standingOf = (level: string | null): Standing => standings.get(level) ?? 'none';
  const sections = spec.sections.map((section) => factsOf(section, standingOf(section.level)));
  const byCode = Map.groupBy(spec.diagnostics, ({ code }) => code);
  return {
    spec,
    source,
    sections,
    sentences: sections.flatMap(({ sentences }) => sentences),
    standingOf,
    diagnosed: (...codes) => codes.flatMap((code) => itemsUnder(byCode, code)),
    sectionAt: (offset) => sectionAt(spec.sections, offset),
    fenceAt: fencesOf(spec.sections),
    span: (start, end) => source.span(start, end),
  };
}

/** Finds the fence that a place is in; the fences are looked for when it is first asked. */
function fencesOf(sections: readonly Section[]): (offset: number) => Span | null {
  let fences: Span[] | null = null;
  return (offset) => {
    fences ??= sections.flatMap(({ blocks }) =>
      walkBlocks(blocks).flatMap(({ type, span }) =>
        type === 'example' || type === 'code' ? [span] : [],
      ),
    );
    const span = lastBefore(fences, offset, ({ start }) => start.offset);
    return span !== null && offset < span.end.offset ? span : null;
  };
}

function factsOf(section: Section, standing: Standing): SectionFacts {
  const directing: Block[] = [];
  const explaining: Block[] = [];
  for (const block of section.blocks) {
    if (block.type === 'commentary') explaining.push(block);
    else if (block.type !== 'example') directing.push(block);
  }
  const paragraphs = walkParagraphs(directing);
  const toSentence = (sentence: Sentence): ProseSentence => {
    const plain = plainText(sentence.text);
    const prose = withoutCode(plain);
    return { sentence, plain, prose, isNormative: DUTY.test(prose), section, standing };
  };
  return {
    section,
    standing,
    paragraphs,
    sentences: paragraphs.flatMap((paragraph) => paragraph.sentences.map(toSentence)),
    commentary: walkParagraphs(explaining).flatMap(({ sentences }) => sentences.map(toSentence)),
    examples: examplesOf(section),
  };
}
