import { DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { ServiceConfig } from '../config/service.config';
import { currentContext } from '../context/work-context';
import { ServiceName } from '../service-name';
import { REDACTED_PATHS } from './redaction';

/** JSON lines on standard output, each with the service and the correlation id, none with personal data. */
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
              mixin: () => ({ correlationId: currentContext()?.correlationId }),
              redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
              formatters: { level: (label: string) => ({ level: label }) },
            },
          }),
        }),
      ],
    };
  }
}
