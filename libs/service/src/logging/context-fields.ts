import { currentContext } from '../context/work-context';
import { tracer } from '../tracing/tracer';

/** What a log line says of the work that it belongs to. */
interface ContextFields {
  readonly correlationId?: string;
  readonly trace_id?: string;
  /** The span of that work; only there while spans are made. */
  readonly span_id?: string;
}

/** Where the ids stand in a `traceparent`, which is `00-<trace id>-<span id>-<flags>`. */
const TRACE_ID = [3, 35] as const;
const SPAN_ID = [36, 52] as const;

/**
 * Of the running work, for each log line; nothing outside a request or message. A new object each time, since pino adds the line's own members to it.
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/
 */
export function contextFields(): ContextFields {
  const context = currentContext();
  if (context === undefined) return {};
  const { correlationId, traceparent } = context;
  const trace_id = traceparent.slice(...TRACE_ID);
  return tracer() === undefined
    ? { correlationId, trace_id }
    : { correlationId, trace_id, span_id: traceparent.slice(...SPAN_ID) };
}
