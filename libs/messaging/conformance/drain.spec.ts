import { OrderConfirmed } from '@app/contracts';
import { SentMessages } from '@app/messaging';
import { Readiness } from '@app/service';
import { bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { leftIn } from '../../../test/support/conformance/left-in';
import { latch, orderConfirmed } from '../../../test/support/messaging-harness';

const PREFETCH = 3;
const SENT = 10;

describe('A service that stops finishes what it sends', () => {
  let email: Email;
  const { held, release } = latch();
  const orders = Array.from({ length: SENT }, orderConfirmed);
  const done: string[] = [];

  beforeAll(async () => {
    email = await bootEmail({ receiver: SentMessages, environment: { PREFETCH: String(PREFETCH) } });
    for (const order of orders) {
      email.mails.when(order.orderId, async () => {
        await held;
        done.push(order.orderId);
      });
      email.harness.send(OrderConfirmed, order);
    }
    await eventually(() => expect(email.mails.attempts).toHaveLength(PREFETCH));
  });
  afterAll(() => {
    release();
    return email.harness.close();
  });

  it('and takes no more', async () => {
    const { harness, mails } = email;
    const stopped = harness.app.close();
    await eventually(async () => expect(await harness.consumerTags()).toEqual([]));
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
    const sent = harness.database.query("select * from deliveries where state = 'sent'");
    await expect(sent).resolves.toHaveLength(PREFETCH);
  });

  withQueues(DURABLE, () => {
    it('and leaves the others untouched', async () => {
      const left = await leftIn(email.harness, QUEUE);
      expect(left).toEqual(orders.slice(PREFETCH).map(({ orderId }) => ({ orderId, redelivered: false })));
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}what was not delivered goes with the exclusive queue`, async () => {
      const queues: { name: string }[] = Object(await email.harness.vhost.get('queues/{vhost}'));
      expect(queues.filter(({ name }) => name.startsWith('amq.gen-'))).toEqual([]);
    });
  });

  it('and leaves no connection behind', async () => {
    const { vhost, database } = email.harness;
    const user = new URL(vhost.url).username;
    await eventually(async () => {
      const connections = await vhost.get('vhosts/{vhost}/connections');
      expect(connections).toEqual([expect.objectContaining({ user })]);
    });
    const ours =
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'email'";
    await eventually(async () => expect(await database.query(ours)).toEqual([]));
  });
});
