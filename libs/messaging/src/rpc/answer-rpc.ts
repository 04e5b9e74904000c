import { BrokerConfig, connectionManagerOptions } from '@app/amqp';
import { ServiceName, Setup } from '@app/service';
import { PatientServerRmq } from './patient-server-rmq';

/**
 * Lets a service answer questions from a queue with its `@MessagePattern` methods. A question is answered at most once
 * (`noAck`): who asks has long stopped waiting when a second answer could come. The start does not wait for the broker.
 */
export const answerRpc =
  (queue: string): Setup =>
  (app) => {
    const { rabbitmqUrl: urls } = app.get(BrokerConfig);
    const socketOptions = connectionManagerOptions(app.get(ServiceName).value, 'answering');
    app.connectMicroservice({ strategy: new PatientServerRmq(queue, { urls, socketOptions }) });
    void app.startAllMicroservices();
  };
