/**
 * @module spec/dialects/imprint
 * What an essay says about itself in passing: its licence, where it is published, what it is for.
 */

import { present } from '../present.ts';
import type { Section, Spec } from '../types.ts';
import { walkParagraphs } from '../walk.ts';

const SOURCE = /^[ \t*_>]*Source:[ \t]*(https?:\/\/[^\s*_<>]+)/m;
const LICENCE = /^[ \t*_>]*Licen[cs]e:[ \t]*([^\n*_]{3,200})/m;
const CC0 = /Creative Commons CC0|CC0 1\.0|CC0-1\.0/;
const SCOPE =
  /^This (?:constitution|document|spec|specification|policy) (?:is written for|applies to|covers|governs)\b/;
/** These lines stand at one end of a document. */
const EDGE = 20_000;

/** Licence, source and scope, as far as the document states them. */
export function imprintOf(
  text: string,
  sections: readonly Section[],
): Pick<Partial<Spec>, 'licence' | 'sourceUrl' | 'scope'> {
  const edges = text.length > 2 * EDGE ? `${text.slice(0, EDGE)}\n${text.slice(-EDGE)}` : text;
  const licence = CC0.test(edges) ? 'CC0-1.0' : LICENCE.exec(edges)?.[1]?.trim();
  const sourceUrl = SOURCE.exec(edges)?.[1];
  return present({ licence, sourceUrl, scope: scopeIn(sections) });
}

function scopeIn(sections: readonly Section[]): string | undefined {
  for (const section of sections) {
    for (const { sentences } of walkParagraphs(section.blocks)) {
      const found = sentences.find((sentence) => SCOPE.test(sentence.text));
      if (found !== undefined) return found.text;
    }
  }
  return undefined;
}
