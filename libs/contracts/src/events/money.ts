import { IsInt, IsISO4217CurrencyCode, Min } from 'class-validator';

/** An amount of money in integer minor units (cents for EUR), so that no sum is ever rounded. */
export class Money {
  /** Minor units: 1998 is EUR 19.98. */
  @IsInt()
  @Min(0)
  amount: number;

  /** ISO 4217 code. */
  @IsISO4217CurrencyCode()
  currency: string;
}
