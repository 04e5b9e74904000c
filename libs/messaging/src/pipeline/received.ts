import { OrderVersion } from '@app/contracts';
import { WorkContext } from '@app/service';
import { Handler } from './handler';

/** A message that was read, and is valid. */
export interface Received {
  /** The queue, as it stands in the inbox: two consumers of one database do not count for each other. */
  readonly consumer: string;
  /** Tells it from every other message: the event's id, with its source where that is none of our services; the message id of a task. */
  readonly id: string;
  /** Of the event; the work queue of a task. */
  readonly type: string;
  /** What it is about, such as an order. */
  readonly subject?: string;
  /** What it tells of, where it is news of an order. */
  readonly order?: OrderVersion;
  readonly data: object;
  /** The work that it comes from. */
  readonly context: WorkContext;
  /** Who handles it. */
  readonly handler: Handler;
}
