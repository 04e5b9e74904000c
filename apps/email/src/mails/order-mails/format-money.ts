import type { Money } from '@app/contracts';

interface CurrencyFormat {
  readonly format: Intl.NumberFormat;
  /** How many minor units one unit has: 100 for EUR, 1 for JPY. */
  readonly minorUnits: number;
}

/** By currency, since a format is slow to make, and slow to ask for its digits. */
const formats = new Map<string, CurrencyFormat>();

/** An amount as a customer reads it: EUR 1998 is `€19.98`, JPY 1998 is `¥1,998`. */
export function formatMoney({ amount, currency }: Money): string {
  const { format, minorUnits } = formats.get(currency) ?? newFormat(currency);
  return format.format(amount / minorUnits);
}

function newFormat(currency: string): CurrencyFormat {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  const made = { format, minorUnits: 10 ** maximumFractionDigits };
  formats.set(currency, made);
  return made;
}
