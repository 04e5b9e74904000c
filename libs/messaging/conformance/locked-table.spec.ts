import { OrderConfirmed } from '@app/contracts';
import { Effects } from '../../../test/support/conformance/effects';
import { BACK, bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { hundredOrders, inOneBatch, ROOM_FOR_HUNDRED } from '../../../test/support/conformance/one-batch';
import { eventually } from '../../../infra/eventually';
import { SETTING } from '../../../test/support/setting';
import { Batches } from '../src/consuming/batches';

const STATEMENT_TIMEOUT_MS = '500';
const LOCKED_S = 3;

describe('A consumer that meets a locked table pauses, and costs no message an attempt', () => {
  let email: Email;
  let effects: Effects;
  let orders: OrderConfirmed[];

  beforeAll(async () => {
    email = await bootEmail({ environment: { ...ROOM_FOR_HUNDRED, STATEMENT_TIMEOUT_MS } });
  });
  afterAll(() => email.harness.close());
  beforeEach(async () => {
    email.mails.forget();
    email.harness.log.length = 0;
    effects = await Effects.of(email.harness);
    email.mails.act = (orderId) => effects.leave(orderId);
    orders = hundredOrders();
  });

  const send = () => orders.forEach((order) => email.harness.send(OrderConfirmed, order));

  /** While it pauses, all messages are in the queue: none is on the ladder or among the dead letters. */
  const pausesAndHandlesAllOnce = async (): Promise<void> => {
    await eventually(async () => {
      expect(email.harness.log.join('\n')).toContain('pausing for at least 1000 ms: DATABASE_TIMEOUT');
      expect(await email.harness.consumerTags()).toEqual([]);
      if (SETTING.queues !== 'exclusive') expect(await email.harness.waiting(QUEUE)).toBe(orders.length);
    });
    const orderIds = orders.map(({ orderId }) => orderId);
    await eventually(async () => expect(await effects.all()).toEqual(orderIds), BACK);
    expect(email.harness.log.filter((line) => line.includes('failed'))).toEqual([]);
  };

  it('where the inbox is locked', async () => {
    await email.harness.database.lock('inbox', LOCKED_S);
    send();
    await pausesAndHandlesAllOnce();
  });

  it('where a table of its handler is locked, under a batch of a hundred', async () => {
    await email.harness.database.lock('effects', LOCKED_S);
    const release = await inOneBatch(email, Batches.prototype, send);
    release();
    await pausesAndHandlesAllOnce();
    await expect(effects.transactions()).resolves.toBeLessThan(orders.length);
  });
});
