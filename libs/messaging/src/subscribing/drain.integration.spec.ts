import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Readiness } from '@app/service';
import { eventually } from '../../../../test/support/eventually';
import { Mails } from '../../../../test/support/mails';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';

const QUEUE = 'email.order_events';
const PREFETCH = 3;
const SENT = 10;

const { held, release } = latch();

describe('a service that stops', () => {
  let harness: MessagingHarness;
  let mails: Mails;
  const done: string[] = [];
  const orders = Array.from({ length: SENT }, orderConfirmed);

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [Mails],
      environment: { PREFETCH: String(PREFETCH) },
    });
    mails = harness.app.get(Mails);
    mails.act = async (orderId) => {
      await held;
      done.push(orderId);
    };
    for (const order of orders) harness.send(OrderConfirmed, order);
    await eventually(() => expect(mails.attempts).toHaveLength(PREFETCH));
  });
  afterAll(() => {
    release();
    return harness.close();
  });

  it('takes no more messages, finishes those in hand and leaves the others untouched', async () => {
    const stopped = harness.app.close();
    await eventually(async () => expect(await harness.vhost.get('consumers/{vhost}')).toEqual([]));
    await expect(harness.app.get(Readiness).report()).resolves.toMatchObject({ status: 'unavailable' });
    expect(done).toEqual([]);
    release();
    await stopped;

    const inHand = orders
      .slice(0, PREFETCH)
      .map(({ orderId }) => orderId)
      .sort();
    expect(mails.orderIds.sort()).toEqual(inHand);
    expect(done.sort()).toEqual(inHand);
    await expect(harness.database.query('select * from inbox')).resolves.toHaveLength(PREFETCH);

    const left: unknown[] = [];
    for (let message = await harness.take(QUEUE); message; message = await harness.take(QUEUE)) {
      left.push([JSON.parse(message.content.toString()).data.orderId, message.fields.redelivered]);
    }
    expect(left).toEqual(orders.slice(PREFETCH).map(({ orderId }) => [orderId, false]));
  });

  it('leaves no connection behind', async () => {
    await eventually(async () => {
      const connections = await harness.vhost.get('vhosts/{vhost}/connections');
      expect(connections).toEqual([expect.objectContaining({ user: 'guest' })]);
    });
    const ours =
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'email'";
    await eventually(async () => expect(await harness.database.query(ours)).toEqual([]));
  });
});
