import { CloudEvent } from '@app/contracts';
import { Logger } from '@nestjs/common';
import { ConsumeMessage } from 'amqplib';
import { withDeliveryKey } from '../idempotency/delivery-key';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { RegisteredHandler } from './event-handlers';
import { inContextOf } from './message-context';
import { dataOf, parseEvent } from './parse-event';

/**
 * Brings a message of one queue to the handler of its event type. Resolves when the message is done with:
 * handled now, handled before, or of a type that this service does not care for.
 */
export class Dispatcher {
  private readonly logger: Logger;

  constructor(
    private readonly consumer: string,
    private readonly handlers: ReadonlyMap<string, RegisteredHandler>,
    private readonly receiver: IdempotentReceiver,
  ) {
    this.logger = new Logger(consumer);
  }

  /** @throws PermanentError for a message that is not valid, or what the handler throws */
  async dispatch({ content, properties }: ConsumeMessage): Promise<void> {
    const event = parseEvent(content);
    const handler = this.handlers.get(event.type);
    if (handler === undefined) return;
    const data = dataOf(event, handler.eventClass);
    await inContextOf(properties, event, () => this.receive(event, handler, () => handler.handle(data)));
  }

  private async receive(
    event: CloudEvent,
    handler: RegisteredHandler,
    work: () => Promise<void>,
  ): Promise<void> {
    const started = performance.now();
    await this.receiver.receive(this.consumer, event.id, () => withDeliveryKey(event.id, work));
    const ms = Math.round(performance.now() - started);
    this.logger.log(
      { event: event.id, subject: event.subject, ms },
      `${event.type} handled by ${handler.name}`,
    );
  }
}
