import { Registry } from 'prom-client';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { Scrape } from '../../../../../test/support/scrape';
import { Outcome } from '../../pipeline/step';
import { MessageMetrics } from './message-metrics';
import { CountMessages } from './count-messages';

const QUEUE = 'email.order_events';

describe(CountMessages.name, () => {
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  let registry: Registry;
  let sut: CountMessages;

  beforeEach(() => {
    registry = new Registry();
    const read = { labelOf: ({ content }: { content: Buffer }) => content.toString() };
    sut = new CountMessages(new MessageMetrics(registry), { queue: QUEUE }, read);
  });

  const handle = (...outcomes: Outcome[]) =>
    sut.handle(
      outcomes.map(() => deliveryOf('order.created', channel)),
      () => Promise.resolve(outcomes),
    );

  it('counts each message of a batch by what became of it', async () => {
    const outcomes: Outcome[] = ['done', 'done', 'repeated', 'dead', 'give back', 'try again'];
    await expect(handle(...outcomes)).resolves.toEqual(outcomes);
    const scrape = await Scrape.from(registry);
    const labels = { queue: QUEUE, type: 'order.created' };
    expect(scrape.by('outcome', 'messaging_messages_total', labels)).toEqual({
      handled: 2,
      repeated: 1,
      dead: 1,
      give_back: 1,
      try_again: 1,
    });
  });

  it('measures batches', async () => {
    await handle('done', 'done', 'done');
    await handle('done');
    const scrape = await Scrape.from(registry);
    expect(scrape.sum('messaging_batch_messages_sum', { queue: QUEUE })).toBe(4);
    expect(scrape.sum('messaging_batch_messages_count', { queue: QUEUE })).toBe(2);
    expect(scrape.sum('messaging_batch_duration_seconds_count', { queue: QUEUE })).toBe(2);
  });
});
