/**
 * @module spec/dialects/model-spec
 * The dialect of OpenAI's Model Spec: Markdown headings with ids and levels, conversations in ~~~xml
 * fences, commentary in !!! meta blocks, eval tags as [^abcd].
 */

import type { Reading, Unread } from './dialect.ts';
import { readHeadedSections, reportPreamble } from './headed-sections.ts';

/** The sections of a document in this dialect and the levels they use. */
export function readModelSpec(unread: Unread): Reading {
  const { source, header, diagnostics } = unread;
  const form = { expectsIds: true, knowsExtensions: false };
  const { levels, sections, firstHeading } = readHeadedSections(unread, form);
  reportPreamble(source, header.nextLine, firstHeading, diagnostics);
  return { levels, sections };
}
