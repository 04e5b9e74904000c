import { loadConfig } from '../config/load-config';
import { ServiceName } from '../service-name';
import { tracer } from './tracer';
import { Tracing } from './tracing';
import { TracingConfig } from './tracing.config';

const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

const loads = jest.fn();
jest.mock<object>('./open-telemetry-tracer', () => {
  loads();
  return jest.requireActual('./open-telemetry-tracer');
});

describe(Tracing.name, () => {
  let sut: Tracing | undefined;

  beforeEach(() => {
    jest.resetModules();
    loads.mockClear();
  });

  afterEach(() => sut?.onApplicationShutdown());

  const start = (environment: Record<string, string>) => {
    const config = loadConfig([TracingConfig], environment).get(TracingConfig);
    if (!(config instanceof TracingConfig)) throw new Error('not loaded');
    sut = new Tracing(config, new ServiceName('order-api'));
  };

  it.each([
    ['nothing is said', {}],
    ['the collector is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '' }],
    ['the SDK is disabled', { ...COLLECTOR, OTEL_SDK_DISABLED: 'true' }],
    ['no traces are to be exported', { ...COLLECTOR, OTEL_TRACES_EXPORTER: 'none' }],
  ])('is off, and loads nothing, where %s', (_, environment) => {
    start(environment);
    expect(tracer()).toBeUndefined();
    expect(loads).not.toHaveBeenCalled();
  });

  it.each([
    ['a collector', COLLECTOR],
    ['a collector of traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }],
    ['a collector, and that the SDK is not disabled', { ...COLLECTOR, OTEL_SDK_DISABLED: 'false' }],
  ])('is on where there is %s, until the service stops', async (_, environment) => {
    start(environment);
    expect(tracer()).toBeDefined();
    expect(loads).toHaveBeenCalledTimes(1);
    await sut?.onApplicationShutdown();
    expect(tracer()).toBeUndefined();
  });

  it('refuses a collector that is no URL', () => {
    expect(() => start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' })).toThrow(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    );
  });
});
