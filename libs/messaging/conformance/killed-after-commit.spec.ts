import { OrderConfirmed } from '@app/contracts';
import { Database } from '@app/persistence';
import { Effects } from '../../../test/support/conformance/effects';
import { BACK, bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { hundredOrders, inOneBatch, ROOM_FOR_HUNDRED } from '../../../test/support/conformance/one-batch';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { Batches } from '../src/consuming/batches';

describe('A batch whose connection breaks between commit and acknowledgement comes back, and has its effects once', () => {
  let email: Email;
  let effects: Effects;
  const orders = hundredOrders();
  const orderIds = orders.map(({ orderId }) => orderId);

  /** The connection breaks in the moment after the commit, before anything is acknowledged. */
  beforeAll(async () => {
    email = await bootEmail({ environment: ROOM_FOR_HUNDRED });
    effects = await Effects.of(email.harness);
    const { harness, mails } = email;
    const database = harness.app.get(Database);
    const cut = jest.spyOn(harness.broker, 'cut');
    mails.act = async (orderId) => {
      await effects.leave(orderId);
      if (orderId === orderIds.at(-1)) database.afterCommit(() => harness.broker.cut());
    };
    const release = await inOneBatch(email, Batches.prototype, () =>
      orders.forEach((order) => harness.send(OrderConfirmed, order)),
    );
    release();
    await eventually(() => expect(cut).toHaveBeenCalled());
    await eventually(async () => expect(await harness.consumerTags()).toEqual([]));
  });
  afterAll(() => email.harness.close());

  const repeats = () => email.harness.log.filter((line) => line.includes('was handled before'));
  const haveTheirEffectOnce = async (): Promise<void> => {
    await expect(effects.all()).resolves.toEqual(orderIds);
    await expect(effects.transactions()).resolves.toBe(1);
  };

  withQueues(DURABLE, () => {
    it('all of it, and the inbox knows every message', async () => {
      const { harness } = email;
      await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(orders.length));
      await haveTheirEffectOnce();
      harness.broker.restore();
      await eventually(() => expect(repeats()).toHaveLength(orders.length), BACK);
      await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(0));
      await haveTheirEffectOnce();
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue goes with its connection, so nothing comes back; the effects are there`, async () => {
      const { harness } = email;
      harness.broker.restore();
      await eventually(async () => expect(await harness.consumerTags()).toHaveLength(1), BACK);
      expect(repeats()).toEqual([]);
      await haveTheirEffectOnce();
    });
  });
});
