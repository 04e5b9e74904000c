import { OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import { latch, orderConfirmed } from '../messaging-harness';
import type { Email } from './email';

const HUNDRED = 100;

/** While a message holds the consumer up, there is room for a hundred more: they are the next batch. A consumer that has widened takes one less. */
export const ROOM_FOR_HUNDRED = { PREFETCH: String(HUNDRED + 2) };

/** A hundred orders, sorted by their ids. */
export const hundredOrders = (): OrderConfirmed[] =>
  Array.from({ length: HUNDRED }, orderConfirmed).sort((one, other) =>
    one.orderId < other.orderId ? -1 : 1,
  );

/** What takes the messages that arrive: a class of the library's, given by a spec that stands in it. */
interface Arrivals {
  take(message: never): Promise<void>;
}

/**
 * Holds the consumer up with an order that leaves no effect, and sends a hundred messages meanwhile.
 * @returns once all of them have arrived, what lets the consumer go on
 */
export async function inOneBatch(
  { harness, mails }: Email,
  entrance: Arrivals,
  sendHundred: () => void,
): Promise<() => void> {
  const { held, release } = latch();
  const first = orderConfirmed();
  mails.when(first.orderId, () => held);
  harness.send(OrderConfirmed, first);
  await eventually(() => expect(mails.orderIds).toContain(first.orderId));
  const arrivals = jest.spyOn(entrance, 'take');
  sendHundred();
  await eventually(() => expect(arrivals).toHaveBeenCalledTimes(HUNDRED));
  arrivals.mockRestore();
  return release;
}
