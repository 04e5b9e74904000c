import { inspect } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from '@nestjs/common';
import { Logger } from 'nestjs-pino';
import { ConfigError } from './config/config-error';
import { ServiceConfig } from './config/service.config';
import { useHttpContext } from './http/http-context';
import { compileBodyClasses } from './http/body-classes';
import { useHttpMetrics } from './http/http-metrics';
import { jsonAdapter } from './http/json-adapter';
import { ProblemFilter } from './http/problem.filter';
import { useRequestLog } from './http/request-log';
import { validationPipe } from './http/validation.pipe';
import { stopOnSignal } from './shutdown';

/** What an app does before it listens, such as to serve its API documentation, or to answer questions over RabbitMQ. */
export type Setup = (app: NestFastifyApplication) => void;

/** Starts a service; a start that fails says why and ends the process with code 1. */
export async function bootstrap(module: Type, setup?: Setup): Promise<void> {
  try {
    const app = await createApp(module, setup);
    stopOnSignal(app);
    const { port, host } = app.get(ServiceConfig);
    await app.listen(port, host);
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : inspect(error)}\n`);
    process.exit(1);
  }
}

async function createApp(module: Type, setup?: Setup): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, jsonAdapter(), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  compileBodyClasses(app);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  useHttpContext(app);
  useRequestLog(app);
  useHttpMetrics(app);
  setup?.(app);
  return app;
}
