import { OrderConfirmed } from '@app/contracts';
import { BACK, bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

interface Consumer {
  readonly consumer_tag: string;
  readonly prefetch_count: number;
}

describe('Consumers come back by themselves', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail();
  });
  afterAll(() => email.harness.close());

  const getsAnOrder = async (): Promise<void> => {
    const { harness, mails } = email;
    const order = orderConfirmed();
    harness.send(OrderConfirmed, order);
    await eventually(() => expect(mails.orderIds).toContain(order.orderId), BACK);
  };

  /** The tag of the consumer that takes as many messages as it may: a new one takes one, and is exchanged for it then. */
  const wideConsumer = (): Promise<string> =>
    eventually(async () => {
      const consumers: Consumer[] = Object(await email.harness.vhost.get('consumers/{vhost}'));
      const [consumer, another] = consumers;
      return another === undefined && (consumer?.prefetch_count ?? 0) > 1 && String(consumer?.consumer_tag);
    });

  /** Breaks the consumer; another one is there then, and gets what is sent. */
  const comesBackAfter = async (breakIt: () => Promise<unknown>): Promise<void> => {
    await getsAnOrder();
    const before = await wideConsumer();
    await breakIt();
    await eventually(async () => {
      // The broker's list may keep the consumer of a queue that was deleted.
      const others = (await email.harness.consumerTags()).filter((tag) => tag !== before);
      expect(others).toHaveLength(1);
    }, BACK);
    await getsAnOrder();
  };

  it('after the broker has closed the connection', () =>
    comesBackAfter(() => email.harness.closeConnection('email consuming')));

  it('after the connection was lost', () =>
    comesBackAfter(async () => {
      email.harness.broker.cut();
      await eventually(async () => expect(await email.harness.consumerTags()).toEqual([]));
      email.harness.broker.restore();
    }));

  withQueues(DURABLE, () => {
    it('after its queue was deleted, and made again', () =>
      comesBackAfter(async () => {
        const { harness } = email;
        await harness.channel.deleteQueue(QUEUE);
        await eventually(() =>
          expect(harness.log.join('\n')).toContain('the broker cancelled the consumer; coming back'),
        );
        await harness.applyTopology();
      }));
  });

  withQueues(['exclusive'], () => {
    it('and no other connection can delete an exclusive queue', async () => {
      const queues: { name: string }[] = Object(await email.harness.vhost.get('queues/{vhost}'));
      const own = queues.find(({ name }) => name.startsWith('amq.gen-'));
      await expect(email.harness.vhost.delete(`queues/{vhost}/${own?.name}`)).rejects.toThrow('locked queue');
    });
  });
});
