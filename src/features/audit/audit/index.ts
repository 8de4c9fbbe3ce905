/** @module features/audit/audit What programs may use of the audit: the estimate of a plan. */
export { estimateCost } from './estimate-cost.ts';
export type { PlanEstimate } from './schema.ts';
