import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * The upper bounds of a histogram of seconds. Prometheus counts each bound as a series of its own; between two of them a quantile is
 * an estimate.
 */
export const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The metrics of one app, with those of its process: CPU, memory, event-loop delay, garbage collection. Not prom-client's global
 * registry: a process may run several apps, as a test does.
 */
export function newRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
