/**
 * @module features/spec/lint/sarif
 * Findings in SARIF 2.1.0, the form that code hosts and editors take from linters.
 */

import type { Span } from '../../../spec/index.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { fingerprints } from './baseline.ts';
import type { LintedFile } from './linted-file.ts';
import type { RuleSetting } from './profiles.ts';
import { LINT_RULES } from './rules.ts';
import type { LintFinding, LintSeverity } from './types.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS: Readonly<Record<LintSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/**
 * The SARIF log of a lint, as a value.
 * @param version of Tenet
 * @param settings of single rules, as given on the command line
 */
export function sarifLog(
  files: readonly LintedFile[],
  version: string,
  settings: Readonly<Record<string, RuleSetting>> = {},
): Record<string, unknown> {
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Tenet', semanticVersion: version, rules: rulesOf(settings) } },
        // Columns count UTF-16 units, as they do in JavaScript and in editors.
        columnKind: 'utf16CodeUnits',
        artifacts: artifactsOf(files),
        results: files.flatMap(resultsOf),
      },
    ],
  };
}

function rulesOf(settings: Readonly<Record<string, RuleSetting>>): Record<string, unknown>[] {
  return LINT_RULES.map(({ id, title, reason, severity }) => {
    const setting = settings[id];
    const level = LEVELS[setting === undefined || setting === 'off' ? severity : setting];
    return {
      id,
      shortDescription: { text: plain(title) },
      fullDescription: { text: plain(reason) },
      help: { text: plain(`${reason} 'tenet spec lint --explain ${id}' shows samples.`) },
      defaultConfiguration: { level, ...(setting === 'off' ? { enabled: false } : {}) },
    };
  });
}

/** Each file once, also if it was named twice. */
function artifactsOf(files: readonly LintedFile[]): Record<string, unknown>[] {
  const byUri = new Map(files.map(({ spec }) => [uriOf(spec.file), spec.sha256]));
  return [...byUri].map(([uri, sha256]) => ({
    location: { uri },
    hashes: { 'sha-256': sha256 },
    sourceLanguage: 'markdown',
  }));
}

function resultsOf({ spec, findings, suppressed }: LintedFile): Record<string, unknown>[] {
  const all = [...findings, ...suppressed];
  const prints = fingerprints(spec, all);
  return all.map((finding, index) => {
    const result: Record<string, unknown> = {
      ruleId: finding.rule,
      ruleIndex: LINT_RULES.findIndex(({ id }) => id === finding.rule),
      level: LEVELS[finding.severity],
      message: { text: plain(finding.message) },
      locations: [locationOf(finding)],
      partialFingerprints: { 'tenetFinding/v1': prints[index] },
    };
    if (finding.fix !== undefined) result.fixes = [fixOf(finding, finding.fix)];
    if (index >= findings.length) result.suppressions = [{ kind: 'inSource' }];
    return result;
  });
}

function locationOf({ file, span, section }: LintFinding): Record<string, unknown> {
  const location: Record<string, unknown> = {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(span) },
  };
  if (section !== null) location.logicalLocations = [{ name: section, kind: 'element' }];
  return location;
}

function fixOf(
  { file }: LintFinding,
  { title, edits }: NonNullable<LintFinding['fix']>,
): Record<string, unknown> {
  const replacements = edits.map(({ span, text }) => ({
    deletedRegion: regionOf(span),
    insertedContent: { text },
  }));
  return {
    description: { text: plain(title) },
    artifactChanges: [{ artifactLocation: { uri: uriOf(file) }, replacements }],
  };
}

function regionOf({ start, end }: Span): Record<string, number> {
  const { line: startLine, column: startColumn } = start;
  return { startLine, startColumn, endLine: end.line, endColumn: end.column };
}

/** A message in which no brackets are taken for a link. */
function plain(text: string): string {
  return safeLine(text).replaceAll(/[\\[\]]/g, '\\$&');
}

/** A path as a relative or `file:` address. */
export function uriOf(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  const isDrive = /^[A-Za-z]:(?:[/\\]|$)/.test(path);
  const encoded = parts
    .map((part, index) => (isDrive && index === 0 ? part : encodeURIComponent(part.toWellFormed())))
    .join('/');
  if (isDrive) return `file:///${encoded}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded.replace(/^(?:\.\/)+/, '');
}
