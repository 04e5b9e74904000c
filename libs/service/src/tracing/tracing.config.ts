import { IsOptional, IsString, IsUrl } from 'class-validator';

const COLLECTOR = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/**
 * Whether spans are made. The other variables of the standard, such as `OTEL_TRACES_SAMPLER`, are read by the SDK itself.
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export class TracingConfig {
  /** Of an OTLP collector that takes HTTP and JSON, such as http://localhost:4318; `/v1/traces` is added to it. */
  @IsOptional()
  @IsUrl(COLLECTOR)
  otelExporterOtlpEndpoint?: string;

  /** The same for traces alone; nothing is added to it. */
  @IsOptional()
  @IsUrl(COLLECTOR)
  otelExporterOtlpTracesEndpoint?: string;

  /** `true` switches tracing off, whatever else is set; so does `none` for the exporter. */
  @IsString()
  otelSdkDisabled: string = 'false';

  /** `none` switches tracing off. */
  @IsString()
  otelTracesExporter: string = 'otlp';

  get isOn(): boolean {
    const isUnwanted = this.otelSdkDisabled.toLowerCase() === 'true' || this.otelTracesExporter === 'none';
    return (
      !isUnwanted && (this.otelExporterOtlpTracesEndpoint ?? this.otelExporterOtlpEndpoint) !== undefined
    );
  }
}
