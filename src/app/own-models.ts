/**
 * @module app/own-models
 * The models of the user's own: functions of the configuration, and the commands (`exec:`) and HTTP templates (`http:`)
 * that the command line or the configuration names. What opens those is loaded where one is named.
 */
import type { Environment } from '../model/provider.ts';
import type { Config } from './config.ts';
import { isOwnModel, type Roster, rosterOf } from './roster.ts';

/** Who can be named: what the configuration defines, and the commands and templates among `names`. */
export async function ownModels(
  config: Config,
  names: readonly string[],
  environment: Environment,
): Promise<Roster> {
  // All of it may be left out.
  const { subject = [], judge = [], providers = [], judges = [] } = config;
  const all = [...new Set([...names, ...[subject, judge].flat()])];
  const opened = all.some(isOwnModel)
    ? (await import('./programs.ts')).openPrograms(all, environment)
    : [];
  return rosterOf([...providers, ...opened], judges);
}
