import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryTracer } from './open-telemetry-tracer';
import type { SpanStart } from './span';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

const work: SpanStart = { name: 'work', kind: 'consumer', attributes: { 'messaging.system': 'rabbitmq' } };
const below = (flags: string): SpanStart => ({
  ...work,
  parent: { traceparent: `00-${TRACE}-${PARENT}-${flags}`, tracestate: 'vendor=1' },
});

/** Keeps what it was given when it is closed. */
class Collector extends InMemorySpanExporter {
  spans: readonly ReadableSpan[] = [];

  override shutdown(): Promise<void> {
    this.spans = this.getFinishedSpans();
    return Promise.resolve();
  }
}

describe(OpenTelemetryTracer.name, () => {
  const { env } = process;
  let collector: Collector;
  let sut: OpenTelemetryTracer;

  /** As in a process of its own, with these variables. */
  const start = (variables: Record<string, string> = {}): void => {
    process.env = { ...env, ...variables };
    collector = new Collector();
    sut = new OpenTelemetryTracer('email', collector);
  };

  beforeEach(() => start());
  afterEach(async () => {
    await sut.close();
    process.env = env;
  });

  const collected = async () => {
    await sut.close();
    return collector.spans;
  };

  it('sends what has ended, also at a stop', async () => {
    const span = sut.start(work);
    span.set({ 'order_events.message.attempt': 2 });
    span.end();
    sut.start({ ...work, name: 'unfinished' });
    const [sent, ...others] = await collected();
    expect(others).toEqual([]);
    expect(sent).toMatchObject({
      name: 'work',
      attributes: { 'messaging.system': 'rabbitmq', 'order_events.message.attempt': 2 },
    });
    expect(sent?.parentSpanContext).toBeUndefined();
    expect(sent?.resource.attributes).toMatchObject({ 'service.name': 'email' });
  });

  it('continues a trace, and links to other spans', async () => {
    const one = sut.start(below('01'));
    expect(one.traceparent).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-01$`));
    const batch = sut.start({ ...work, links: [one] });
    one.fail('MAIL_NOT_SENT');
    one.end();
    batch.end();
    const [first, second] = await collected();
    expect(first).toMatchObject({
      parentSpanContext: { traceId: TRACE, spanId: PARENT, isRemote: true },
      attributes: { 'error.type': 'MAIL_NOT_SENT' },
    });
    expect(first?.spanContext()).toMatchObject({ traceId: TRACE });
    expect(first?.spanContext().traceState?.serialize()).toBe('vendor=1');
    expect(second?.spanContext().traceId).not.toBe(TRACE);
    expect(second?.links).toMatchObject([
      { context: { traceId: TRACE, spanId: first?.spanContext().spanId } },
    ]);
  });

  it('records nothing of a trace that its caller does not record, and says so to what follows', async () => {
    const span = sut.start(below('00'));
    expect(span.isRecorded).toBe(false);
    expect(span.traceparent).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-00$`));
    span.end();
    expect(await collected()).toEqual([]);
  });

  it('samples as OTEL_TRACES_SAMPLER says', () => {
    start({ OTEL_TRACES_SAMPLER: 'parentbased_always_off' });
    expect(sut.start(work).isRecorded).toBe(false);
    expect(sut.start(below('01')).isRecorded).toBe(true);
  });

  it('is told more of its service by OTEL_RESOURCE_ATTRIBUTES', async () => {
    start({ OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging' });
    sut.start(work).end();
    const [span] = await collected();
    expect(span?.resource.attributes).toMatchObject({
      'service.name': 'email',
      'deployment.environment.name': 'staging',
    });
  });
});
