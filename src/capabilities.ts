/**
 * @module capabilities
 * The one list: everything that Tenet can do, a line each. Commands, help, completion, schemas, configuration keys
 * and the sections of reports follow from it. Read at every start, so nothing here may load more than strings.
 */

export { capability as auditAudit } from './features/audit/audit/capability.ts';
export { capability as auditCompare } from './features/audit/compare/capability.ts';
export { capability as auditGate } from './features/audit/gate/capability.ts';
export { capability as auditHealth } from './features/audit/health/capability.ts';
export { capability as auditRejudge } from './features/audit/rejudge/capability.ts';
export { capability as auditRuns } from './features/audit/runs/capability.ts';
export { capability as judgeAttacks } from './features/judge/attacks/capability.ts';
export { capability as judgeCalibration } from './features/judge/calibration/capability.ts';
export { capability as judgeCorrection } from './features/judge/correction/capability.ts';
export { capability as judgeLabels } from './features/judge/labels/capability.ts';
export { capability as judgeRubrics } from './features/judge/rubrics/capability.ts';
export { capability as specAlign } from './features/spec/align/capability.ts';
export { capability as specDiff } from './features/spec/diff/capability.ts';
export { capability as specFetch } from './features/spec/fetch/capability.ts';
export { capability as specInspect } from './features/spec/inspect/capability.ts';
export { capability as specLint } from './features/spec/lint/capability.ts';
export { capability as specResolve } from './features/spec/resolve/capability.ts';
export { capability as suiteDraw } from './features/suite/draw/capability.ts';
