import type { Money } from '@app/contracts';

/** An amount as a customer reads it: EUR 1998 is `€19.98`, JPY 1998 is `¥1,998`. */
export function formatMoney({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(amount / 10 ** maximumFractionDigits);
}
