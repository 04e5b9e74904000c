import { OrderConfirmed } from '@app/contracts';
import { bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { latch, orderConfirmed } from '../../../test/support/messaging-harness';
import { leftIn } from '../../../test/support/conformance/left-in';

const PREFETCH = 3;
const SENT = 10;

describe('A service that stops finishes the batch that is running', () => {
  let email: Email;
  const { held, release } = latch();
  const [running = orderConfirmed(), ...others] = Array.from({ length: SENT }, orderConfirmed);

  beforeAll(async () => {
    email = await bootEmail({ environment: { PREFETCH: String(PREFETCH) } });
    const { harness, mails } = email;
    mails.when(running.orderId, () => held);
    harness.send(OrderConfirmed, running);
    await eventually(() => expect(mails.orderIds).toEqual([running.orderId]));
    for (const order of others) harness.send(OrderConfirmed, order);
    await harness.channel.waitForConfirms();
  });
  afterAll(() => {
    release();
    return email.harness.close();
  });

  it('and begins no other', async () => {
    const { harness, mails } = email;
    const stopped = harness.app.close();
    await eventually(async () => expect(await harness.consumerTags()).toEqual([]));
    release();
    await stopped;
    expect(mails.orderIds).toEqual([running.orderId]);
    await expect(harness.database.query('select * from inbox')).resolves.toHaveLength(1);
  });

  withQueues(DURABLE, () => {
    it('and gives back what was only gathered for the next batch', async () => {
      const left = await leftIn(email.harness, QUEUE);
      expect(left.map(({ orderId }) => orderId).sort()).toEqual(others.map(({ orderId }) => orderId).sort());
      expect(left.filter(({ redelivered }) => redelivered)).toHaveLength(PREFETCH - 1);
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}what is not handled goes with the exclusive queue`, async () => {
      const queues: { name: string }[] = Object(await email.harness.vhost.get('queues/{vhost}'));
      expect(queues.filter(({ name }) => name.startsWith('amq.gen-'))).toEqual([]);
    });
  });
});
