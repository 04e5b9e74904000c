import type { Environment } from '@app/service';
import { TraceCollector } from '../launcher/tracing/trace-collector';
import type { TraceStore } from '../launcher/tracing/trace-store';

/** Each service has a name of its own. */
const PASSED_ON = /^OTEL_(?!SERVICE_NAME$)/;

/** A variable that says where spans go, or that there are none. */
const DECIDES = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_SDK_DISABLED',
  'OTEL_TRACES_EXPORTER',
];

/** Where the spans of the services go: where the environment says, and else to a collector of the launcher's own. */
export class Tracing {
  private constructor(
    /** For the services. */
    readonly variables: Readonly<Record<string, string>>,
    private readonly collector?: TraceCollector,
  ) {}

  static async chosenBy(environment: Environment): Promise<Tracing> {
    const names = Object.keys(environment).filter((name) => PASSED_ON.test(name));
    const given = names
      .map((name) => [name, environment[name] ?? ''] as const)
      .filter(([, value]) => value !== '');
    const variables = Object.fromEntries(given);
    if (DECIDES.some((name) => name in variables)) return new Tracing(variables);
    const collector = await TraceCollector.open();
    return new Tracing({ ...collector.variables, ...variables }, collector);
  }

  /** Those of the launcher's own collector. */
  get traces(): TraceStore | undefined {
    return this.collector?.traces;
  }

  close(): void {
    this.collector?.close();
  }
}
