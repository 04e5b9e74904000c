import { AmqpModule } from '@app/amqp';
import { Exchange, TaskClass } from '@app/contracts';
import { DynamicModule, Module, Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { Alerts } from './alerts/alerts';
import { BrokerHealth } from './broker-health';
import { MESSAGING_OPTIONS, MessagingOptions } from './config/messaging.options';
import { OwnTopology } from './config/own-topology';
import { Entrances } from './consuming/entrances';
import { FailureSteps } from './consuming/failure-steps';
import { Outages } from './consuming/outages';
import { QueueConsumers } from './consuming/queue-consumers';
import { Readers } from './consuming/readers';
import { LogAndDrop } from './consuming/steps/log-and-drop';
import { MessageMetrics } from './consuming/steps/message-metrics';
import { RetryOrDeadLetter } from './consuming/steps/retry-or-dead-letter';
import { SubscriptionFactory } from './consuming/subscription-factory';
import { SubscriptionRequest, Subscriptions } from './consuming/subscriptions';
import { EventHandlers } from './handlers/event-handlers';
import { HandlerDiscovery } from './handlers/handler-discovery';
import { TaskHandlers } from './handlers/task-handlers';
import { SendingLeases } from './idempotency/sending-leases';
import { DeliveriesTable } from './idempotency/deliveries-table';
import { IdempotentReceiver } from './idempotency/idempotent-receiver';
import { InboxTable } from './idempotency/inbox-table';
import { SendingSlots } from './consuming/sending-slots';
import { ProviderOutage } from './provider/provider-outage';
import { ProviderProbe } from './provider/provider-probe';
import { ProviderStatus } from './provider/provider-status';
import { SendMetrics } from './provider/send-metrics';

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
        Entrances,
        EventHandlers,
        FailureSteps,
        HandlerDiscovery,
        LogAndDrop,
        MessageMetrics,
        Outages,
        OwnTopology,
        ProviderOutage,
        ProviderProbe,
        ProviderStatus,
        QueueConsumers,
        Readers,
        RetryOrDeadLetter,
        SendMetrics,
        SendingSlots,
        SubscriptionFactory,
        Subscriptions,
        TaskHandlers,
      ],
      exports: [Alerts, AmqpModule, OwnTopology, SendMetrics, Subscriptions],
    };
  }

  /**
   * Listens to an exchange: every `@OnEvent` and `@OnEvents` method of its events is called.
   * @param receiver `Inbox` for effects in the own database, `SentMessages` for effects outside
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
      SendingLeases,
      DeliveriesTable,
      InboxTable,
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
