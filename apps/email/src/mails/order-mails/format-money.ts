import type { Money } from '@app/contracts';

/** By currency, since one is slow to make. */
const formats = new Map<string, Intl.NumberFormat>();

/** An amount as a customer reads it: EUR 1998 is `€19.98`, JPY 1998 is `¥1,998`. */
export function formatMoney({ amount, currency }: Money): string {
  const format = formatOf(currency);
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(amount / 10 ** maximumFractionDigits);
}

function formatOf(currency: string): Intl.NumberFormat {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency });
  formats.set(currency, format);
  return format;
}
