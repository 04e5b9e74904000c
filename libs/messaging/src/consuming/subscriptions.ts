import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { EventHandlers } from '../handlers/event-handlers';
import { TaskHandlers } from '../handlers/task-handlers';
import { Subscription } from './subscription';
import { SubscriptionFactory } from './subscription-factory';

/** Milliseconds that running handlers have to finish when the service stops. */
const DRAIN_LIMIT_MS = 6_000;

/** Makes a subscription once every handler is known. */
export type SubscriptionRequest = (factory: SubscriptionFactory) => Subscription;

/** Every subscription of the service: started when the service has started, drained before it stops. */
@Injectable()
export class Subscriptions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly requests: SubscriptionRequest[] = [];
  private started: readonly Subscription[] = [];

  constructor(
    private readonly factory: SubscriptionFactory,
    private readonly events: EventHandlers,
    private readonly tasks: TaskHandlers,
  ) {}

  add(request: SubscriptionRequest): void {
    this.requests.push(request);
  }

  /** @throws Error that says what is missing, a handler or a subscription; the service does not start then */
  onApplicationBootstrap(): void {
    this.started = this.requests.map((request) => request(this.factory));
    this.events.assertAllSubscribed();
    this.tasks.assertAllSubscribed();
    for (const subscription of this.started) subscription.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.started.map((subscription) => subscription.drain(DRAIN_LIMIT_MS)));
  }
}
