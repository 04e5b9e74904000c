import { CloudEvent } from '@app/contracts';
import { Logger } from '@nestjs/common';
import type { ConsumeMessage } from '@app/amqp';
import { withDeliveryKey } from '../idempotency/delivery-key';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Dispatcher } from './dispatcher';
import { EventHandler } from './event-handlers';
import { inContextOf } from './message-context';
import { dataOf, parseEvent } from './parse-event';

/** Brings each event to the handler of its type. An event that nobody here handles is done with. */
export class EventDispatcher implements Dispatcher {
  private readonly logger: Logger;

  constructor(
    private readonly consumer: string,
    private readonly handlers: ReadonlyMap<string, EventHandler>,
    private readonly receiver: IdempotentReceiver,
  ) {
    this.logger = new Logger(consumer);
  }

  async dispatch({ content, properties }: ConsumeMessage): Promise<void> {
    const event = parseEvent(content);
    const handler = this.handlers.get(event.type);
    if (handler === undefined) return;
    const data = dataOf(event, handler.metadata);
    await inContextOf(properties, event.id, () => this.receive(event, handler, () => handler.call(data)));
  }

  private async receive(event: CloudEvent, handler: EventHandler, work: () => Promise<void>): Promise<void> {
    const started = performance.now();
    await this.receiver.receive(this.consumer, event.id, () => withDeliveryKey(event.id, work));
    const ms = Math.round(performance.now() - started);
    this.logger.log(
      { event: event.id, subject: event.subject, ms },
      `${event.type} handled by ${handler.name}`,
    );
  }
}
