import { IsInt, Max, Min } from 'class-validator';

const A_YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

export class OverdueConfig {
  /** How many milliseconds an order may be pending before inventory is asked again, and again after as many. */
  @IsInt()
  @Min(1_000)
  @Max(A_YEAR_MS)
  overdueAfterMs: number = 600_000;
}
