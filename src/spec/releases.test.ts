// The published releases, against counts and rows that were made independently of this reader.

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import {
  RELEASES,
  sharedJson,
  sharedRelease,
  sharedRows,
  skipUnlessShared,
} from '../../test/shared-data.ts';
import {
  comparisonsOf,
  type Example,
  type ExampleMessage,
  examplesOf,
  messagesBefore,
  readSpec,
  repliesOf,
  type Section,
  type Spec,
  specStats,
  walkBlocks,
  withUntrustedMarked,
} from './index.ts';
import { walkInlines, walkParagraphs } from './walk.ts';

interface GoldenSection {
  id: string;
  level: number;
  title: string;
  authority: string | null;
  tags: string | null;
  parent: string | null;
  line: number;
  examples: number;
  good: number;
  bad: number;
  ok: number;
  footnotes: number;
  admonitions: number;
}

interface GoldenRelease {
  sha256: string;
  chars: number;
  lines: number;
  headings: Record<string, number>;
  clauses_per_authority: Record<string, number>;
  clauses_per_level_authority: Record<string, number>;
  clauses_with_authority: number;
  tags: Record<string, string>;
  example_count: number;
  examples_with_comparison: number;
  comparisons: number;
  good: number;
  bad: number;
  ok: number;
  unjudged_assistant: number;
  with_note: { GOOD: number; BAD: number; OK: number };
  verdict_refs: Record<string, number>;
  element_counts: Record<string, number>;
  admonitions: number;
  footnotes: number;
  footnotes_unique: number;
  eval_prompt_files: number;
  eval_prompts: number;
  eval_prompts_last_role: Record<string, number>;
  eval_prompt_messages: Record<string, number>;
  footnotes_without_file: string[];
  files_without_footnote: string[];
  eval_file_title_stale: { file: string }[];
  links: { external: number; internal: number; auto_title: number };
  dangling_refs: string[];
  dangling_verdict_refs: string[];
  duplicate_ids: string[];
  xml_anomalies: { line: number; kind: string; text: string }[];
  clauses_with_authority_without_example: string[];
  clauses_with_authority_without_footnote: string[];
  footnotes_in_sections_without_authority: [string, string][];
  sections: GoldenSection[];
  links_in_verdict_notes: { line: number; to: string }[];
}

const specs = new Map<string, Spec>();

function release(version: string): Spec {
  let spec = specs.get(version);
  if (spec === undefined) {
    spec = readSpec(sharedRelease(version));
    specs.set(version, spec);
  }
  return spec;
}

function golden(version: string): GoldenRelease {
  const all = sharedJson('model-spec/golden.json') as { releases: Record<string, GoldenRelease> };
  const found = all.releases[version];
  assert.ok(found);
  return found;
}

function forEachRelease(name: string, check: (spec: Spec, expected: GoldenRelease) => void): void {
  for (const version of RELEASES) {
    it(`${name} (${version})`, (t: TestContext) => {
      if (skipUnlessShared(t)) return;
      check(release(version), golden(version));
    });
  }
}

