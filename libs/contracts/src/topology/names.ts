import { Exchange } from '../exchanges/exchanges';

/** The durable queue that all replicas of a service share. */
export const queueName = (service: string, exchange: Exchange): string => `${service}.${exchange.name}`;

/** The service's own direct exchange, through which failed messages enter its retry and dead-letter queues. */
export const retryExchangeName = (service: string): string => `${service}.retry`;

/** The direct exchange that questions to a queue go through; their routing key is the queue's name. */
export const questionsExchangeName = (queue: string): string => `${queue}.questions`;

/** The direct exchange that the answers to them come back through; their routing key is the name of the asker's own queue. */
export const answersExchangeName = (queue: string): string => `${queue}.answers`;

/** Where a failed message waits before it returns to its queue. */
export const retryQueueName = (queue: string, delayMs: number): string => `${queue}.retry.${delayMs}`;

/** Where a message stays that could not be handled. */
export const deadLetterQueueName = (queue: string): string => `${queue}.dead`;
