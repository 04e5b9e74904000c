import { Logger } from '@nestjs/common';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Says once that the collector takes no spans, and once that it takes them again. What it has not taken after some tries is dropped. */
export class ReportingExporter implements SpanExporter {
  private readonly logger = new Logger('Tracing');
  private dropped = 0;

  constructor(private readonly exporter: SpanExporter) {}

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    this.exporter.export(spans, (result) => {
      if (result.error === undefined) this.succeeded();
      else this.failed(spans.length, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private failed(spans: number, { message }: Error): void {
    if (this.dropped === 0)
      this.logger.warn(`The collector of traces takes no spans, and they are dropped: ${message}`);
    this.dropped += spans;
  }

  private succeeded(): void {
    if (this.dropped > 0)
      this.logger.log(`The collector of traces takes spans again; ${this.dropped} were dropped`);
    this.dropped = 0;
  }
}
