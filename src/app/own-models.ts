/**
 * @module app/own-models
 * Opens the models of the user's own: functions of the configuration, commands (`exec:`) and HTTP templates (`http:`)
 * that the command line or the configuration names.
 */
import { httpModelProvider, readHttpModel } from '../model/adapters/http-template.ts';
import { programProvider } from '../model/adapters/program.ts';
import type { Environment } from '../model/provider.ts';
import type { Provider } from '../model/types.ts';
import type { Config } from './config.ts';
import { loadText } from './files.ts';
import { problem } from './messages.ts';
import { type Roster, rosterOf } from './roster.ts';

/** Who can be named: what the configuration defines, and the commands and templates among `names`. */
export function ownModels(
  config: Config,
  names: readonly string[],
  environment: Environment,
): Roster {
  const configured = [config.subject, config.subjects, config.judge].flatMap(
    (given) => given ?? [],
  );
  const opened = [...new Set([...names, ...configured])].flatMap((name): Provider[] => {
    if (name.startsWith('exec:')) return [program(name, environment)];
    return name.startsWith('http:') ? [template(name, environment)] : [];
  });
  return rosterOf([...(config.providers ?? []), ...opened], config.judges ?? []);
}

function program(name: string, environment: Environment): Provider {
  const command = name.slice('exec:'.length).trim();
  if (command === '') {
    throw problem('wrong-model-name', {
      flag: '--subject',
      reason: '"exec:" lacks a command after the colon, such as exec:./bot.sh.',
    });
  }
  return programProvider({ name, version: null, command }, environment);
}

function template(name: string, environment: Environment): Provider {
  const file = name.slice('http:'.length);
  const read = readHttpModel(loadText(file, 'an HTTP template'));
  if (!read.ok) throw problem('wrong-http-model', { flag: 'http:', file, reason: read.message });
  const opened = httpModelProvider(name, read.model, environment);
  if (!opened.ok) throw problem('model-not-opened', { model: name, reason: opened.message });
  return opened.provider;
}
