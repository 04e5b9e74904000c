import { IsInt, Min } from 'class-validator';

export class OverdueConfig {
  /** How many milliseconds an order may be pending before inventory is asked again, and again after as many. */
  @IsInt()
  @Min(1_000)
  overdueAfterMs: number = 600_000;
}
