import { SCHEMA_BASE_URL } from '@app/contracts';
import { IsInt, IsUrl, Max, Min } from 'class-validator';

export class OutboxConfig {
  /** How many events may wait for the broker. Beyond it the service is not ready, and order-api refuses new orders with `503`. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  outboxLimit: number = 1_000_000;

  /** What the `dataschema` of every published event begins with; the schema's name and major version follow. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  schemaBaseUrl: string = SCHEMA_BASE_URL;
}
