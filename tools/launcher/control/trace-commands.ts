import type { TraceStore } from '../tracing/trace-store';
import type { Execute } from './control-server';

/** The spans go elsewhere. */
class NoTraces extends Error {
  readonly code = 'NO_TRACES';

  constructor() {
    super('This suite was started with OTEL_ variables of its own: look for its traces where they say.');
  }
}

/** Where the spans of a suite are; elsewhere where it is undefined. */
interface Tracing {
  readonly traces?: TraceStore;
}

/** What `npm run traces` asks for: `traces`, or `traces <order id or trace id>`. Every other command is left to the others. */
export const withTraces =
  ({ traces }: Tracing, others: Execute): Execute =>
  (words) => {
    const [command, wanted] = words;
    if (command !== 'traces') return others(words);
    return traces === undefined ? Promise.reject(new NoTraces()) : Promise.resolve(traces.find(wanted));
  };
