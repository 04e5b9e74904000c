import { Exchange, TaskClass } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { OwnTopology } from '../config/own-topology';
import { EventHandlers } from '../handlers/event-handlers';
import { TaskHandlers } from '../handlers/task-handlers';
import { ReadEvents } from './steps/read-events';
import { ReadTasks } from './steps/read-tasks';

/** The steps that read messages for the handlers of the service. */
@Injectable()
export class Readers {
  constructor(
    private readonly topology: OwnTopology,
    private readonly events: EventHandlers,
    private readonly tasks: TaskHandlers,
  ) {}

  /** @throws DuplicateEventHandler, EventHandlerMissing */
  ofEvents(exchange: Exchange): ReadEvents {
    return new ReadEvents(this.events.of(exchange), this.topology.sources);
  }

  /** @throws TaskHandlerMissing */
  ofTasks(taskClass: TaskClass): ReadTasks {
    return new ReadTasks(taskClass, this.tasks.of(taskClass));
  }
}
