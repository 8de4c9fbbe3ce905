/**
 * @module model/adapters/program
 * A model that is a program: the request on its standard input, the reply on its standard output. It runs in a group
 * of its own, which ends with the deadline, and knows no provider's key.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type Environment, providerPlaces } from '../provider.ts';
import type { Answer, FailureKind, Provider } from '../types.ts';
import { readReply, requestText } from '../wire.ts';
import { quote } from './failures.ts';

export interface ProgramModel {
  /** How it is named. */
  name: string;
  /** As of a custom model: null means that its answers are never served to another process. */
  version: string | null;
  /** A command line for the shell. */
  command: string;
}

/** What a program may write; more is no reply. */
const MOST_OUTPUT = 16 * 1024 * 1024;

/** What a program may say of its failure. */
const MOST_COMPLAINT = 4_096;

/** `EX_TEMPFAIL` of sysexits.h: the same question may be asked again in a while. */
const TRY_AGAIN = 75;

const PROCESS = randomUUID();

/** A model behind a command. Each call starts the program anew. */
export function programProvider(
  { name, version, command }: ProgramModel,
  environment: Environment,
): Provider {
  const own = withoutKeys(environment);
  const model = version === null ? command : `${name}@${version}`;
  return {
    name: { text: name, provider: 'exec', model, options: {} },
    ...(version === null ? { recordedAs: `exec:${command}#${PROCESS}` } : {}),
    account: `exec ${name}`,
    simulated: false,
    address: null,
    complete: (request, signal) => run(name, command, requestText(request), own, signal),
    close: async () => {},
  };
}

/** The environment without the keys of providers: a program has no business with them. */
function withoutKeys(environment: Environment): Record<string, string> {
  const keys = new Set(Object.values(providerPlaces).flatMap((place) => place.keys));
  return Object.fromEntries(
    Object.entries(environment).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !keys.has(pair[0]),
    ),
  );
}

function run(
  name: string,
  command: string,
  input: string,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  const failed = (kind: FailureKind, why: string, transient = false): Answer => {
    return { type: 'failure', kind, message: `${name}: ${why}`, transient };
  };
  return new Promise((resolve) => {
    // A group of its own, so that what the program started ends with it.
    const child = spawn(command, { shell: true, detached: true, env, stdio: 'pipe' });
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    let cutShort: Answer | null = null;
    const endGroup = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing of it is left.
      }
    };
    const cut = (why: Answer): void => {
      cutShort ??= why;
      endGroup();
    };
    const onAbort = (): void => cut(failed('timeout', 'the program gave no answer in time'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) cut(failed('malformed', 'the program wrote more than 16 MB'));
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-MOST_COMPLAINT);
    });
    // A program that reads nothing closes its input early, which is its right.
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      cutShort ??= failed('request', `the program could not be started: ${error.message}`);
    });
    // What it left running would keep its output open.
    child.on('exit', endGroup);
    child.on('close', (code, how) => {
      signal.removeEventListener('abort', onAbort);
      if (cutShort !== null) return resolve(cutShort);
      if (code !== 0) {
        const said = quote(complaint.trim().split('\n').at(-1) ?? '');
        const why = `the program ended with ${code === null ? how : `exit code ${code}`}`;
        return resolve(failed('server', said === '' ? why : `${why}: ${said}`, code === TRY_AGAIN));
      }
      const answer = readReply(Buffer.concat(output).toString('utf8'));
      const isFailure = answer.type === 'failure';
      resolve(isFailure ? { ...answer, message: `${name}: ${answer.message}` } : answer);
    });
    child.stdin.end(input);
  });
}
