import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min, ValidateIf } from 'class-validator';

/** What goes wrong with the sends that follow. */
export class FaultDto {
  /** An error answer, a late answer, or a connection that breaks without one. */
  @IsIn(['error', 'delay', 'drop'])
  kind: 'error' | 'delay' | 'drop';

  /** Of an error: the HTTP status. */
  @IsInt()
  @Min(400)
  @Max(599)
  status: number = 500;

  /** Of an error: the header `Retry-After`. */
  @IsOptional()
  @IsInt()
  @Min(0)
  retryAfterSeconds?: number;

  /** Of a delay: how long. */
  @ValidateIf((fault: FaultDto) => fault.kind === 'delay')
  @IsInt()
  @Min(0)
  @Max(600_000)
  delayMs?: number;

  /** The only number whose texts meet it; without one all do. */
  @IsOptional()
  @IsString()
  to?: string;

  /** How many sends still meet it; without a number all, until it is cleared. */
  @IsOptional()
  @IsInt()
  @Min(1)
  times?: number;

  /** The message is recorded before the fault strikes, so that the caller cannot know it. */
  @IsBoolean()
  afterAccepting: boolean = false;
}
