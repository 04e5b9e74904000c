import { Tracing } from './tracing';

describe(Tracing.name, () => {
  let sut: Tracing;
  afterEach(() => sut.close());

  it('collects spans by itself where the environment says nothing of them', async () => {
    sut = await Tracing.chosenBy({ OTEL_EXPORTER_OTLP_ENDPOINT: '', PATH: '/bin' });
    expect(sut.traces).toBeDefined();
    expect(sut.variables).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: expect.stringMatching(/^http:\/\/127/),
    });
  });

  it('passes on how spans are sampled, but no name, since each service has its own', async () => {
    sut = await Tracing.chosenBy({ OTEL_TRACES_SAMPLER: 'always_off', OTEL_SERVICE_NAME: 'shop' });
    expect(sut.variables).toMatchObject({ OTEL_TRACES_SAMPLER: 'always_off' });
    expect(sut.variables).not.toHaveProperty('OTEL_SERVICE_NAME');
  });

  it.each([
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318' },
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://jaeger:4318/v1/traces' },
    { OTEL_SDK_DISABLED: 'true' },
  ])('leaves them to %j', async (environment) => {
    sut = await Tracing.chosenBy(environment);
    expect(sut.variables).toEqual(environment);
    expect(sut.traces).toBeUndefined();
  });
});
