import { formatMoney } from './format-money';

describe(formatMoney.name, () => {
  it.each([
    [1998, 'EUR', '€19.98'],
    [5, 'EUR', '€0.05'],
    [123_456_789, 'USD', '$1,234,567.89'],
    [1998, 'JPY', '¥1,998'],
    [1998, 'KWD', 'KWD\u00a01.998'],
  ])('shows %d minor units of %s as %s', (amount, currency, shown) => {
    expect(formatMoney({ amount, currency })).toBe(shown);
  });
});
