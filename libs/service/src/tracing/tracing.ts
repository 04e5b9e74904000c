import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { ServiceName } from '../service-name';
import { tracer, useTracer } from './tracer';
import { TracingConfig } from './tracing.config';

/** How long a stop waits for a collector, in milliseconds. */
const CLOSE_LIMIT_MS = 1_000;

/** Switches tracing on where a collector is configured. Where none is, OpenTelemetry's SDK is not even loaded: that takes tenths of a second. */
@Injectable()
export class Tracing implements OnApplicationShutdown {
  constructor({ isOn }: TracingConfig, { value: service }: ServiceName) {
    if (!isOn) return;
    // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/no-unsafe-assignment -- loaded only where it is wanted
    const { openTelemetry }: typeof import('./open-telemetry-tracer') = require('./open-telemetry-tracer');
    useTracer(openTelemetry(service));
  }

  /** A collector that does not answer costs spans, and no time. */
  async onApplicationShutdown(): Promise<void> {
    const closing = tracer()
      ?.close()
      .catch(() => undefined);
    useTracer(undefined);
    if (closing !== undefined)
      await Promise.race([closing, sleep(CLOSE_LIMIT_MS, undefined, { ref: false })]);
  }
}
