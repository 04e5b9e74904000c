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

describe(PlaceOrderDto.name, () => {
  it('takes an order as it came', () => {
    expect(validatorOf(PlaceOrderDto, { unknownMembers: 'refuse' }).check(order)).toEqual({ value: order });
  });

  it('is checked by its compiled validator as by class-validator', () => {
    expectAgreement(PlaceOrderDto, { unknownMembers: 'refuse', examples: [order] });
  });
});
