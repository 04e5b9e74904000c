import type { MessagingHarness } from '../messaging-harness';

/** An order's event that is left in a queue. */
interface Left {
  readonly orderId: unknown;
  readonly redelivered: boolean;
}

/** Takes all that is left in a queue, the first first. */
export async function leftIn(harness: MessagingHarness, queue: string): Promise<Left[]> {
  const left: Left[] = [];
  for (let taken = await harness.take(queue); taken; taken = await harness.take(queue)) {
    const { orderId } = JSON.parse(taken.content.toString()).data;
    left.push({ orderId, redelivered: taken.fields.redelivered });
  }
  return left;
}
