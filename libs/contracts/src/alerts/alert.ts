/** How much it matters; the routing key of `ops_alerts`. */
export const SEVERITIES = ['info', 'warning', 'error'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What an operator must see, as plain JSON. */
export interface Alert {
  readonly severity: Severity;
  readonly service: string;
  /** Stable, upper snake case: `MESSAGE_DEAD_LETTERED`. */
  readonly code: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
