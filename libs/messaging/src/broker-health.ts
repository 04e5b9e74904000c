import { BrokerConnections, Publisher } from '@app/amqp';
import { Health, Readiness, ReadinessCheck } from '@app/service';
import { Inject, Injectable } from '@nestjs/common';
import { MESSAGING_OPTIONS, type MessagingOptions } from './config/messaging.options';

/** Whether the broker takes and gives messages. A service that only publishes through its outbox works on without it. */
@Injectable()
export class BrokerHealth implements ReadinessCheck {
  readonly name = 'broker';

  constructor(
    private readonly connections: BrokerConnections,
    private readonly publisher: Publisher,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    readiness: Readiness,
  ) {
    readiness.register(this);
  }

  health(): Health {
    if (this.connections.consuming.connected && this.publisher.isAvailable) return 'up';
    return this.options.worksWithoutBroker === true ? 'degraded' : 'down';
  }
}
