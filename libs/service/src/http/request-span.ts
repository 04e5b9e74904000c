import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { WorkContext } from '../context/work-context';
import { Span } from '../tracing/span';
import { tracer } from '../tracing/tracer';
import { isProbe } from './probes';
import { pathOf } from './problem';

/** What is needed of Fastify's request. */
interface Asked {
  readonly method: string;
  readonly protocol: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly routeOptions: { readonly url?: string };
}

/**
 * The context of a request with a span of its own, below the caller's where it names one. Where tracing is off, the context is as it was.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function inRequestSpan(context: WorkContext, request: Asked, response: ServerResponse): WorkContext {
  const spans = tracer();
  if (spans === undefined || isProbe(request.url)) return context;
  const { method, protocol, routeOptions } = request;
  const isContinued = request.headers.traceparent === context.traceparent;
  const span = spans.start({
    name: [method, routeOptions.url].join(' ').trim(),
    kind: 'server',
    parent: isContinued ? context : undefined,
    attributes: {
      'http.request.method': method,
      'http.route': routeOptions.url,
      'url.path': pathOf(request.url),
      'url.scheme': protocol,
      'order_events.correlation_id': context.correlationId,
    },
  });
  response.once('close', () => endOf(span, response));
  return { ...context, traceparent: span.traceparent };
}

/** That the caller has gone, or has made a mistake, is no failure of the service. */
function endOf(span: Span, { headersSent, statusCode }: ServerResponse): void {
  if (headersSent) span.set({ 'http.response.status_code': statusCode });
  if (headersSent && statusCode >= 500) span.fail(String(statusCode));
  span.end();
}
