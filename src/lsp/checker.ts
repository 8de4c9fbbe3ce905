/**
 * @module lsp/checker
 * Hands documents to the thread that checks them: one at a time, of each document only its newest version.
 */
import { Worker } from 'node:worker_threads';
import type { CheckOrder, CheckResult } from './check.ts';

/** Where package.json says that the thread's file is, from source as when built. */
const WORKER = new URL(import.meta.resolve('#check-worker'));

interface Waiting {
  order: CheckOrder;
  done: (result: CheckResult) => void;
}

/** A document that brings the thread down this often is not sent to it again until it changes. */
const MOST_CRASHES = 3;

/** Checks documents one after the other. */
export class Checker {
  readonly #onFault: (message: string) => void;
  readonly #waiting = new Map<string, Waiting>();
  #worker: Worker | null = null;
  #underWay: { ticket: number; uri: string; done: Waiting['done'] } | null = null;
  #ticket = 0;
  #crashes = 0;

  /** @param onFault is told what went wrong, for the editor's log */
  constructor(onFault: (message: string) => void) {
    this.#onFault = onFault;
  }

  /** Checks a document, and calls `done` unless a newer order for it came before. */
  check(uri: string, order: CheckOrder, done: (result: CheckResult) => void): void {
    this.#waiting.set(uri, { order, done });
    this.#next();
  }

  /** Forgets a document. */
  drop(uri: string): void {
    this.#waiting.delete(uri);
    if (this.#underWay?.uri === uri) this.#underWay.done = () => {};
  }

  #next(): void {
    if (this.#underWay !== null) return;
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [uri, { order, done }] = first;
    this.#waiting.delete(uri);
    this.#ticket++;
    this.#underWay = { ticket: this.#ticket, uri, done };
    this.#worker ??= this.#start();
    this.#worker.postMessage({ ticket: this.#ticket, order });
  }

  #start(): Worker {
    // Whatever a thread prints would be taken for protocol.
    const worker = new Worker(WORKER, { stdout: true });
    worker.stdout.pipe(process.stderr, { end: false });
    worker.on('message', ({ ticket, result }: { ticket: number; result: CheckResult }) => {
      if (this.#underWay?.ticket !== ticket) return;
      const { uri, done } = this.#underWay;
      this.#underWay = null;
      this.#crashes = 0;
      if (result.fault !== null) this.#onFault(`The linter failed: ${result.fault}`);
      if (!this.#waiting.has(uri)) done(result);
      this.#next();
    });
    worker.on('error', (error) => this.#onFault(`Checking failed: ${error.message}`));
    worker.on('exit', () => {
      this.#worker = null;
      this.#underWay = null;
      this.#crashes++;
      if (this.#crashes <= MOST_CRASHES) this.#next();
      else this.#waiting.clear();
    });
    return worker;
  }
}
