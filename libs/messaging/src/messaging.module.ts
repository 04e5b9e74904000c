import { RabbitMQModule } from '@golevelup/nestjs-rabbitmq';
import { Exchange } from '@app/contracts';
import { ServiceName } from '@app/service';
import { DynamicModule, Module, Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { BrokerConnections, CONSUMING, PUBLISHING } from './connection/broker-connections';
import { BrokerHealth } from './connection/broker-health';
import { connectionOptions } from './connection/connection-options';
import { FailedDeliveries } from './failures/failed-deliveries';
import { Deliveries } from './idempotency/deliveries';
import { IdempotentReceiver } from './idempotency/idempotent-receiver';
import { MessagingConfig } from './messaging.config';
import { MESSAGING_OPTIONS, MessagingOptions } from './messaging.options';
import { Publisher } from './publishing/publisher';
import { EventHandlers } from './subscribing/event-handlers';
import { SubscriptionFactory } from './subscribing/subscription-factory';
import { Subscriptions } from './subscribing/subscriptions';

/** Connects a service to the broker, and to the exchanges that it listens to. */
@Module({})
export class MessagingModule {
  /** Once for a service. */
  static forRoot(options: MessagingOptions = {}): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule, ScheduleModule.forRoot(), connection(PUBLISHING), connection(CONSUMING)],
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: options },
        BrokerConnections,
        BrokerHealth,
        EventHandlers,
        FailedDeliveries,
        Publisher,
        SubscriptionFactory,
        Subscriptions,
      ],
      exports: [BrokerConnections, Publisher, Subscriptions],
    };
  }

  /**
   * Listens to an exchange through the service's durable queue: every `@OnEvent` method of one of its events is called.
   * @param receiver `Inbox` for effects in the own database, `DeliveryLog` for effects outside
   */
  static subscribe(exchange: Exchange, receiver: Type<IdempotentReceiver>): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        Deliveries,
        receiver,
        {
          provide: `subscription to ${exchange.name}`,
          inject: [Subscriptions, receiver],
          useFactory: (subscriptions: Subscriptions, instance: IdempotentReceiver) =>
            subscriptions.add({ exchange, receiver: instance }),
        },
      ],
    };
  }
}

const connection = (name: string): DynamicModule =>
  RabbitMQModule.forRootAsync({
    inject: [MessagingConfig, ServiceName],
    useFactory: ({ rabbitmqUrl }: MessagingConfig, { value: service }: ServiceName) =>
      connectionOptions(service, name, rabbitmqUrl),
  });
