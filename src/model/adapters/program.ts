/**
 * @module model/adapters/program
 * A model that is a program: the request on its standard input, the reply on its standard output. It runs in a group
 * of its own, which ends with the deadline, and knows no provider's key.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { onAbort } from '../on-abort.ts';
import { type Environment, providerPlaces } from '../provider.ts';
import type { Answer, FailureKind, Provider } from '../types.ts';
import { readReply, requestText } from '../wire.ts';
import { quote } from './failures.ts';

/** What a program may write; more is no reply. */
const MOST_OUTPUT = 16 * 1024 * 1024;

/** What a program may say of its failure. */
const MOST_COMPLAINT = 4_096;

/** `EX_TEMPFAIL` of sysexits.h: the same question may be asked again in a while. */
const TRY_AGAIN = 75;

/** What a program that has ended may leave open its output for, in milliseconds, before that is taken as it is. */
const LEFT_OPEN = 1_000;

const PROCESS = randomUUID();

/**
 * A model behind a command line for the shell. Each call starts it anew; its answers are never served to another
 * process, since nobody can say when they change.
 * @param name how the user named it
 * @param keys variables of the environment, beside those of known providers, that hold keys of other models
 */
export function programProvider(
  name: string,
  command: string,
  environment: Environment,
  keys: readonly string[] = [],
): Provider {
  const own = withoutKeys(environment, keys);
  return {
    name: { text: name, provider: 'exec', model: command, options: {} },
    recordedAs: `exec:${command}#${PROCESS}`,
    account: `exec ${name}`,
    simulated: false,
    address: null,
    complete: (request, signal) => run(name, command, requestText(request), own, signal),
    close: async () => {},
  };
}

/** The environment without the keys of providers: a program has no business with them. */
function withoutKeys(environment: Environment, more: readonly string[]): Record<string, string> {
  const keys = new Set([...Object.values(providerPlaces).flatMap((place) => place.keys), ...more]);
  return Object.fromEntries(
    Object.entries(environment).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !keys.has(pair[0]),
    ),
  );
}

/** Groups of programs that have not ended. */
const running = new Set<number>();

// Whoever ends this process in the middle of a call ends them too.
process.on('exit', () => running.forEach(endGroup));

function endGroup(group: number | undefined): void {
  if (group === undefined || !running.delete(group)) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
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
  if (signal.aborted) return Promise.resolve(failed('timeout', TOO_LATE));
  return new Promise((resolve) => {
    // A group of its own, so that what the program started ends with it.
    const child = spawn(command, { shell: true, detached: true, env, stdio: 'pipe' });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    let size = 0;
    let complained = 0;
    const group = child.pid;
    if (group !== undefined) running.add(group);
    const letGo = (): void => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    const settle = (answer: Answer): void => {
      forget();
      clearTimeout(open);
      resolve(answer);
    };
    // Not when it has ended: what left the group may hold its output open for ever.
    const cut = (answer: Answer): void => {
      endGroup(group);
      letGo();
      settle(answer);
    };
    const forget = onAbort(signal, () => cut(failed('timeout', TOO_LATE)));
    let open: NodeJS.Timeout | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_OUTPUT) output.push(chunk);
      else cut(failed('malformed', 'the program wrote more than 16 MB'));
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint.push(chunk);
      complained += chunk.length;
      while (complained - (complaint[0]?.length ?? 0) > MOST_COMPLAINT) {
        complained -= complaint.shift()?.length ?? 0;
      }
    });
    // A program that reads nothing closes its input early, which is its right.
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      cut(failed('request', `the program could not be started: ${error.message}`));
    });
    child.on('exit', () => {
      endGroup(group);
      open = setTimeout(letGo, LEFT_OPEN);
    });
    child.on('close', (code, how) => {
      const text = Buffer.concat(output).toString('utf8');
      const said = quote(Buffer.concat(complaint).toString('utf8').trim().split('\n').at(-1) ?? '');
      const behind = said === '' ? '' : `: ${said}`;
      if (code !== 0) {
        const why = code === null ? how : `exit code ${code}`;
        settle(failed('server', `the program ended with ${why}${behind}`, code === TRY_AGAIN));
      } else if (text === '') {
        settle(failed('malformed', `the program wrote nothing${behind}`));
      } else {
        const answer = readReply(text);
        const isFailure = answer.type === 'failure';
        settle(isFailure ? { ...answer, message: `${name}: ${answer.message}` } : answer);
      }
    });
    child.stdin.end(input);
  });
}

const TOO_LATE = 'the program gave no answer in time';
