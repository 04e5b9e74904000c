import { RabbitMQConfig } from '@golevelup/nestjs-rabbitmq';
import { Logger } from '@nestjs/common';

/** Seconds; a peer that is silent for two of them counts as gone. */
export const HEARTBEAT_SECONDS = 5;
const RECONNECT_SECONDS = 1;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * How golevelup connects: the start does not wait for the broker, golevelup registers no handlers of its own
 * (with the broker away that would hang the start), and it keeps trying for ever.
 */
export function connectionOptions(service: string, name: string, uri: string[]): RabbitMQConfig {
  return {
    name,
    uri,
    logger: new Logger(`RabbitMQ ${name}`),
    registerHandlers: false,
    enableDirectReplyTo: false,
    connectionInitOptions: { wait: false },
    connectionManagerOptions: connectionManagerOptions(service, name),
  };
}

/** @param name what the connection is for; stands in RabbitMQ's management page */
export function connectionManagerOptions(service: string, name: string) {
  return {
    heartbeatIntervalInSeconds: HEARTBEAT_SECONDS,
    reconnectTimeInSeconds: RECONNECT_SECONDS,
    connectionOptions: {
      timeout: CONNECT_TIMEOUT_MS,
      clientProperties: { connection_name: `${service} ${name}` },
    },
  };
}
