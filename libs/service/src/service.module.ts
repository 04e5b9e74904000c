import { DynamicModule, Module } from '@nestjs/common';
import { ConfigModule } from './config/config.module';
import { ConfigClass } from './config/load-config';
import { ServiceConfig } from './config/service.config';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';
import { Registry } from 'prom-client';
import { LoggingModule } from './logging/logging.module';
import { MetricsController } from './metrics/metrics.controller';
import { newRegistry } from './metrics/metrics-registry';
import { ServiceName } from './service-name';
import { Tracing } from './tracing/tracing';
import { TracingConfig } from './tracing/tracing.config';

export interface ServiceOptions {
  /** The service's name in the topology, in logs and in events. */
  readonly name: string;
  /** Every configuration class of the service, validated together at start. */
  readonly config: readonly ConfigClass[];
}

/** What every service has: a name, configuration, logs, health, metrics and traces. */
@Module({})
export class ServiceModule {
  static forRoot({ name, config }: ServiceOptions): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      imports: [ConfigModule.forRoot([ServiceConfig, TracingConfig, ...config]), LoggingModule.forRoot()],
      controllers: [HealthController, MetricsController],
      providers: [
        Readiness,
        Tracing,
        { provide: ServiceName, useValue: new ServiceName(name) },
        { provide: Registry, useFactory: newRegistry },
      ],
      exports: [Readiness, Registry, ServiceName],
    };
  }
}
