import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
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

  constructor(private readonly factory: SubscriptionFactory) {}

  add(request: SubscriptionRequest): void {
    this.requests.push(request);
  }

  onApplicationBootstrap(): void {
    this.started = this.requests.map((request) => request(this.factory));
    for (const subscription of this.started) subscription.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.started.map((subscription) => subscription.drain(DRAIN_LIMIT_MS)));
  }
}
