import {
  BrokerConnections,
  DurableQueueSource,
  ExclusiveQueueSource,
  Needed,
  QueueSource,
  TopologyCheck,
} from '@app/amqp';
import {
  deadLetterQueueName,
  Exchange,
  QueueKindsConfig,
  queueName,
  retryExchangeName,
  retryQueueName,
} from '@app/contracts';
import { ServiceName } from '@app/service';
import { Inject, Injectable } from '@nestjs/common';
import { MessagingConfig } from '../messaging.config';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';

/** The service does not listen to that exchange according to the topology. */
export class NotInTopology extends Error {
  readonly code = 'NOT_IN_TOPOLOGY';

  constructor(service: string, exchange: string) {
    super(`${service} does not listen to ${exchange} according to TOPOLOGY in libs/contracts; add it there.`);
  }
}

/** Where the service's messages come from: durable or exclusive queues, as configured. */
@Injectable()
export class QueueSources {
  constructor(
    private readonly service: ServiceName,
    private readonly kinds: QueueKindsConfig,
    private readonly connections: BrokerConnections,
    private readonly config: MessagingConfig,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {}

  get areExclusive(): boolean {
    return this.kinds.of(this.service.value) === 'exclusive';
  }

  /** @throws NotInTopology */
  of({ name: exchange }: Exchange): QueueSource {
    const { value: service } = this.service;
    const listening = this.options.topology
      .find((entry) => entry.service === service)
      ?.listensTo.find((entry) => entry.exchange.name === exchange);
    if (listening === undefined) throw new NotInTopology(service, exchange);
    const name = queueName(service, listening.exchange);
    return this.areExclusive ? new ExclusiveQueueSource(name, listening) : this.durable(name);
  }

  durable(name: string): QueueSource {
    const check = new TopologyCheck(this.connections.consuming);
    return new DurableQueueSource(name, this.neededFor(name), check);
  }

  private neededFor(queue: string): Needed {
    const steps = this.config.retryDelaysMs.map((delayMs) => retryQueueName(queue, delayMs));
    return {
      exchanges: [retryExchangeName(this.service.value)],
      queues: [queue, ...steps, deadLetterQueueName(queue)],
    };
  }
}
