/** @module features/audit/audit What programs may use of the audit: the estimate of a plan. */
export type { PlanEstimate } from './estimate.ts';
export { estimateCost } from './estimate-cost.ts';
