import { IsInt, Min } from 'class-validator';

export class OutboxConfig {
  /** How many events may wait for the broker before the service takes no more work. */
  @IsInt()
  @Min(1)
  outboxLimit: number = 1_000_000;
}
