import { PrivateRabbitmq } from '../../../infra/rabbitmq/private-rabbitmq';
import { asGuest, GUEST, type TestBroker } from './test-broker';

/** One node of the installed RabbitMQ. */
export class SingleNode extends PrivateRabbitmq implements TestBroker {
  get urls(): readonly string[] {
    return [this.url(GUEST, GUEST, '/')];
  }

  get managementUrls(): readonly string[] {
    return [asGuest(this.managementUrl)];
  }
}
