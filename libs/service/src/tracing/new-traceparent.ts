import { traceparentFrom } from '../context/trace-context';
import { tracer } from './tracer';

/** The trace of work that no other work has caused; undefined while tracing is on, since its first span begins the trace then. */
export const newTraceparent = (): string | undefined =>
  tracer() === undefined ? traceparentFrom(undefined) : undefined;
