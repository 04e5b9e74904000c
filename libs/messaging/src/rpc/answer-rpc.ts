import { BrokerConfig, connectionManagerOptions } from '@app/amqp';
import { DatabaseConfig } from '@app/persistence';
import { ServiceName, Setup } from '@app/service';
import { PatientServerRmq } from './patient-server-rmq';

/** Of the connections to the database: the others are for what the service is there for. */
const SHARE_OF_POOL = 0.25;

/**
 * Lets a service answer questions from a queue with its `@OnQuestion` methods. A question is answered at most once
 * (`noAck`): who asks has long stopped waiting when a second answer could come. The start does not wait for the broker.
 * So many questions are answered at once as a quarter of the pool has connections.
 */
export const answerRpc =
  (queue: string): Setup =>
  (app) => {
    const { rabbitmqUrl: urls } = app.get(BrokerConfig);
    const socketOptions = connectionManagerOptions(app.get(ServiceName).value, 'answering');
    const atOnce = Math.ceil(app.get(DatabaseConfig).databasePoolSize * SHARE_OF_POOL);
    app.connectMicroservice({ strategy: new PatientServerRmq(queue, { urls, socketOptions }, atOnce) });
    void app.startAllMicroservices();
  };
