import { TaskClass } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { Handler } from '../pipeline/handler';
import { DiscoveredMethod, HandlerDiscovery } from './handler-discovery';
import { ON_TASK } from './on-task.decorator';
import { SingleHandler } from './single-handler';
import { SubscriptionMissing } from './subscription-missing';

/** A work queue must have one method that does its tasks. */
export class TaskHandlerMissing extends Error {
  readonly code = 'TASK_HANDLER_MISSING';

  constructor(queue: string, found: number) {
    super(`${queue} needs one @OnTask method among the providers; there are ${found}.`);
  }
}

/** Every `@OnTask` method among the service's providers. */
@Injectable()
export class TaskHandlers {
  private readonly worked = new Set<TaskClass>();

  constructor(private readonly discovery: HandlerDiscovery) {}

  /** @throws TaskHandlerMissing */
  of(taskClass: TaskClass): Handler {
    this.worked.add(taskClass);
    const methods = this.all().filter(({ metadata }) => metadata === taskClass);
    const [method] = methods;
    if (method === undefined || methods.length > 1)
      throw new TaskHandlerMissing(taskClass.queue, methods.length);
    return new SingleHandler(method.name, method.call);
  }

  /** Once every subscription is made. @throws SubscriptionMissing */
  assertAllSubscribed(): void {
    for (const { name, metadata } of this.all())
      if (!this.worked.has(metadata))
        throw new SubscriptionMissing(name, `the tasks of ${metadata.queue}`, 'MessagingModule.work');
  }

  private all(): DiscoveredMethod<TaskClass>[] {
    return this.discovery.methodsWith<TaskClass>(ON_TASK);
  }
}
