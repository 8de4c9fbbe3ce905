/**
 * @module lsp/check-worker
 * Checks documents in a thread of its own, so that questions are answered while a long document is linted.
 */
import { parentPort } from 'node:worker_threads';
import { type CheckOrder, check } from './check.ts';

parentPort?.on('message', ({ ticket, order }: { ticket: number; order: CheckOrder }) => {
  parentPort?.postMessage({ ticket, result: check(order) });
});
