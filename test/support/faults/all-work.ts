import { ORDER_EVENTS, queueName } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import type { Shop } from '../shop/shop';

/** Waits until the broker says that each of so many processes of a service has acknowledged order events. Its figures may be 2 s old. */
export const untilAllWork = (shop: Shop, service: string, processes: number): Promise<void> =>
  eventually(async () => {
    const acknowledged = await shop.broker.acknowledgedByEach(queueName(service, ORDER_EVENTS));
    expect(acknowledged).toHaveLength(processes);
    expect(Math.min(...acknowledged)).toBeGreaterThan(0);
  });
