import { BrokerConnections, Publisher, TopologyCheck } from '@app/amqp';
import { OPS_ALERTS } from '@app/contracts';
import { Database } from '@app/persistence';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { Alerts } from './alerts';

describe(Alerts.name, () => {
  let harness: MessagingHarness;
  let sut: Alerts;
  let database: Database;
  const told: unknown[] = [];

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email' });
    sut = harness.app.get(Alerts);
    database = harness.app.get(Database);
    const { queue } = await harness.channel.assertQueue('', { exclusive: true });
    await harness.channel.bindQueue(queue, OPS_ALERTS.name, 'error');
    await harness.channel.consume(queue, (message) => told.push(message?.properties.type), { noAck: true });
    await eventually(() => {
      sut.raise('error', 'CONNECTED', 'It is told.');
      expect(told).toContain('CONNECTED');
    });
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    told.length = 0;
  });

  it('tells nothing of what was rolled back', async () => {
    const rolledBack = database.transaction(() => {
      sut.raise('error', 'ROLLED_BACK', 'It is not true.');
      return Promise.reject(new Error('too bad'));
    });
    await expect(rolledBack).rejects.toThrow('too bad');
    await database.transaction(async () => {
      sut.raise('error', 'COMMITTED', 'It is true.');
      await Promise.resolve();
    });
    await eventually(() => expect(told).toContain('COMMITTED'));
    expect(told).not.toContain('ROLLED_BACK');
    expect(harness.log.join('\n')).not.toContain('ROLLED_BACK');
  });

  it('looks for its exchange once after a reconnect, however many are raised at the same time', async () => {
    const publisher = harness.app.get(Publisher);
    harness.broker.cut();
    await eventually(() => !publisher.isAvailable);
    harness.broker.restore();
    const { consuming } = harness.app.get(BrokerConnections);
    await eventually(() => publisher.isAvailable && consuming.connected);
    const looks = jest.spyOn(TopologyCheck.prototype, 'has');
    for (let count = 0; count < 50; count += 1) sut.raise('error', `RAISED_${count}`, 'All at once.');
    await eventually(() => expect(told).toHaveLength(50));
    expect(looks).toHaveBeenCalledTimes(1);
    looks.mockRestore();
  });

  it('drops what is raised while the broker blocks publishers', async () => {
    const { managedConnection } = harness.app.get(BrokerConnections).publishing;
    managedConnection.emit('blocked', { reason: 'low on memory' });
    sut.raise('error', 'DURING_THE_ALARM', 'It is in the log.');
    managedConnection.emit('unblocked');
    sut.raise('error', 'AFTER_THE_ALARM', 'It is told.');
    await eventually(() => expect(told).toContain('AFTER_THE_ALARM'));
    expect(told).not.toContain('DURING_THE_ALARM');
    expect(harness.log.join('\n')).toContain('DURING_THE_ALARM');
  });
});
