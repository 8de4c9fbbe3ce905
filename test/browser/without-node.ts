/**
 * Runs modules of ours where there is no Node: bundled as for a web page, in a bare JavaScript context or in
 * Chromium.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { type BuildFailure, build } from 'esbuild';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const CHROMIUM = '/usr/bin/chromium';
/** A busy machine takes its time to start a browser. */
const PATIENCE = 180_000;

/**
 * The source of a script that makes everything a module exports one global object. It holds all that it needs.
 * @param entry path from the project's root
 * @throws Error where a module of Node is imported, or where the bundler has anything to warn of
 */
export async function bundleForBrowser(entry: string, global: string): Promise<string> {
  const built = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    globalName: global,
    platform: 'browser',
    target: 'es2024',
    write: false,
    metafile: true,
    logLevel: 'silent',
  }).catch((failure: BuildFailure) => {
    throw new Error(`${entry} can't be bundled for a browser: ${textOf(failure.errors)}`);
  });
  if (built.warnings.length > 0) throw new Error(`${entry}: ${textOf(built.warnings)}`);
  const outside = Object.values(built.metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external === true);
  if (outside.length > 0) {
    throw new Error(`${entry} needs ${outside.map(({ path }) => path).join(', ')} beside itself`);
  }
  return built.outputFiles.map(({ text }) => text).join('\n');
}

function textOf(messages: BuildFailure['errors']): string {
  return messages
    .map(({ text, location }) => (location === null ? text : `${location.file}: ${text}`))
    .join('; ');
}

/** A place without Node in which scripts have run. */
export interface Opened {
  /** What an expression comes to, which must be a string. */
  evaluate(expression: string): Promise<string>;
  close(): Promise<void>;
}

/** Where scripts can run without Node. */
export interface Place {
  name: string;
  /** Whether it is the very engine that runs the tests. */
  sameEngine: boolean;
  /** Runs scripts, one after the other. */
  open(scripts: readonly string[]): Promise<Opened>;
}

/** A context that has what the language has, and of a browser's globals those that every browser has. */
export const bareContext: Place = {
  name: 'a bare context',
  sameEngine: true,
  async open(scripts) {
    const context = createContext({
      TextDecoder,
      TextEncoder,
      URL,
      URLSearchParams,
      atob,
      btoa,
      queueMicrotask,
      structuredClone,
    });
    // Pages have shared memory only where their server asks for it.
    const asOnPages = 'globalThis.self = globalThis; delete globalThis.SharedArrayBuffer;';
    for (const script of [asOnPages, ...scripts]) new Script(script).runInContext(context);
    return {
      evaluate: async (expression) => String(new Script(expression).runInContext(context)),
      close: async () => {},
    };
  },
};

/** Chromium without a window, on an empty page; null where there is none. */
export const browser: Place | null = existsSync(CHROMIUM)
  ? { name: 'Chromium', sameEngine: false, open: openChromium }
  : null;

async function openChromium(scripts: readonly string[]): Promise<Opened> {
  const profile = mkdtempSync(join(tmpdir(), 'tenet-browser-'));
  const forget = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const opened = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      timeout: PATIENCE,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    const close = async () => {
      await opened.close();
      forget();
    };
    try {
      const page = await opened.newPage();
      page.setDefaultTimeout(PATIENCE);
      for (const content of scripts) await page.addScriptTag({ content });
      return { evaluate: async (expression) => String(await page.evaluate(expression)), close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    forget();
    throw error;
  }
}
