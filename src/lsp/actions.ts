/** @module lsp/actions What can be done about a finding: put it right, or overlook it with a reason. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LiveFinding, LiveFix } from './live-findings.ts';
import { rangeOf, touches } from './places.ts';
import type { Reading } from './reading.ts';

/** Everything safe at once. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.tenet`;

/** What the editor asks for. */
export interface ActionRequest {
  range: Range;
  /** The diagnostics it shows there. */
  shown: readonly Diagnostic[];
  /** The kinds it wants; undefined for any. */
  only: readonly string[] | undefined;
  hasDocumentChanges: boolean;
}

/** The actions for a place of a spec. */
export function codeActions(
  reading: Reading,
  findings: readonly LiveFinding[],
  request: ActionRequest,
): CodeAction[] {
  const { document } = reading;
  const actions: CodeAction[] = [];
  const wants = (kind: string): boolean =>
    request.only === undefined ||
    request.only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
  const edit = (edits: TextEdit[]): WorkspaceEdit => workspaceEdit(document, edits, request);
  if (wants(CodeActionKind.QuickFix)) {
    const here = findings.filter(({ place }) => touches(rangeOf(document, place), request.range));
    for (const { finding, place, fix } of here) {
      if (fix === null) continue;
      const range = rangeOf(document, place);
      actions.push({
        kind: CodeActionKind.QuickFix,
        diagnostics: request.shown.filter(
          (shown) => shown.code === finding.rule && touches(shown.range, range),
        ),
        title: `${fix.title} (${finding.rule})`,
        isPreferred: true,
        edit: edit(toEdits(document, fix)),
      });
    }
    const suppressed = new Set<string>();
    for (const { finding, place } of here) {
      const at = suppressionOffset(reading, place.start);
      // One comment covers a block, however often the rule speaks there.
      if (suppressed.has(`${finding.rule} ${at}`)) continue;
      suppressed.add(`${finding.rule} ${at}`);
      actions.push({
        title: `Suppress ${finding.rule} here with a reason`,
        kind: CodeActionKind.QuickFix,
        diagnostics: request.shown.filter((shown) => shown.code === finding.rule),
        edit: edit([suppression(document, finding.rule, at)]),
      });
    }
  }
  const fixable = findings.flatMap(({ fix }) => fix ?? []);
  if (fixable.length > 0 && wants(FIX_ALL)) {
    const { edits, count } = compatible(document, fixable);
    const title = `Fix everything that is safe to fix (${count})`;
    actions.push({ title, kind: FIX_ALL, edit: edit(edits) });
  }
  return actions;
}

/** Fixes that do not touch each other, the first of those that do. */
function compatible(
  document: TextDocument,
  fixes: readonly LiveFix[],
): { edits: TextEdit[]; count: number } {
  const inOrder = fixes
    .filter(({ edits }) => edits.length > 0)
    .map((fix) => ({
      fix,
      start: Math.min(...fix.edits.map(({ place }) => place.start)),
      end: Math.max(...fix.edits.map(({ place }) => place.end)),
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const edits: TextEdit[] = [];
  let count = 0;
  let reached = -1;
  for (const { fix, start, end } of inOrder) {
    if (start <= reached) continue;
    edits.push(...toEdits(document, fix));
    count++;
    reached = end;
  }
  return { edits, count };
}

function toEdits(document: TextDocument, fix: LiveFix): TextEdit[] {
  return fix.edits.map(({ place, text }) => ({ range: rangeOf(document, place), newText: text }));
}

/**
 * A comment on a line of its own covers the block below it, so it goes above the outermost block: in a fence
 * it would be a message's text, and in a list it would end the item.
 */
function suppressionOffset(reading: Reading, offset: number): number {
  const section = reading.sectionAt(offset);
  const block = section?.blocks.find(
    ({ span }) => span.start.offset <= offset && offset <= span.end.offset,
  );
  return block?.span.start.offset ?? offset;
}

function suppression(document: TextDocument, rule: string, at: number): TextEdit {
  const line = document.positionAt(at).line;
  const position = { line, character: 0 };
  const lineEnd = document.getText().includes('\r\n') ? '\r\n' : '\n';
  return {
    range: { start: position, end: position },
    newText: `<!-- tenet-ignore ${rule}: -->${lineEnd}`,
  };
}

function workspaceEdit(
  { uri, version }: TextDocument,
  edits: TextEdit[],
  { hasDocumentChanges }: ActionRequest,
): WorkspaceEdit {
  if (!hasDocumentChanges) return { changes: { [uri]: edits } };
  return { documentChanges: [{ textDocument: { uri, version }, edits }] };
}
