import { IsIn, IsOptional } from 'class-validator';
import { ORDER_EVENTS } from '../exchanges/exchanges';
import { ServiceTopology, TOPOLOGY } from './topology';

/** `durable`: shared by the replicas of a service, survives restarts. `exclusive`: one for each process, as long as it is connected. */
export type QueueKind = 'durable' | 'exclusive';

const KINDS: readonly QueueKind[] = ['durable', 'exclusive'];

/** Which services listen to the orders through exclusive queues: `EMAIL_QUEUE_KIND=exclusive` and so on; durable where not set. */
export class QueueKindsConfig {
  of(service: string): QueueKind {
    return Reflect.get(this, propertyOf(service)) === 'exclusive' ? 'exclusive' : 'durable';
  }

  /** The topology without the durable queues of services that have exclusive ones. */
  durable(services: readonly ServiceTopology[]): ServiceTopology[] {
    return services.map((entry) =>
      this.of(entry.service) === 'durable' ? entry : { ...entry, listensTo: [] },
    );
  }
}

/** Only who listens to the orders may choose: the order API must not miss what inventory decides. */
const mayChoose = ({ listensTo }: ServiceTopology): boolean =>
  listensTo.some(({ exchange }) => exchange === ORDER_EVENTS);

const propertyOf = (service: string): string =>
  `${service.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}QueueKind`;

for (const { service } of TOPOLOGY.filter(mayChoose)) {
  IsOptional()(QueueKindsConfig.prototype, propertyOf(service));
  IsIn(KINDS)(QueueKindsConfig.prototype, propertyOf(service));
}
