import { randomUUID } from 'node:crypto';
import { BrokerUnavailable, MessageUnroutable, Publisher } from '@app/amqp';
import { OrderConfirmed } from '@app/contracts';
import { OwnRabbitmq } from '../../../test/support/own-rabbitmq';
import { RabbitmqCluster } from '../../../infra/rabbitmq/rabbitmq-cluster';
import { bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { describeOnCluster, DOES_NOT_HOLD, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

/** An exchange that email may write to, as a relay would to its own; the orders' queue is bound to it here. */
const EXCHANGE = 'email.retry';

const CUSTOMERS = 20;
const MORE = 100;

/** Customers wait beyond it: what is left at the end must be handled in time. */
const BACKLOG = 300;
const AWAY = { within: 60_000 };

describeOnCluster('One node of a cluster after the other may be lost', () => {
  let own: OwnRabbitmq;
  let cluster: RabbitmqCluster;
  let email: Email;

  beforeAll(async () => {
    own = await OwnRabbitmq.start();
    if (!(own.server instanceof RabbitmqCluster)) throw new TypeError('Not a cluster');
    cluster = own.server;
    email = await bootEmail();
  });
  afterAll(async () => {
    await email.harness.close();
    await own.remove();
  });

  const publish = async (order: OrderConfirmed): Promise<void> => {
    const event = { specversion: '1.0', source: '/order-api', type: OrderConfirmed.type, data: order };
    await email.harness.app.get(Publisher).publish({
      exchange: EXCHANGE,
      routingKey: QUEUE,
      content: Buffer.from(JSON.stringify({ ...event, id: order.orderId })),
      properties: { messageId: order.orderId },
    });
  };

  withQueues(['quorum'], () => {
    it('nothing that was confirmed is lost, and the others publish and consume meanwhile', async () => {
      const { harness, mails } = email;
      await harness.channel.bindQueue(QUEUE, EXCHANGE, QUEUE);
      const confirmed: string[] = [];
      let over = false;
      const publishOn = async (): Promise<void> => {
        while (!over) {
          await eventually(() => confirmed.length - mails.attempts.length < BACKLOG, AWAY);
          const order = orderConfirmed();
          const failure: unknown = await publish(order).catch((error: unknown) => error);
          if (failure === undefined) confirmed.push(order.orderId);
          else expect(failure).toBeInstanceOf(BrokerUnavailable);
          if (failure !== undefined) await eventually(() => harness.app.get(Publisher).isAvailable, AWAY);
        }
      };
      const publishing = Promise.all(Array.from({ length: CUSTOMERS }, publishOn));
      for (const node of cluster.nodes) {
        await node.kill();
        const [published, handled] = [confirmed.length, mails.attempts.length];
        await eventually(() => confirmed.length > published + MORE, AWAY);
        await eventually(() => mails.attempts.length > handled + MORE, AWAY);
        await node.start();
        await cluster.whole();
      }
      over = true;
      await publishing;
      await eventually(() => {
        const handled = new Set(mails.orderIds);
        expect(confirmed.filter((order) => !handled.has(order))).toEqual([]);
      }, AWAY);
    });
  });

  withQueues(['classic'], () => {
    it(`${DOES_NOT_HOLD}a classic queue is away with its node, and what is for it is unroutable until it is back`, async () => {
      const { harness, mails } = email;
      await harness.channel.bindQueue(QUEUE, EXCHANGE, QUEUE);
      const { node: home }: { node: string } = Object(await harness.vhost.get(`queues/{vhost}/${QUEUE}`));
      await cluster.nodeNamed(home).kill();
      const order = orderConfirmed();
      await eventually(() => expect(publish(order)).rejects.toThrow(MessageUnroutable), AWAY);
      await cluster.nodeNamed(home).start();
      await eventually(async () => {
        await publish(order);
        expect(mails.orderIds).toContain(order.orderId);
      }, AWAY);
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue goes with its node, and a new one is made on another`, async () => {
      const { harness, mails } = email;
      const isBound = async (): Promise<boolean> => {
        const bindings: { destination: string }[] = Object(
          await harness.vhost.get('exchanges/{vhost}/order_events/bindings/source'),
        );
        return bindings.some(({ destination }) => destination.startsWith('amq.gen-'));
      };
      for (const node of cluster.nodes) {
        await node.kill();
        await harness.connectStranger();
        await eventually(isBound, AWAY);
        await eventually(() => {
          const order = orderConfirmed();
          harness.send(OrderConfirmed, order, { messageId: randomUUID() });
          expect(mails.orderIds.length).toBeGreaterThan(0);
        }, AWAY);
        await node.start();
        await cluster.whole();
        mails.forget();
      }
    });
  });
});
