import { setImmediate } from 'node:timers/promises';
import { ORDER_EVENTS } from '@app/contracts';
import { Readiness } from '@app/service';
import { eventually } from '../../../../infra/eventually';
import { latch, MessagingHarness } from '../../../../test/support/messaging-harness';
import { BrokerConnections } from '../connection/broker-connections';
import { TopologyCheck } from '../topology/topology-check';
import { Delivery } from './delivery';
import { DurableQueueSource } from './durable-queue-source';
import { QueueConsumer } from './queue-consumer';

const QUEUE = 'email.order_events';

/** A broker that was lost is tried again after a second. */
const RECONNECTED = { within: 10_000 };

describe(QueueConsumer.name, () => {
  let harness: MessagingHarness;
  let sut: QueueConsumer;
  let onDelivery: (delivery: Delivery) => Promise<void>;
  const handled: string[] = [];

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email', withoutBroker: true, withoutQueues: [QUEUE] });
    const connection = harness.app.get(BrokerConnections).consuming;
    const source = new DurableQueueSource(QUEUE, { queues: [QUEUE] }, new TopologyCheck(connection));
    sut = new QueueConsumer(connection, source, 10);
    sut.start((delivery) => onDelivery(delivery));
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    handled.length = 0;
    onDelivery = (delivery) => {
      handled.push(delivery.message.content.toString());
      delivery.acknowledge();
      return Promise.resolve();
    };
  });

  const send = (text: string) => harness.sendBody(ORDER_EVENTS, text);
  const logged = (text: string) => eventually(() => expect(harness.log.join('\n')).toContain(text));
  const brokerHealth = async () => (await harness.app.get(Readiness).report()).checks.broker;

  /** Asks the broker as much as a consumer that comes back does, several times over. */
  const asLongAsAConsumerTakes = async () => {
    const check = new TopologyCheck(harness.app.get(BrokerConnections).consuming);
    for (let round = 0; round < 5; round += 1) await check.missing({ queues: [QUEUE] });
  };

  /** One consumer is there again, and gets what is sent. */
  const isBack = async () => {
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(1), RECONNECTED);
    const text = `are you there? ${Math.random()}`;
    send(text);
    await eventually(() => expect(handled).toContain(text));
  };

  it('lets the service start without a broker, and connects when there is one', async () => {
    await expect(brokerHealth()).resolves.toBe('down');
    harness.broker.restore();
    await eventually(async () => expect(await brokerHealth()).toBe('up'), RECONNECTED);
  });

  it('says that its queue is missing and what to do, and starts as soon as the queue is made', async () => {
    await logged(`Missing on the broker: ${QUEUE}. Create with "npm run topology"`);
    await harness.applyTopology();
    await isBack();
  });

  it('comes back after the broker has closed its channel', async () => {
    onDelivery = async (delivery) => {
      delivery.acknowledge();
      await setImmediate();
      delivery.acknowledge();
    };
    send('acknowledged twice, which is a channel error');
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(0));
    onDelivery = (delivery) => {
      handled.push(delivery.message.content.toString());
      delivery.acknowledge();
      return Promise.resolve();
    };
    await isBack();
  });

  it('comes back after the broker has refused it for want of a right', async () => {
    const rights = (read: string) =>
      harness.vhost.put('permissions/{vhost}/email', { configure: '^$', write: '', read });
    await rights('^$');
    await harness.closeConnection('email consuming');
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(0));
    await logged('ACCESS_REFUSED');
    await rights(`^${QUEUE}$`);
    await isBack();
  });

  it('settles nothing on a connection that was lost meanwhile, and gets the message again', async () => {
    const { held, release } = latch();
    onDelivery = async (delivery) => {
      handled.push(
        `${delivery.message.content.toString()}, redelivered: ${delivery.message.fields.redelivered}`,
      );
      await held;
      delivery.acknowledge();
    };
    send('slow');
    await eventually(() => expect(handled).toEqual(['slow, redelivered: false']));
    harness.broker.cut();
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1));
    release();
    harness.broker.restore();
    await eventually(
      () => expect(handled).toEqual(['slow, redelivered: false', 'slow, redelivered: true']),
      RECONNECTED,
    );
  });

  it('takes nothing while it is paused, not even after a reconnect, and goes on when it is resumed', async () => {
    await sut.pause();
    send('wait');
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1));
    harness.broker.cut();
    await eventually(async () => expect(await brokerHealth()).toBe('down'));
    harness.broker.restore();
    await eventually(async () => expect(await brokerHealth()).toBe('up'), RECONNECTED);
    await asLongAsAConsumerTakes();
    await expect(harness.consumers(QUEUE)).resolves.toBe(0);
    expect(handled).toEqual([]);
    sut.resume();
    await eventually(() => expect(handled).toEqual(['wait']));
  });

  it('acknowledges nothing more once it is drained: what was not done in time is delivered again', async () => {
    const { held, release } = latch();
    let settled: Promise<void> | undefined;
    onDelivery = (delivery) => {
      handled.push('hangs');
      settled = held.then(() => delivery.acknowledge());
      return settled;
    };
    send('hangs');
    await eventually(() => expect(handled).toEqual(['hangs']));
    await sut.drain(50);
    release();
    await settled;
    await asLongAsAConsumerTakes();
    harness.broker.cut();
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1));
  });
});
