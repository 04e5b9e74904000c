import { applyTopology } from '@app/broker-admin';
import { type Alert, ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { underLoad } from '../support/faults/under-load';
import { countWaiting } from '../support/faults/progress';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { RunningCommand } from '../support/shop/command';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

const SMS = 'sms.order_events';

describe('Fault 22: no queue is bound to the exchange', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  /** Lets customers order until operators are told. Every event of their orders must still be in the outbox then. */
  const keptAndTold = async (watch: { alerts(): Alert[] }, reason: string): Promise<void> => {
    const before = new Set(shop.accepted);
    await underLoad(shop, () => eventually(() => expect(watch.alerts()).not.toEqual([]), { within: 30_000 }));
    expect(watch.alerts()[0]).toMatchObject({
      severity: 'error',
      service: 'order-api',
      code: 'PUBLISHING_PAUSED',
      text: expect.stringContaining(reason),
    });
    const placed = [...shop.accepted].filter((id) => !before.has(id));
    expect(await countWaiting(shop, placed)).toBe(placed.length);
  };

  const allFlows = async (): Promise<void> => {
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  };

  it('every event is kept, operators are told, and all flows when the queues are bound again', async () => {
    const watch = await shop.broker.watchAlerts();
    await shop.broker.quiet();
    const bind = await shop.broker.unbind(ORDER_EVENTS);
    await keptAndTold(watch, 'No queue is bound');
    await bind();
    await allFlows();
    await watch.close();
  }, 300_000);

  describe('with a tail open, which has a queue of its own', () => {
    const follow = async (): Promise<RunningCommand> => {
      const { url, managementUrl } = shop.broker;
      const tail = closing(
        new RunningCommand({ RABBITMQ_URL: url, RABBITMQ_MANAGEMENT_URL: managementUrl }, ['tail']),
      );
      const following = () => tail.lines.some((line) => line.startsWith('Following all events'));
      await eventually(following, { within: 60_000 });
      return tail;
    };

    it('it hides no queue that is missing: the same holds', async () => {
      const watch = await shop.broker.watchAlerts();
      const tail = await follow();
      await shop.broker.quiet();
      await shop.broker.deleteQueue(SMS);
      await keptAndTold(watch, `missing on the broker: ${SMS}`);
      await applyTopology(shop.broker.url);
      await allFlows();
      await eventually(() => expect(tail.lines).toContainEqual(expect.stringContaining('order.confirmed')));
      await watch.close();
      await tail.stop();
    }, 300_000);

    it('it ends when queues are unbound, and then the same holds', async () => {
      const watch = await shop.broker.watchAlerts();
      const tail = await follow();
      await shop.broker.quiet();
      const bind = await shop.broker.unbind(ORDER_EVENTS);
      expect(await tail.ended).toBe(1);
      expect(tail.lines).toContainEqual(expect.stringMatching(/^Queue \S+ is not bound to order_events$/));
      await keptAndTold(watch, 'No queue is bound');
      await bind();
      await allFlows();
      await watch.close();
    }, 300_000);
  });
});
