import { MAX_LINES, MAX_QUANTITY } from '@app/contracts';
import { validatorOf } from '@app/service';
import { expectAgreement } from '../../../../test/support/validation/expect-agreement';
import { PlaceOrderDto } from './place-order.dto';

const order = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' },
  lines: [
    { sku: 'RUBBER-CHICKEN', quantity: 1 },
    { sku: 'PAPER-CLIP', quantity: 1_000 },
  ],
};

/** The largest body of a request, in bytes. */
const BODY_LIMIT = 64 * 1024;

/** The most of everything, and no two lines with the same SKU. */
const MOST = { name: 200, sku: 64, lines: MAX_LINES, quantity: MAX_QUANTITY };

const TRUMPET = '🎺';

/** An order that has as much as that of everything, and texts of this character. */
const largest = (character: string, { name, sku, lines, quantity } = MOST) => {
  const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
  const skuOf = (index: number) =>
    character.repeat(sku).replace(TRUMPET, String.fromCodePoint(0x1f300 + index));
  return {
    customer: {
      name: character.repeat(name),
      email,
      phone: `+${'9'.repeat(15)}`,
    },
    lines: Array.from({ length: lines }, (_, index) => ({ sku: skuOf(index), quantity })),
  };
};

describe(PlaceOrderDto.name, () => {
  const sut = validatorOf(PlaceOrderDto, { unknownMembers: 'refuse' });

  it('takes an order as it came', () => {
    expect(sut.check(order)).toEqual({ value: order });
  });

  it.each<[what: string, character: string, bytes: number]>([
    ['half of a body, with characters of four bytes', TRUMPET, BODY_LIMIT / 2],
    ['a body, with a variation selector after each, which is not counted', `${TRUMPET}\ufe0f`, BODY_LIMIT],
  ])('takes the largest order, which has less than %s', (_, character, bytes) => {
    const one = largest(character);
    expect(sut.check(one)).toEqual({ value: one });
    expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(bytes);
  });

  it.each(['name', 'sku', 'lines', 'quantity'] as const)('takes none with more than that: %s', (part) => {
    const one = largest(TRUMPET, { ...MOST, [part]: MOST[part] + 1 });
    expect(sut.check(one)).not.toHaveProperty('value');
  });

  it('is checked by its compiled validator as by class-validator', () => {
    expectAgreement(PlaceOrderDto, { unknownMembers: 'refuse', examples: [order] });
  });
});
