import { hasEngine } from '../docker';
import { ContainerRabbitmq } from './container-rabbitmq';
import { PrivateRabbitmq, type PrivateRabbitmqOptions } from './private-rabbitmq';
import { findRabbitmqServer } from './rabbitmq-programs';
import type { RabbitmqServer } from './rabbitmq-server';

/** A node of our own, as what this machine has. A process is up sooner than a container, which in turn leaves less behind than an installation. */
export const ownRabbitmq = (options: PrivateRabbitmqOptions): RabbitmqServer =>
  findRabbitmqServer() === undefined && hasEngine()
    ? new ContainerRabbitmq(options)
    : new PrivateRabbitmq(options);
