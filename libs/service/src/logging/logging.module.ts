import { DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { ServiceConfig } from '../config/service.config';
import { ServiceName } from '../service-name';
import { contextFields } from './context-fields';
import { REDACTED_PATHS } from './redaction';

/** JSON lines on standard output, each with the service, the correlation id and the trace id, none with personal data. */
@Module({})
export class LoggingModule {
  static forRoot(): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRootAsync({
          inject: [ServiceConfig, ServiceName],
          useFactory: ({ logLevel }: ServiceConfig, { value: service }: ServiceName) => ({
            // No logger for each request: what a line of a request needs, the mixin takes from its context.
            forRoutes: [],
            pinoHttp: {
              level: logLevel,
              base: { service },
              mixin: contextFields,
              redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
              formatters: { level: (label: string) => ({ level: label }) },
            },
          }),
        }),
      ],
    };
  }
}
