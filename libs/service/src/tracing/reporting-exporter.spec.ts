import { Logger } from '@nestjs/common';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryTracer } from './open-telemetry-tracer';
import { ReportingExporter } from './reporting-exporter';

/** A collector that may be away. */
class Collector extends InMemorySpanExporter {
  isAway = false;

  override export(...exported: Parameters<InMemorySpanExporter['export']>): void {
    this._stopped = this.isAway;
    super.export(...exported);
  }

  override shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

describe(ReportingExporter.name, () => {
  const collector = new Collector();
  const sut = new ReportingExporter(collector);
  const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();

  const send = async (): Promise<void> => {
    const tracer = new OpenTelemetryTracer('email', sut);
    tracer.start({ name: 'work', kind: 'client', attributes: {} }).end();
    await tracer.close().catch(() => undefined);
  };

  it('says once that the collector is away, and once that it is back', async () => {
    for (const isAway of [false, true, true, true, false, false]) {
      collector.isAway = isAway;
      await send();
    }
    expect(warn.mock.calls).toEqual([[expect.stringContaining('takes no spans')]]);
    expect(log.mock.calls).toEqual([[expect.stringContaining('3 were dropped')]]);
  });
});
