import { IsInt, MaxLength, Min } from 'class-validator';
import { IsPlainText } from '../events/plain-text';

/** The queue that inventory answers from, and the pattern of the question. */
export const AVAILABILITY = 'inventory.availability';

/** How long a client waits for an answer, in milliseconds. */
export const AVAILABILITY_TIMEOUT_MS = 500;

/** How many pieces of a product can be ordered now? */
export class AvailabilityQuery {
  @IsPlainText()
  @MaxLength(64)
  sku: string;
}

export class Availability {
  @IsInt()
  @Min(0)
  available: number;
}
