import { ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import { type HarnessOptions, MessagingHarness } from '../messaging-harness';
import { SETTING } from '../setting';
import { RecordingSubscriber } from '../recording-subscriber';

/** The queue that email hears of orders through, where that is a durable one. */
export const QUEUE = 'email.order_events';
export const DEAD = `${QUEUE}.dead`;

/** A consumer that lost its connection tries again after a second, and asks for its queue first. */
export const BACK = { within: 15_000 };

export interface Email {
  readonly harness: MessagingHarness;
  readonly mails: RecordingSubscriber;
}

/** Boots email with queues of the kind that the run is about; resolves once it hears of orders. */
export async function bootEmail(options: Partial<HarnessOptions> = {}): Promise<Email> {
  const { queues } = SETTING;
  const email = { service: 'email', listensTo: ORDER_EVENTS, handlers: [RecordingSubscriber], queues };
  const harness = await MessagingHarness.boot({ ...email, ...options });
  await eventually(async () => expect(await harness.consumerTags()).toHaveLength(1), BACK);
  return { harness, mails: harness.app.get(RecordingSubscriber) };
}
