import {
  createTraceState,
  ROOT_CONTEXT,
  type Span as OpenTelemetrySpan,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer as OpenTelemetry,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { ReportingExporter } from './reporting-exporter';
import { Span, SpanAttributes, SpanStart } from './span';
import { Tracer } from './tracer';

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** As many links as the largest batch has messages: `PREFETCH` goes to 1,000. */
const LARGEST_BATCH = 1_000;

/** These continue what another process has begun. */
const FROM_ELSEWHERE: readonly SpanStart['kind'][] = ['server', 'consumer'];

/**
 * Spans of OpenTelemetry's SDK, sent in the background. Where spans end faster than the collector takes them,
 * those beyond 2,048 are dropped (`OTEL_BSP_MAX_QUEUE_SIZE`).
 */
export class OpenTelemetryTracer extends Tracer {
  private readonly provider: BasicTracerProvider;
  private readonly spans: OpenTelemetry;

  /** @param exporter where spans go */
  constructor(service: string, exporter: SpanExporter) {
    super();
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service, 'service.namespace': 'order-events' }))
      .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }));
    const spanProcessors = [new BatchSpanProcessor(exporter)];
    this.provider = new BasicTracerProvider({
      resource,
      spanProcessors,
      spanLimits: { linkCountLimit: LARGEST_BATCH },
    });
    this.spans = this.provider.getTracer('order-events');
  }

  start({ name, kind, attributes, parent, links }: SpanStart): Span {
    const context =
      parent === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, contextOf(parent, FROM_ELSEWHERE.includes(kind)));
    const options = {
      kind: KINDS[kind],
      attributes,
      links: links?.map(({ traceparent }) => ({ context: contextOf({ traceparent }, false) })),
    };
    return new RecordedSpan(this.spans.startSpan(name, options, context));
  }

  async close(): Promise<void> {
    await this.provider.shutdown();
  }
}

/** Sends spans as OTLP over HTTP and JSON, to where the standard variables say. */
export const openTelemetry = (service: string): Tracer =>
  new OpenTelemetryTracer(service, new ReportingExporter(new OTLPTraceExporter()));

class RecordedSpan implements Span {
  readonly traceparent: string;

  constructor(private readonly span: OpenTelemetrySpan) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }

  get isRecorded(): boolean {
    return this.span.isRecording();
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(attributes);
  }

  fail(errorType: string): void {
    this.span
      .setStatus({ code: SpanStatusCode.ERROR, message: errorType })
      .setAttribute('error.type', errorType);
  }

  end(): void {
    this.span.end();
  }
}

/** @param parent whose `traceparent` is valid */
function contextOf(
  { traceparent, tracestate }: NonNullable<SpanStart['parent']>,
  isRemote: boolean,
): SpanContext {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  const traceFlags = parseInt(flags, 16) & TraceFlags.SAMPLED;
  return {
    traceId,
    spanId,
    traceFlags,
    isRemote,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
}
