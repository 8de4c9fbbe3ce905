/**
 * @module capabilities
 * The one list: everything that Tenet can do, a line each. Commands, help, completion, schemas, configuration keys
 * and the sections of reports follow from it. Read at every start, so nothing here may load more than strings.
 */
export { capability as auditRejudge } from './features/audit/rejudge/capability.ts';
export { capability as auditRuns } from './features/audit/runs/capability.ts';
export { capability as judgeCorrection } from './features/judge/correction/capability.ts';
export { capability as specInspect } from './features/spec/inspect/capability.ts';
