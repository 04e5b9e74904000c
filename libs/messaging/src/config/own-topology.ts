import { Exchange, Listening, QueueKindsConfig, queueName, ServiceTopology, sourceOf } from '@app/contracts';
import { ServiceName } from '@app/service';
import { Inject, Injectable } from '@nestjs/common';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging.options';

/** The service does not listen to that exchange, or does not publish to it, according to the topology. */
export class NotInTopology extends Error {
  readonly code = 'NOT_IN_TOPOLOGY';

  constructor(service: string, does: 'listen' | 'publish', exchange: string) {
    super(
      `${service} does not ${does} to ${exchange} according to TOPOLOGY in libs/contracts; add it there.`,
    );
  }
}

/** The topology as this service sees it: what it publishes and listens to, and who listens to what it publishes. */
@Injectable()
export class OwnTopology {
  constructor(
    private readonly name: ServiceName,
    private readonly kinds: QueueKindsConfig,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {}

  get service(): string {
    return this.name.value;
  }

  /** Whether it listens through queues of each process alone, and not through durable ones. */
  get isExclusive(): boolean {
    return this.kinds.of(this.service) === 'exclusive';
  }

  get publishes(): readonly Exchange[] {
    return this.own?.publishes ?? [];
  }

  /** The sources of the events of all services. */
  get sources(): ReadonlySet<string> {
    return new Set(this.options.topology.map(({ service }) => sourceOf(service)));
  }

  /** @throws NotInTopology */
  listeningTo({ name }: Exchange): Listening {
    const listening = this.own?.listensTo.find(({ exchange }) => exchange.name === name);
    if (listening === undefined) throw new NotInTopology(this.service, 'listen', name);
    return listening;
  }

  /** @throws NotInTopology: the relay would leave alone for ever what is to be published there */
  assertPublishesTo({ name }: Exchange): void {
    if (!this.publishes.some((exchange) => exchange.name === name))
      throw new NotInTopology(this.service, 'publish', name);
  }

  /** The durable queues that hear of an exchange, of whichever service. */
  durableQueuesOf({ name }: Exchange): string[] {
    return this.kinds
      .durable(this.options.topology)
      .flatMap(({ service, listensTo }) =>
        listensTo
          .filter(({ exchange }) => exchange.name === name)
          .map(({ exchange }) => queueName(service, exchange)),
      );
  }

  private get own(): ServiceTopology | undefined {
    return this.options.topology.find(({ service }) => service === this.service);
  }
}