function countBy(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function tagsOf(section: Section): string[] {
  return walkInlines(section.blocks).flatMap((inline) =>
    inline.type === 'eval-tag' ? [inline.tag] : [],
  );
}

function allExamples(spec: Spec): Example[] {
  return spec.sections.flatMap(examplesOf);
}

function outerMessages(example: Example): ExampleMessage[] {
  return example.turns.filter((turn) => turn.type === 'message');
}

describe('published releases', () => {
  forEachRelease('every section is as counted independently', (spec, expected) => {
    const actual = spec.sections.map((section): GoldenSection => {
      const marks = countBy(
        examplesOf(section)
          .flatMap(repliesOf)
          .map((reply) => reply.mark ?? '?'),
      );
      return {
        id: section.id,
        level: section.depth,
        title: section.title,
        authority: section.level,
        tags: section.tags.length === 0 ? null : section.tags.join(','),
        parent: section.parent,
        line: section.heading.start.line,
        examples: examplesOf(section).length,
        good: marks.good ?? 0,
        bad: marks.bad ?? 0,
        ok: marks.ok ?? 0,
        footnotes: tagsOf(section).length,
        admonitions: walkBlocks(section.blocks).filter((block) => block.type === 'commentary')
          .length,
      };
    });
    assert.deepEqual(actual, expected.sections);
  });

  forEachRelease('the statistics are as counted independently', (spec, expected) => {
    const stats = specStats(spec);
    assert.deepEqual(stats.headings, expected.headings);
    assert.deepEqual(stats.levels, expected.clauses_per_authority);
    assert.equal(stats.examples, expected.example_count);
    assert.equal(stats.comparisons, expected.comparisons);
    assert.deepEqual(stats.verdicts, { good: expected.good, bad: expected.bad, ok: expected.ok });
    assert.equal(stats.commentary, expected.admonitions);
    assert.equal(stats.evalTags, expected.footnotes);
    assert.equal(stats.evalFiles, expected.eval_prompt_files);
    assert.equal(stats.evalPrompts, expected.eval_prompts);
    const { auto_title: auto, internal, external } = expected.links;
    assert.deepEqual(stats.references, { auto, internal, external });
    assert.deepEqual(stats.dangling, [
      ...expected.dangling_refs,
      ...expected.dangling_verdict_refs,
    ]);
    assert.deepEqual(stats.tagsWithoutFile, expected.footnotes_without_file);
    assert.deepEqual(stats.filesWithoutTag, expected.files_without_footnote);
    assert.equal(spec.sha256, expected.sha256);
  });

  forEachRelease('levels stand in the order of the document', (spec, expected) => {
    const top = 'platform' in expected.clauses_per_authority ? ['platform'] : ['root', 'system'];
    const names = spec.levels.map((level) => level.name);
    assert.deepEqual(names, [...top, 'developer', 'user', 'guideline']);
    assert.deepEqual(
      spec.levels.filter((level) => !level.overridable).map((level) => level.name),
      top,
    );
    const perDepth = countBy(
      spec.sections.map(({ depth, level }) => `h${depth}/${level ?? 'none'}`),
    );
    assert.deepEqual(perDepth, expected.clauses_per_level_authority);
  });

  forEachRelease('clauses are told from chapters', (spec, expected) => {
    const clauses = spec.sections.filter((section) => section.isClause);
    const levelled = clauses.filter((clause) => clause.level !== null);
    assert.equal(levelled.length, expected.clauses_with_authority);
    const others = clauses.filter((clause) => clause.level === null);
    const tagged = new Set(expected.footnotes_in_sections_without_authority.map(([, id]) => id));
    assert.deepEqual(new Set(others.map((clause) => clause.id)), tagged);
    assert.deepEqual(
      expected.footnotes_in_sections_without_authority,
      others.flatMap((clause) => tagsOf(clause).map((tag) => [tag, clause.id])),
    );
    const ids = (sections: Section[]): string[] => sections.map((section) => section.id);
    assert.deepEqual(
      ids(levelled.filter((clause) => examplesOf(clause).length === 0)),
      expected.clauses_with_authority_without_example,
    );
    assert.deepEqual(
      ids(levelled.filter((clause) => tagsOf(clause).length === 0)),
      expected.clauses_with_authority_without_footnote,
    );
    for (const clause of levelled) {
      const isFixed = ['root', 'platform', 'system'].includes(clause.level ?? '');
      assert.equal(clause.kind, isFixed ? 'rule' : 'default');
    }
    assert.equal(spec.sections.find((section) => section.id === 'definitions')?.kind, 'definition');
  });

  forEachRelease('every element of the conversations is there', (spec, expected) => {
    const examples = allExamples(spec);
    const counts: Record<string, number> = {};
    const add = (name: string, number: number): void => {
      if (number > 0) counts[name] = (counts[name] ?? 0) + number;
    };
    let unjudged = 0;
    for (const example of examples) {
      add('comparison', comparisonsOf(example).length);
      add('settings', Object.keys(example.settings).length > 0 ? 1 : 0);
      for (const reply of repliesOf(example)) {
        add('assistant', 1);
        add('untrusted', reply.untrusted.length);
      }
      for (const message of outerMessages(example)) {
        add(message.role, 1);
        add('untrusted', message.untrusted.length);
        if (message.role === 'assistant') unjudged++;
      }
    }
    assert.deepEqual(counts, expected.element_counts);
    assert.equal(unjudged, expected.unjudged_assistant);
    assert.equal(
      examples.filter((example) => comparisonsOf(example).length > 0).length,
      expected.examples_with_comparison,
    );
  });

  forEachRelease('notes and pointers of marks are there', (spec, expected) => {
    const replies = allExamples(spec).flatMap(repliesOf);
    const noted = replies.filter((reply) => reply.note !== null || reply.violates !== null);
    const byMark = countBy(noted.map((reply) => (reply.mark ?? '?').toUpperCase()));
    assert.deepEqual(byMark, expected.with_note);
    assert.deepEqual(
      countBy(replies.flatMap((reply) => reply.violates ?? [])),
      expected.verdict_refs,
    );
    const inNotes = replies.flatMap((reply) => reply.inlines);
    assert.deepEqual(
      inNotes.map((inline) => [
        inline.span.start.line,
        inline.type === 'reference' ? `#${inline.target}` : '',
      ]),
      expected.links_in_verdict_notes.map((link) => [link.line, link.to]),
    );
  });

  forEachRelease('eval prompts are whole', (spec, expected) => {
    const prompts = spec.evalFiles.flatMap((file) => file.prompts);
    const roles = prompts.map((prompt) => outerMessages(prompt).map((message) => message.role));
    assert.deepEqual(
      countBy(roles.map((list) => list.at(-1) ?? '?')),
      expected.eval_prompts_last_role,
    );
    assert.deepEqual(countBy(roles.flat()), expected.eval_prompt_messages);
    const tags = spec.sections.flatMap(tagsOf);
    assert.equal(new Set(tags).size, expected.footnotes_unique);
  });

  forEachRelease('diagnostics name what is odd, and nothing else', (spec, expected) => {
    const inDocument = spec.diagnostics.filter((diagnostic) => diagnostic.file === spec.file);
    const odd = inDocument.filter((diagnostic) => diagnostic.code !== 'tag-without-file');
    assert.deepEqual(
      odd.map((diagnostic) => [diagnostic.span.start.line, diagnostic.code]),
      expected.xml_anomalies.map(({ line, kind }) => [
        line,
        kind === 'text outside tags' ? 'elided-turns' : 'stray-around-tag',
      ]),
    );
    const missing = inDocument.filter((diagnostic) => diagnostic.code === 'tag-without-file');
    assert.equal(missing.length, expected.footnotes_without_file.length);
    const beside = spec.diagnostics.filter((diagnostic) => diagnostic.file !== spec.file);
    assert.deepEqual(
      beside.map((diagnostic) => `${diagnostic.code} ${diagnostic.file.split('/').at(-1)}`).sort(),
      [
        ...expected.eval_file_title_stale.map(({ file }) => `stale-eval-title ${file}.md`),
        ...expected.files_without_footnote.map((tag) => `file-without-tag ${tag}.md`),
      ].sort(),
    );
  });

  it('splits the prose into as many sentences as counted independently', (t) => {
    if (skipUnlessShared(t)) return;
    const expected = sharedJson('model-spec/lint-stats.json') as Record<
      string,
      { prose_sentences: number }
    >;
    for (const version of RELEASES) {
      let sentences = 0;
      for (const section of release(version).sections) {
        const prose = section.blocks.filter((block) => block.type !== 'commentary');
        for (const paragraph of walkParagraphs(prose)) sentences += paragraph.sentences.length;
      }
      const counted = expected[version]?.prose_sentences ?? 0;
      // Two splitters never agree on every full stop; more than one in fifty would be a fault.
      assert.ok(Math.abs(sentences - counted) <= counted / 50, `${sentences} for ${counted}`);
    }
  });
});

interface VerdictRow {
  releases: string[];
  clause: string;
  example: string;
  comparison: number;
  item: number;
  verdict: string;
  note: string | null;
  violates: string | null;
  recipient: string | null;
  context: { role: string; content: string; settings?: Record<string, string> }[];
  response: string;
}

interface PromptRow {
  releases: string[];
  tag: string;
  title: string;
  messages: { role: string; content: string }[];
}

type ReplyInContext = Omit<VerdictRow, 'releases'>;

function withoutSettings(row: VerdictRow): ReplyInContext {
  return {
    clause: row.clause,
    example: row.example,
    comparison: row.comparison,
    item: row.item,
    verdict: row.verdict,
    note: row.note,
    violates: row.violates,
    recipient: row.recipient,
    context: row.context.map(({ role, content }) => ({ role, content })),
    response: row.response,
  };
}

function repliesInContext(section: Section): ReplyInContext[] {
  return examplesOf(section).flatMap((example) =>
    comparisonsOf(example).flatMap((comparison, number) =>
      comparison.replies.map((reply, item) => ({
        clause: section.id,
        example: example.title,
        comparison: number + 1,
        item,
        verdict: (reply.mark ?? '?').toUpperCase(),
        note: reply.note,
        violates: reply.violates,
        recipient: reply.attributes.recipient ?? null,
        context: messagesBefore(example, comparison).map((message) => ({
          role: message.role,
          content: withUntrustedMarked(message),
        })),
        response: reply.content,
      })),
    ),
  );
}

describe('rows derived from the releases', () => {
  it('have every marked reply with its conversation, and the reader no other', (t) => {
    if (skipUnlessShared(t)) return;
    const rows = sharedRows('model-spec/verdicts.jsonl') as VerdictRow[];
    for (const version of RELEASES) {
      const current = rows.filter((row) => row.releases.includes(version));
      const replies = release(version).sections.flatMap(repliesInContext);
      const essence = ({ verdict, recipient, context, response }: ReplyInContext): string =>
        JSON.stringify({ verdict, recipient, context, response });
      assert.deepEqual(
        new Set(replies.map(essence)),
        new Set(current.map((row) => essence(withoutSettings(row)))),
        version,
      );
      // A reply that later releases repeat has the words around it from the last of them.
      const latest = current.filter((row) => row.releases.at(-1) === version).map(withoutSettings);
      const known = new Set(replies.map((reply) => JSON.stringify(reply)));
      for (const row of latest) assert.ok(known.has(JSON.stringify(row)), JSON.stringify(row));
    }
  });

  it('have every eval prompt, and the reader no other', (t) => {
    if (skipUnlessShared(t)) return;
    const rows = sharedRows('model-spec/eval-prompts.jsonl') as PromptRow[];
    for (const version of RELEASES) {
      const expected = rows
        .filter((row) => row.releases.includes(version))
        .map(({ tag, title, messages }) => JSON.stringify({ tag, title, messages }));
      const actual = release(version).evalFiles.flatMap(({ tag, prompts }) =>
        prompts.map((prompt) => {
          const messages = outerMessages(prompt).map((message) => ({
            role: message.role,
            content: withUntrustedMarked(message),
          }));
          return JSON.stringify({ tag, title: prompt.title, messages });
        }),
      );
      assert.deepEqual(actual.sort(), expected.sort(), version);
    }
  });
});
