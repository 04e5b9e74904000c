import { IsIn, IsISO8601, IsNotEmpty, IsString } from 'class-validator';

/** How much it matters; the routing key of `ops_alerts`. */
export const SEVERITIES = ['info', 'warning', 'error'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What an operator must see, as plain JSON. */
export class Alert {
  @IsIn(SEVERITIES)
  readonly severity: Severity;

  @IsString()
  @IsNotEmpty()
  readonly service: string;

  /** Stable, upper snake case: `MESSAGE_DEAD_LETTERED`. */
  @IsString()
  @IsNotEmpty()
  readonly code: string;

  @IsString()
  readonly text: string;

  /** ISO 8601, UTC. */
  @IsISO8601({ strict: true })
  readonly at: string;
}
