import { AsyncLocalStorage } from 'node:async_hooks';

/** What ties together all that is done, in any service, for one cause: an HTTP request, or a message that came from one. */
export interface WorkContext {
  /** Written in every log line, and sent on with every message. */
  readonly correlationId: string;
  /** W3C Trace Context, sent on with every message. */
  readonly traceparent: string;
  readonly tracestate?: string;
}

const storage = new AsyncLocalStorage<WorkContext | undefined>();

/** Runs the work, and all that it starts, in this context; in none where it is undefined. */
export function runInContext<T>(context: WorkContext | undefined, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the running work; undefined outside a request or message. */
export function currentContext(): WorkContext | undefined {
  return storage.getStore();
}
