/**
 * @module spec/eval-files
 * Reads files of eval prompts, and checks them against the eval tags of the document.
 */

import { blockContext, readBlocks } from './blocks.ts';
import { type DiagnosticList, shortened } from './diagnostics.ts';
import { decodeSource } from './encoding.ts';
import type { EvalFile, EvalTag, Section } from './types.ts';
import { comparisonsOf, tagsIn } from './walk.ts';

/** An eval tag and the section it stands in. */
export interface PlacedTag {
  tag: EvalTag;
  section: Section;
}

/** Every eval tag of a document, in order. */
export function collectTags(sections: readonly Section[]): PlacedTag[] {
  return sections.flatMap((section) => tagsIn(section.blocks).map((tag) => ({ tag, section })));
}

/**
 * Reads one file of eval prompts. Its tag is its name without extension.
 * @param tags the first place of each tag in the document
 */
export function readEvalFile(
  file: string,
  bytes: Uint8Array,
  tags: ReadonlyMap<string, PlacedTag>,
  diagnostics: DiagnosticList,
): EvalFile {
  const source = decodeSource(file, bytes, diagnostics);
  const tag = (file.split(/[/\\]/).at(-1) ?? '').replace(/\.[A-Za-z]{1,8}$/, '');
  const section = tags.get(tag)?.section;
  let line = 0;
  while (line < source.lineCount - 1 && source.isBlank(line)) line++;
  const header = /^Examples for \[\^([^\]\s]{1,64})\] in (.+?):?$/.exec(
    source.content(line).slice(0, 1000).trimEnd(),
  );
  const sectionTitle = header?.[2] ?? '';
  if (header === null) diagnostics.addLine(source, 'malformed-eval-header', line, { tag });
  else {
    if (header[1] !== tag) {
      const written = shortened(header[1] ?? '');
      diagnostics.addLine(source, 'eval-tag-mismatch', line, { tag, written });
    }
    if (section !== undefined && section.title !== sectionTitle) {
      const { title } = section;
      const written = shortened(sectionTitle, 200);
      diagnostics.addLine(source, 'stale-eval-title', line, { tag, title, written });
    }
  }
  const context = blockContext(source, diagnostics);
  const firstLine = header === null ? line : line + 1;
  const blocks = readBlocks(context, firstLine, source.lineCount, section?.id ?? '', false);
  const prompts = blocks.filter((block) => block.type === 'example');
  for (const block of blocks) {
    if (block.type !== 'example') {
      if (header === null && block === blocks[0]) continue;
      diagnostics.addAt(file, 'text-in-eval-file', block.span, {});
    } else if (comparisonsOf(block).length > 0) {
      diagnostics.addAt(file, 'comparison-in-eval-file', block.span, {});
    }
  }
  if (prompts.length === 0) diagnostics.addLine(source, 'eval-file-without-prompts', line, {});
  if (header === null) return { tag, file, sectionTitle, prompts };
  const titleStart = source.first(line) + header[0].indexOf('] in ') + 5;
  const titleSpan = source.span(titleStart, titleStart + sectionTitle.length);
  return { tag, file, sectionTitle, prompts, titleSpan };
}

/** Tags that have no file among `files`, each once, sorted. */
export function tagsWithoutFile(tags: readonly PlacedTag[], files: readonly EvalFile[]): string[] {
  const known = new Set(files.map((file) => file.tag));
  const names = new Set(tags.map((placed) => placed.tag.tag));
  return [...names].filter((name) => !known.has(name)).sort();
}

/** Tags of the files that no tag in the document names, sorted. */
export function filesWithoutTag(tags: readonly PlacedTag[], files: readonly EvalFile[]): string[] {
  const known = new Set(tags.map((placed) => placed.tag.tag));
  return files
    .map((file) => file.tag)
    .filter((tag) => !known.has(tag))
    .sort();
}
