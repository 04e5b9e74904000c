import { OrderConfirmed } from '@app/contracts';
import { bootEmail, type Email } from '../../../test/support/conformance/email';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

describe('The same message id is handled once', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail();
  });
  afterAll(() => email.harness.close());

  it('when it is sent three times at once', async () => {
    const { harness, mails } = email;
    const order = orderConfirmed();
    const id = order.orderId;
    for (const _time of [1, 2, 3]) harness.send(OrderConfirmed, order, { messageId: id });
    await eventually(() => {
      const repeats = harness.log.filter((line) => line.includes(`message ${id} was handled before`));
      expect(repeats).toHaveLength(2);
    });
    expect(mails.orderIds).toEqual([id]);
    await expect(
      harness.database.query('select 1 from inbox where message_id = $1', [id]),
    ).resolves.toHaveLength(1);
  });
});
