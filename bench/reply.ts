/** @module bench/reply What local servers answer in benches. */

/** A verdict and a fair length of reply at once, so that one server can play subject and judge. */
export const REPLY = JSON.stringify({
  reason: 'The reply does what the clause asks, in the situation it stands in. '.repeat(3),
  outcome: 'adheres',
  severity: null,
  citations: [],
});
