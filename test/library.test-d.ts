/**
 * @module test/library.test-d
 * The types of the library as a user's program meets them. Checked by `tsc`, never run: what stands below
 * `@ts-expect-error` must be refused.
 */
import {
  type Answer,
  type AuditEvent,
  type AuditInput,
  type AuditResult,
  type AuditRun,
  audit,
  type Cause,
  type Clause,
  type Config,
  type CustomModel,
  type DialectName,
  defineConfig,
  defineJudge,
  defineProvider,
  type Judge,
  type Judgement,
  judge,
  type Ledger,
  type ModelRequest,
  openLedger,
  type Parameters,
  type PlanSummary,
  type Provider,
  type Report,
  type RunId,
  readSpec,
  readSuite,
  type Scenario,
  type Severity,
  type Spec,
  type Suite,
  type Supports,
  TenetError,
  type Transcript,
  type Verdict,
  type Where,
} from '../src/index.ts';

/** Are both the same type, neither wider than the other? */
type Same<One, Other> =
  (<Any>() => Any extends One ? 1 : 2) extends <Any>() => Any extends Other ? 1 : 2 ? true : false;

/** Checks at compile time that a type is `true`. */
const holds = <_ extends true>(): void => {};

export async function program(): Promise<void> {
  // readSpec
  const spec = readSpec('# One {#one}\n');
  holds<Same<typeof spec, Spec>>();
  readSpec(new Uint8Array(), { path: 'spec.md', dialect: 'model-spec' satisfies DialectName });
  // @ts-expect-error: a spec is read from a text or bytes
  readSpec(3);
  // @ts-expect-error: no such dialect
  readSpec('', { dialect: 'word' });

  // defineProvider
  const bot = defineProvider({
    name: 'bot',
    version: null,
    supports: { tools: false },
    call: async (request, context) => {
      holds<Same<typeof request, ModelRequest>>();
      holds<Same<typeof context, { signal: AbortSignal; attempt: number }>>();
      return request.messages.at(-1)?.content ?? '';
    },
  });
  holds<Same<typeof bot, Provider>>();
  holds<Same<CustomModel['supports'], Partial<Supports> | undefined>>();
  defineProvider({
    name: 'typed',
    version: '1',
    call: async (): Promise<Answer> => ({
      type: 'refused',
      reason: 'no',
      usage: { input: 1, output: 0 },
      raw: '',
    }),
  });
  // @ts-expect-error: the version must be said, if only to be null
  defineProvider({ name: 'bot', call: async () => '' });
  // @ts-expect-error: a number is no answer
  defineProvider({ name: 'bot', version: null, call: async () => 3 });
  // @ts-expect-error: a reply says how it finished
  defineProvider({ name: 'bot', version: null, call: async () => ({ type: 'reply', text: '' }) });

  // defineJudge
  const rule = defineJudge({
    name: 'rule',
    version: '1',
    clauses: ['one'],
    judge: async (question, context) => {
      holds<Same<typeof question.clause, Clause>>();
      holds<Same<typeof question.transcript, Transcript>>();
      holds<Same<typeof question.scenario, Scenario>>();
      holds<Same<typeof context, { signal: AbortSignal }>>();
      const judgement: Judgement = {
        outcome: 'violates',
        severity: 'minor' satisfies Severity,
        reason: question.clause.text,
        confidence: 0.9,
        citations: [{ message: 'm2', quote: 'large' }],
      };
      return judgement;
    },
  });
  holds<Same<typeof rule, Judge>>();
  // @ts-expect-error: there is no such outcome
  defineJudge({ name: 'a', version: null, judge: () => ({ outcome: 'maybe', reason: '' }) });
  // @ts-expect-error: a judgement has a reason
  defineJudge({ name: 'a', version: null, judge: () => ({ outcome: 'adheres' }) });

  // audit
  const input: AuditInput = {
    spec: { path: 'spec.md' },
    suite: { path: 'suite.csv' },
    clauses: 'level:root',
    subjects: [
      'openai:gpt-5',
      bot,
      { model: bot, system: 'Be brief.', parameters: { temperature: 0 } satisfies Parameters },
    ],
    judges: ['anthropic:claude-sonnet-4-5', bot, rule],
    schedule: { type: 'sequential', precision: 0.05, budget: 5 },
    limit: 10,
    name: 'nightly',
    tags: ['eu'],
    budget: 5,
    ledger: 'memory',
    record: 'fresh',
    signal: new AbortController().signal,
  };
  const run = audit(input);
  holds<Same<typeof run, AuditRun>>();
  holds<Same<typeof run.plan, Promise<PlanSummary>>>();
  holds<Same<typeof run.result, Promise<AuditResult>>>();
  audit({ spec, subjects: [bot], judges: [rule] });
  audit({ spec: { text: '# One\n' }, subjects: [bot] as const, judges: [rule] as const });
  audit({ ...input, schedule: { type: 'fixed', repeats: 3 }, record: 'only' });
  // @ts-expect-error: somebody must judge
  audit({ spec, subjects: [bot] });
  // @ts-expect-error: a function that judges is no subject
  audit({ spec, subjects: [rule], judges: [rule] });
  // @ts-expect-error: a fixed schedule says how often
  audit({ spec, subjects: [bot], judges: [rule], schedule: { type: 'fixed' } });
  // @ts-expect-error: there is no such way to use the record
  audit({ spec, subjects: [bot], judges: [rule], record: 'never' });

  for await (const event of run) {
    holds<Same<typeof event, AuditEvent>>();
    switch (event.type) {
      case 'plan':
        holds<Same<typeof event.plan, PlanSummary>>();
        break;
      case 'sample':
        holds<Same<typeof event.transcript, string>>();
        break;
      case 'verdict':
        holds<Same<typeof event.severity, Severity | null>>();
        break;
      case 'waiting':
        holds<Same<typeof event.milliseconds, number>>();
        break;
      case 'spent':
        holds<Same<typeof event.usd, number>>();
        break;
      case 'stopped':
        holds<Same<typeof event.cause, Cause>>();
        break;
      default:
        // Every kind of event is told above.
        holds<Same<typeof event, never>>();
    }
  }
  const result = await run.result;
  holds<Same<typeof result.run, RunId>>();
  holds<Same<typeof result.outcome, 'finished' | 'unfinished' | 'nothing_answered'>>();
  holds<Same<typeof result.causes, Cause[]>>();
  holds<Same<typeof result.report, Report>>();
  holds<Same<typeof result.report.accounting.samples.replied, number>>();

  // openLedger
  await using ledger = await openLedger('memory', { write: true, signal: AbortSignal.timeout(1) });
  holds<Same<typeof ledger, Ledger>>();
  audit({ ...input, ledger });
  // @ts-expect-error: a ledger is opened by its path
  await openLedger();

  // judge
  const transcripts: Transcript[] = [];
  for await (const verdict of judge({
    spec,
    transcripts,
    judges: [rule],
    ledger,
    clauses: 'one',
  })) {
    holds<Same<typeof verdict, Verdict>>();
    holds<Same<typeof verdict.severity, Severity | null>>();
  }
  async function* source(): AsyncGenerator<Transcript> {}
  judge({ spec, transcripts: source(), judges: [bot, 'sim:judge'] });
  // @ts-expect-error: a transcript is more than a text
  judge({ spec, transcripts: ['Hello'], judges: [rule] });
  // @ts-expect-error: the spec must have been read
  judge({ spec: { path: 'spec.md' }, transcripts, judges: [rule] });

  // Suites
  const suite = readSuite('suite.csv', 'prompt,clause\n', { has: () => true, near: () => [] });
  if ('problems' in suite) holds<Same<typeof suite.problems, string[]>>();
  else holds<Same<typeof suite, Suite>>();

  // Configuration
  const config = defineConfig({
    providers: [bot],
    judges: [rule],
    subject: 'bot',
    judge: ['rule'],
  });
  holds<Same<typeof config, Config>>();
  type Texts = string | string[];
  holds<Same<Config['spec'], string | undefined>>();
  holds<Same<Config['judge'], Texts | undefined>>();
  holds<Same<Config['subject'], Texts | undefined>>();
  holds<Same<Config['subjects'], string[] | undefined>>();
  holds<Same<Config['rubric'], Texts | undefined>>();
  holds<Same<Config['consensus'], 'majority' | 'unanimity' | 'latent' | undefined>>();
  holds<Same<Config['concurrency'], 'auto' | number | undefined>>();
  holds<Same<Config['budget'], number | undefined>>();
  holds<Same<Config['providers'], Provider[] | undefined>>();
  // @ts-expect-error: there is no such setting
  defineConfig({ subjcet: 'bot' });
  // @ts-expect-error: what a project settles is of the flag's own type
  defineConfig({ repeats: '3' });
  // @ts-expect-error: a function alone is no provider
  defineConfig({ providers: [async () => ''] });

  // Errors
  const error: unknown = null;
  if (TenetError.is(error)) {
    holds<Same<typeof error, TenetError>>();
    holds<Same<typeof error.code, string>>();
    holds<Same<typeof error.where, Where | undefined>>();
    holds<Same<typeof error.remedy, string | undefined>>();
  }
}
