import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Histogram, Registry } from 'prom-client';
import { SECONDS_BUCKETS } from '../metrics/metrics-registry';
import { isProbe } from './probes';

/** What no route of ours matches: its path is the caller's, and there is no end of those. */
const NO_ROUTE = 'none';

/** Measures every answer by its method, its route (`/orders/:id`) and its status. Health checks and scrapes are left out. */
export function useHttpMetrics(app: NestFastifyApplication): void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the arrival of an HTTP request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS_BUCKETS,
    registers: [app.get(Registry)],
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', ({ method, url, routeOptions }, { statusCode: status, elapsedTime }, done) => {
      const { url: route = NO_ROUTE } = routeOptions;
      if (!isProbe(url)) durations.observe({ method, route, status }, elapsedTime / 1_000);
      done();
    });
}
