import { isRecord, type Members } from './members';

/** How many lines of an order are shown; an order has up to 100. */
const SHOWN_LINES = 3;

/** What a person wants to know of an event's data, by what is there: an event type that comes later is shown as well. */
export function whatMatters(data: Members): string[] {
  const { lines, shortages, total, available, threshold, reason, customer } = data;
  const facts = [
    linesIn(shortages ?? lines),
    moneyIn(total),
    isCount(available) && isCount(threshold) ? `${available} available, threshold ${threshold}` : undefined,
    isRecord(customer) && typeof customer.name === 'string' ? customer.name : undefined,
    typeof reason === 'string' ? reason : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function linesIn(lines: unknown): string | undefined {
  if (!Array.isArray(lines) || lines.length === 0) return undefined;
  const shown = lines.slice(0, SHOWN_LINES).map(lineIn).join(', ');
  const more = lines.length - SHOWN_LINES;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function lineIn(line: unknown): string {
  const { sku, quantity, available }: Members = isRecord(line) ? line : {};
  const wanted = `${String(quantity)} × ${String(sku)}`;
  return isCount(available) ? `${wanted} (${available} available)` : wanted;
}

/** `19.98 EUR` */
function moneyIn(money: unknown): string | undefined {
  if (!isRecord(money) || !isCount(money.amount) || typeof money.currency !== 'string') return undefined;
  const digits = digitsOf(money.currency);
  return `${(money.amount / 10 ** digits).toFixed(digits)} ${money.currency}`;
}

/** How many digits the minor unit of a currency has: 2 for EUR, 0 for JPY. */
function digitsOf(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return maximumFractionDigits ?? 0;
  } catch {
    return 0;
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number';
