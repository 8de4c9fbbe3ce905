/**
 * @module app/programs
 * Opens commands (`exec:`) and HTTP templates (`http:`) as models.
 */
import {
  type HttpModel,
  httpModelProvider,
  readHttpModel,
  variablesOf,
} from '../model/adapters/http-template.ts';
import { programProvider } from '../model/adapters/program.ts';
import { parseModelName } from '../model/name.ts';
import type { Environment } from '../model/provider.ts';
import type { Provider } from '../model/types.ts';
import { loadText } from './files.ts';
import { problem } from './messages.ts';

/** The commands and templates among these names. No program is shown a key that another of them uses. */
export function openPrograms(all: readonly string[], environment: Environment): Provider[] {
  const templates = all.filter((name) => name.startsWith('http:')).map(readTemplate);
  const keys = [...all.flatMap(keyOf), ...templates.flatMap(({ model }) => variablesOf(model))];
  return [
    ...all
      .filter((name) => name.startsWith('exec:'))
      .map((name) => program(name, environment, keys)),
    ...templates.map(({ name, model }) => template(name, model, environment)),
  ];
}

/** The variable that `key=` names, which no program is shown. */
function keyOf(name: string): string[] {
  const parsed = parseModelName(name);
  const key = parsed.ok ? parsed.name.options.key : undefined;
  return key === undefined ? [] : [key];
}

function program(name: string, environment: Environment, keys: readonly string[]): Provider {
  const command = name.slice('exec:'.length).trim();
  if (command === '') {
    throw problem('wrong-model-name', {
      flag: '--subject',
      reason: '"exec:" lacks a command after the colon, such as exec:./bot.sh.',
    });
  }
  return programProvider(name, command, environment, keys);
}

interface Template {
  /** As the user wrote it. */
  name: string;
  model: HttpModel;
}

function readTemplate(name: string): Template {
  const file = name.slice('http:'.length);
  if (file.startsWith('//')) {
    throw problem('wrong-model-name', {
      flag: '--subject',
      reason: `"http:" is followed by a template's file, and ${name} is an address. For a server that speaks OpenAI's protocol write compatible:MODEL?base=${name}`,
    });
  }
  const read = readHttpModel(loadText(file, 'an HTTP template'));
  if (!read.ok) throw problem('wrong-http-model', { flag: 'http:', file, reason: read.message });
  return { name, model: read.model };
}

function template(name: string, model: HttpModel, environment: Environment): Provider {
  const opened = httpModelProvider(name, model, environment);
  if (!opened.ok) throw problem('model-not-opened', { model: name, reason: opened.message });
  return opened.provider;
}
