import { RabbitMQModule } from '@golevelup/nestjs-rabbitmq';

/** As its documentation shows it; durable quorum queues as ours, and its default of 10 messages at a time. */
export const broker = () =>
  RabbitMQModule.forRoot({
    uri: process.env.RABBITMQ_URL ?? '',
    prefetchCount: 10,
    connectionInitOptions: { wait: true, timeout: 20_000 },
    exchanges: [
      { name: 'order_events', type: 'fanout' },
      { name: 'inventory_events', type: 'topic' },
    ],
  });

export const QUORUM = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
