import { Delivery, QueueConsumer } from '@app/amqp';
import { Next, Outcome, Step } from '../../pipeline/step';
import { MessageMetrics } from './message-metrics';
import { ReadStep } from './read-step';

/** Counts messages by what became of them, and measures their batch from its beginning to its acknowledgements. */
export class CountMessages implements Step<Delivery> {
  constructor(
    private readonly metrics: MessageMetrics,
    private readonly consumer: Pick<QueueConsumer, 'queue'>,
    private readonly read: Pick<ReadStep, 'labelOf'>,
  ) {}

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    const { queue } = this.consumer;
    const startedAt = performance.now();
    const outcomes = await next(deliveries);
    this.metrics.batchDurations.observe({ queue }, (performance.now() - startedAt) / 1_000);
    this.metrics.batchSizes.observe({ queue }, deliveries.length);
    for (const [index, delivery] of deliveries.entries())
      this.metrics.messages.inc({
        queue,
        type: this.read.labelOf(delivery),
        outcome: labelOf(outcomes[index]),
      });
    return outcomes;
  }
}

/** What is refused still at the end is given back. */
function labelOf(outcome: Outcome | undefined): string {
  if (outcome === 'done') return 'handled';
  return typeof outcome === 'string' ? outcome.replace(' ', '_') : 'give_back';
}
