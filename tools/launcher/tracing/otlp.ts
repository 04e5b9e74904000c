import type { CollectedSpan, SpanAttributes } from './collected-span';

/**
 * What of OTLP as JSON is read here.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export interface OtlpRequest {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly OtlpAttribute[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly boolValue?: boolean;
    /** A text in JSON that keeps to the letter, since it has 64 bits. */
    readonly intValue?: number | string;
    readonly doubleValue?: number;
  };
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind?: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number };
}

/** By their numbers. */
const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const ERROR = 2;

/** The spans of all resources of a request. */
export const spansOf = ({ resourceSpans = [] }: OtlpRequest): CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const service = String(attributesOf(resource?.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => collected(service, span)));
  });

function collected(service: string, span: OtlpSpan): CollectedSpan {
  const { traceId, spanId, parentSpanId, name, kind = 0, links = [] } = span;
  const attributes = attributesOf(span.attributes);
  return {
    traceId,
    spanId,
    parentId: parentSpanId === '' ? undefined : parentSpanId,
    service,
    name,
    kind: KINDS[kind] ?? 'internal',
    startedAt: millisecondsOf(span.startTimeUnixNano),
    endedAt: millisecondsOf(span.endTimeUnixNano),
    attributes,
    links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
    error: span.status?.code === ERROR ? String(attributes['error.type']) : undefined,
  };
}

const attributesOf = (attributes: readonly OtlpAttribute[] = []): SpanAttributes =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));

function valueOf({ stringValue, boolValue, intValue, doubleValue }: OtlpAttribute['value']) {
  return stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? undefined : Number(intValue));
}

/** A number of its own would not hold so many nanoseconds. */
const millisecondsOf = (nanoseconds: string): number => Number(BigInt(nanoseconds) / 1_000n) / 1_000;
