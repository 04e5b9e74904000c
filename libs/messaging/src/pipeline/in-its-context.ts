import { runInContext } from '@app/service';
import { withIdempotencyKey } from './idempotency-key';
import { Received } from './received';

/** Runs the work as the handling of a message: what it logs and publishes follows the order, and it knows the delivery's key. */
export const inItsContext = <T>({ context, id }: Received, work: () => T): T =>
  runInContext(context, () => withIdempotencyKey(id, work));
