import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** The largest page, and the one without a `PageSize`. Twilio's own ends at 1,000 and has 50 by default. */
export const MAX_PAGE_SIZE = 1_000_000;

export class ListMessagesDto {
  @IsOptional()
  @IsString()
  To?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  PageSize: number = MAX_PAGE_SIZE;
}
