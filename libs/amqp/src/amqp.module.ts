import { RabbitMQModule } from '@golevelup/nestjs-rabbitmq';
import { ServiceName } from '@app/service';
import { DynamicModule, Module } from '@nestjs/common';
import { BrokerConfig } from './config/broker.config';
import { BrokerConnections, CONSUMING, PUBLISHING } from './connection/broker-connections';
import { ConnectionMetrics } from './connection/connection-metrics';
import { connectionOptions } from './connection/connection-options';
import { CopyPublisher } from './publishing/copy-publisher';
import { PublishMetrics } from './publishing/publish-metrics';
import { Publisher } from './publishing/publisher';

const connection = (name: string): DynamicModule =>
  RabbitMQModule.forRootAsync({
    inject: [BrokerConfig, ServiceName],
    useFactory: ({ rabbitmqUrl }: BrokerConfig, { value: service }: ServiceName) =>
      connectionOptions(service, name, rabbitmqUrl),
  });

/** A service's two connections to the broker, and its confirmed publisher. Its configuration needs `BrokerConfig`. */
@Module({
  imports: [connection(PUBLISHING), connection(CONSUMING)],
  providers: [BrokerConnections, ConnectionMetrics, CopyPublisher, Publisher, PublishMetrics],
  exports: [BrokerConnections, Publisher, CopyPublisher],
})
export class AmqpModule {}
