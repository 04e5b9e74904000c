import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { RecordingSubscriber } from '../../../../test/support/recording-subscriber';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';

const QUEUE = 'email.order_events';
const STEP = `${QUEUE}.retry.1000`;
const DEAD = `${QUEUE}.dead`;

describe('A subscription without its whole ladder', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [RecordingSubscriber],
      withoutQueues: [STEP, DEAD],
    });
  });
  afterAll(() => harness.close());

  it('takes no message, says what is missing, and begins when it is there', async () => {
    harness.send(OrderConfirmed, orderConfirmed());
    const complaint = `Missing on the broker: ${STEP}, ${DEAD}. Create with "npm run topology"`;
    await eventually(() => expect(harness.log.join('\n')).toContain(complaint));
    await expect(harness.waiting(QUEUE)).resolves.toBe(1);
    await harness.applyTopology();
    await eventually(() => expect(harness.app.get(RecordingSubscriber).orders).toHaveLength(1));
  });
});
