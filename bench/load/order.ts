/** What every client orders: the one product of which there is enough. */
export const ORDER = JSON.stringify({
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+4915112345678' },
  lines: [{ sku: 'PAPER-CLIP', quantity: 1 }],
});

export const JSON_BODY = { 'content-type': 'application/json' };
