import { randomUUID } from 'node:crypto';
import { messageIdOf } from '@app/amqp';
import { TaskClass } from '@app/contracts';
import type { ConsumeMessage } from '@app/amqp';
import { InvalidData } from '../failures/invalid-message';
import { withDeliveryKey } from '../idempotency/delivery-key';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Dispatcher } from './dispatcher';
import { DiscoveredMethod } from './handler-discovery';
import { check, parseJson } from './message-body';
import { inContextOf } from './message-context';

/** Brings each task of a work queue to the method that does it. A task without a message id cannot be told from its repeat. */
export class TaskDispatcher implements Dispatcher {
  constructor(
    private readonly handler: DiscoveredMethod<TaskClass>,
    private readonly receiver: IdempotentReceiver,
  ) {}

  async dispatch(message: ConsumeMessage): Promise<void> {
    const { queue } = this.handler.metadata;
    const checked = check(parseJson(message.content), this.handler.metadata);
    if ('problems' in checked) throw new InvalidData(`Not a valid task for ${queue}: ${checked.problems}`);
    const id = messageIdOf(message) ?? randomUUID();
    const work = (): Promise<void> => withDeliveryKey(id, () => this.handler.call(checked.instance));
    await inContextOf(message.properties, id, () => this.receiver.receive(queue, id, work));
  }
}
