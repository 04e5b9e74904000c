import { ServiceName, Setup } from '@app/service';
import { BrokerConnections } from '../connection/broker-connections';
import { connectionManagerOptions } from '../connection/connection-options';
import { MessagingConfig } from '../messaging.config';
import { QueueCheck } from '../topology/queue-check';
import { PatientServerRmq } from './patient-server-rmq';

/**
 * Lets a service answer questions from a queue with its `@MessagePattern` methods. A question is answered at most once
 * (`noAck`): who asks has long stopped waiting when a second answer could come. The start does not wait for the broker.
 */
export const answerRpc =
  (queue: string): Setup =>
  (app) => {
    const { rabbitmqUrl: urls, prefetch: prefetchCount } = app.get(MessagingConfig);
    const socketOptions = connectionManagerOptions(app.get(ServiceName).value, 'answering');
    const queueCheck = new QueueCheck(app.get(BrokerConnections).consuming);
    const strategy = new PatientServerRmq(
      { urls, queue, prefetchCount, noAssert: true, socketOptions },
      queueCheck,
    );
    app.connectMicroservice({ strategy });
    void app.startAllMicroservices();
  };
