import { randomUUID } from 'node:crypto';
import { Delivery, messageIdOf } from '@app/amqp';
import { TaskClass } from '@app/contracts';
import { InvalidData } from '../../failures/invalid-message';
import { NeedsMessageId } from '../../failures/needs-message-id';
import { contextOf } from '../../pipeline/context-of';
import { Handler } from '../../pipeline/handler';
import { Received } from '../../pipeline/received';
import { check, compile, parseJson } from './message-body';
import { ReadStep } from './read-step';

/** Reads each message as a task of one work queue. A task without a message id cannot be told from its repeat, so one that comes again gets an id first. */
export class ReadTasks extends ReadStep {
  /** @throws UncompilableClass */
  constructor(
    private readonly taskClass: TaskClass,
    private readonly handler: Handler,
  ) {
    super();
    compile(taskClass);
  }

  labelOf({ queue }: Delivery): string {
    return queue;
  }

  protected read({ queue, message, content, properties }: Delivery): Received {
    const checked = check(parseJson(content), this.taskClass);
    if ('problems' in checked) throw new InvalidData(`Not a valid task for ${queue}: ${checked.problems}`);
    const ownId = messageIdOf(message);
    if (ownId === undefined && message.fields.redelivered) throw new NeedsMessageId();
    const id = ownId ?? randomUUID();
    const context = contextOf(properties, id);
    return { consumer: queue, id, type: queue, data: checked.instance, context, handler: this.handler };
  }
}
