import { AmqpModule } from '@app/amqp';
import { Exchange, TaskClass } from '@app/contracts';
import { DynamicModule, Module, Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { BrokerHealth } from './connection/broker-health';
import { FailedDeliveries } from './failures/failed-deliveries';
import { Deliveries } from './idempotency/deliveries';
import { IdempotentReceiver } from './idempotency/idempotent-receiver';
import { MESSAGING_OPTIONS, MessagingOptions } from './messaging.options';
import { DroppedDeliveries } from './failures/dropped-deliveries';
import { Alerts } from './alerts/alerts';
import { HandlerDiscovery } from './subscribing/handler-discovery';
import { QueueSources } from './subscribing/queue-sources';
import { EventHandlers } from './subscribing/event-handlers';
import { SubscriptionFactory } from './subscribing/subscription-factory';
import { SubscriptionRequest, Subscriptions } from './subscribing/subscriptions';
import { TaskHandlers } from './subscribing/task-handlers';

/** Connects a service to the broker, and to the exchanges that it listens to. */
@Module({})
export class MessagingModule {
  /** Once for a service. */
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule, ScheduleModule.forRoot(), AmqpModule],
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: options },
        Alerts,
        BrokerHealth,
        DroppedDeliveries,
        EventHandlers,
        FailedDeliveries,
        HandlerDiscovery,
        QueueSources,
        SubscriptionFactory,
        Subscriptions,
        TaskHandlers,
      ],
      exports: [Alerts, AmqpModule, Subscriptions],
    };
  }

  /**
   * Listens to an exchange: every `@OnEvent` method of one of its events is called.
   * @param receiver `Inbox` for effects in the own database, `DeliveryLog` for effects outside
   */
  static subscribe(exchange: Exchange, receiver: Type<IdempotentReceiver>): DynamicModule {
    return subscription(receiver, (instance) => (factory) => factory.toEvents(exchange, instance));
  }

  /** Works on a queue of tasks, together with all other replicas: its `@OnTask` method is called for each. */
  static work(taskClass: TaskClass, receiver: Type<IdempotentReceiver>): DynamicModule {
    return subscription(receiver, (instance) => (factory) => factory.toTasks(taskClass, instance));
  }
}

function subscription(
  receiver: Type<IdempotentReceiver>,
  requestWith: (instance: IdempotentReceiver) => SubscriptionRequest,
): DynamicModule {
  return {
    module: MessagingModule,
    providers: [
      Deliveries,
      receiver,
      {
        provide: Symbol('subscription'),
        inject: [Subscriptions, receiver],
        useFactory: (subscriptions: Subscriptions, instance: IdempotentReceiver) => {
          subscriptions.add(requestWith(instance));
        },
      },
    ],
  };
}
